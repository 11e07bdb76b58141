import './playground.css';
import { Playground } from './playground';

export default function PlaygroundPage() {
  return (
    <div className="page">
      <Playground />
    </div>
  );
}

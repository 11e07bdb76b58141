import { Copy } from './copy';
import { shortened } from './text';

/** An address, shortened unless told, with a button that copies the whole of it. */
export function Address({ value, full = false }: { value: string; full?: boolean }) {
  return (
    <span className={full ? 'address whole' : 'address'}>
      <code title={value}>{full ? value : shortened(value)}</code>
      <Copy value={value} />
    </span>
  );
}

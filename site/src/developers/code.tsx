import { Copy } from '../parts/copy';

/** Lines to take over. */
export function Code({ text }: { text: string }) {
  return (
    <div className="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled with the keyboard, too */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Copy value={text} what="these lines" />
    </div>
  );
}

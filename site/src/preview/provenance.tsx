/** How a preview is known: by which machine, from whose state, at which height, and for how long. */
import type {
  Expiry,
  Preview,
  Provenance,
  RawOutcome,
} from '../../../src/vm-preview/model/preview';
import { CHAIN_WORDS, durationWords } from '../../../src/vm-preview/model/words';
import { Address } from '../parts/address';
import { counted, plain, thousands } from '../parts/text';

export function Source({
  preview,
  milliseconds,
}: {
  preview: Preview;
  milliseconds: number | undefined;
}) {
  const { provenance, raw } = preview;
  const words = CHAIN_WORDS[preview.chain];
  const facts = [
    ['Run', `here, in this browser, by our own ${words.machine}`],
    ['State from', heightText(provenance, words.height)],
    ['Loaded', loadText(provenance)],
    ['Took', milliseconds === undefined ? '' : `${thousands(String(Math.round(milliseconds)))} ms`],
    ['Work', workText(raw, words.units)],
    ['Valid', expiryText(provenance.expiry)],
  ].filter(([, value]) => value !== '');
  return (
    <section className="block">
      <h4>How it is known</h4>
      <dl className="fields">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {provenance.assumptions.map((assumption) => (
        <p key={assumption} className="quiet">
          <WithAddresses text={plain(assumption, 500)} />
        </p>
      ))}
    </section>
  );
}

/** @param words - what a height counts: one, and several */
export function heightText(
  { host, height }: Provenance,
  [one, several]: readonly [string, string],
): string {
  const where = host === undefined ? 'given' : plain(host, 80);
  return height.from === height.to
    ? `${where}, ${one} ${thousands(height.to)}`
    : `${where}, ${several} ${thousands(height.from)} to ${thousands(height.to)}`;
}

function loadText({ load }: Provenance): string {
  if (load === undefined) return '';
  const size = `${thousands((load.bytes / 1024).toFixed(0))} KiB`;
  return `${size} in ${counted(load.requests, 'request')}, ${counted(load.rounds, 'round')}`;
}

function expiryText(expiry: Expiry): string {
  switch (expiry.kind) {
    case 'blocks':
      return `for ${counted(expiry.remaining, 'more block')}`;
    case 'seconds':
      return `for ${durationWords(expiry.remaining)}`;
    case 'never':
      return `for ever: ${plain(expiry.reason, 200)}`;
    case 'expired':
      return 'no more: it has expired';
    case 'unknown':
      return '';
  }
}

function workText({ units: { limit, parts = [], used } }: RawOutcome, words: string): string {
  const whole = `${thousands(used)} of ${thousands(limit)} ${words}`;
  const told = parts.filter((part) => part.used !== '0');
  if (told.length < 2) return whole;
  return `${whole}: ${told.map((part) => `${thousands(part.used)} for ${plain(part.label, 40)}`).join(', ')}`;
}

/** Addresses in a sentence, each short and to be copied. */
function WithAddresses({ text }: { text: string }) {
  return text.split(/(0x[0-9a-f]{64}|\b[1-9A-HJ-NP-Za-km-z]{43,44}\b)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // A sentence never changes.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <Address key={index} value={part} />
    ),
  );
}

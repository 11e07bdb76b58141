// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import type { JSXElement } from '@metamask/snaps-sdk/jsx';
import type { Expiry, Preview, Provenance } from '../../vm-preview/model/preview';
import { CHAIN_WORDS, durationWords } from '../../vm-preview/model/words';
import { formatAmount } from '../amount';
import { Block, Labelled, Note } from '../parts';
import { count, visible } from '../text';

/** Seconds that a block takes, for telling how long a blockhash lasts. */
const SECONDS_PER_BLOCK = 0.4;

export function expiryText(expiry: Expiry): string {
  switch (expiry.kind) {
    case 'blocks': {
      const seconds = Math.round(expiry.remaining * SECONDS_PER_BLOCK);
      return `In ${count(expiry.remaining, 'block')}, about ${count(seconds, 'second')}`;
    }
    case 'seconds':
      return `In ${durationWords(expiry.remaining)}`;
    case 'never':
      return `Never: ${visible(expiry.reason, 200)}`;
    case 'expired':
      return 'It has expired';
    case 'unknown':
      return 'Not known';
  }
}

/** Where the state came from, in one sentence. */
export function sourceText({ host, height }: Provenance, chain: Preview['chain']): string {
  const where = host === undefined ? 'State that was given' : `State read from ${visible(host)}`;
  const [one, several] = CHAIN_WORDS[chain].height;
  return height.from === height.to
    ? `${where} at ${one} ${height.to}`
    : `${where} at ${several} ${height.from} to ${height.to}`;
}

/** An exact outcome holds for any state that still has what it uses: that is said among the assumptions. */
function sourceSentence(provenance: Provenance, chain: Preview['chain']): string {
  const source = `${sourceText(provenance, chain)}.`;
  return provenance.certainty === 'exact' ? source : `${source} The outcome holds for that state.`;
}

/** Fee, time left, and what the outcome rests on. */
export function Terms({
  preview: { chain, fee, provenance },
  account,
}: {
  preview: Preview;
  account: string;
}): JSXElement {
  return (
    <Block title="Fee and validity">
      <Labelled
        label={fee.payer === account ? 'Fee, paid by you' : 'Fee, paid by somebody else'}
        value={formatAmount(fee.total, fee.asset)}
      />
      <Labelled label="Expires" value={expiryText(provenance.expiry)} />
      {provenance.assumptions.slice(0, 12).map((assumption) => (
        <Note text={visible(assumption, 300)} />
      ))}
      <Note text={sourceSentence(provenance, chain)} />
    </Block>
  );
}

/** Previews in a thread of its own: the same chain code and VM as in the snap, and no wallet. */
import type { Network } from '../../../src/chains/chain';
import {
  createSolanaCache,
  decodeTransaction,
  genesisHash,
  previewTransaction,
} from '../../../src/chains/solana';
import { LookaheadError, MalformedError } from '../../../src/vm-preview/errors';
import type { Failure, PreviewNews, PreviewTask } from './messages';

const cache = createSolanaCache();
const tell = (news: PreviewNews): void => self.postMessage(news);

self.addEventListener('message', (event: MessageEvent<PreviewTask>) => {
  const task = event.data;
  run(task).catch((thrown: unknown) => {
    tell({ id: task.id, kind: 'failed', failure: failureOf(thrown) });
  });
});

async function run({ id, transaction: text, network: given, account }: PreviewTask): Promise<void> {
  const started = performance.now();
  const transaction = pastedBytes(text);
  const { calls } = decodeTransaction(transaction, given);
  tell({ id, kind: 'decoded', calls });
  const network = await withGenesis(given);
  const { preview } = await previewTransaction({
    network,
    transaction,
    cache,
    ...(account === undefined ? {} : { account }),
  });
  tell({ id, kind: 'previewed', preview, milliseconds: performance.now() - started });
}

/** A network that somebody named by its endpoint alone is what its node says it is. */
async function withGenesis(network: Network): Promise<Network> {
  if (network.genesis !== '') return network;
  return { ...network, genesis: await genesisHash(network.endpoint) };
}

/** @throws MalformedError when the text is no base64 */
function pastedBytes(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  try {
    return Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  } catch {
    throw new MalformedError('transaction-base64', 'the text is not base64');
  }
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof LookaheadError) {
    return { kind: thrown.kind, code: thrown.code, text: thrown.message };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'internal', code: 'internal', text };
}

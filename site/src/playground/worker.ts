/** Previews in a thread of its own: the same chain code and VM as in the snap, and no wallet. */
import type { Network } from '../../../src/chains/chain';
import { LookaheadError, MalformedError } from '../../../src/vm-preview/errors';
import { workerChain } from './chains';
import type { Failure, PreviewNews, PreviewTask } from './messages';

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
  const chain = workerChain(given.chain);
  const { calls } = chain.decode(transaction, given);
  tell({ id, kind: 'decoded', calls });
  const network = await withGenesis(given);
  const { preview } = await chain.preview({
    network,
    transaction,
    ...(account === undefined ? {} : { account }),
  });
  tell({ id, kind: 'previewed', preview, milliseconds: performance.now() - started });
}

/** A network that somebody named by its endpoint alone is what its node says it is. */
async function withGenesis(network: Network): Promise<Network> {
  if (network.genesis !== '') return network;
  return { ...network, genesis: await workerChain(network.chain).genesis(network.endpoint) };
}

/** @throws MalformedError when the text is neither base64 nor hex with 0x */
function pastedBytes(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  if (/^0x(?:[0-9a-f]{2})+$/i.test(compact)) {
    const digits = compact.slice(2).match(/../g) ?? [];
    return Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16));
  }
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

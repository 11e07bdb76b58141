/** Reads and previews in a thread of its own: the same chain code and VM as in the snap, and no wallet. */
import { parseTransaction as parseAptos } from '../../../src/chains/aptos/transaction';
import { encodeBase64 } from '../../../src/chains/base64';
import type { Network } from '../../../src/chains/chain';
import { LookaheadError, MalformedError } from '../../../src/vm-preview/errors';
import { WORKER_CHAINS } from './chains';
import { completeAptos } from './json/aptos-node';
import type { Failure, News, Recognized, Task } from './messages';
import { type PastedTransaction, readPaste } from './paste';

const tell = (news: News): void => self.postMessage(news);

self.addEventListener('message', (event: MessageEvent<Task>) => {
  const task = event.data;
  run(task).catch((thrown: unknown) => {
    tell({ id: task.id, kind: 'failed', failure: failureOf(thrown) });
  });
});

async function run(task: Task): Promise<void> {
  const { account, id } = task;
  const started = performance.now();
  const pasted = readPaste(task.text, task);
  if (task.kind === 'read') {
    tell({ id, kind: 'recognized', recognized: recognized(pasted) });
    return;
  }
  const chain = WORKER_CHAINS[pasted.chain];
  if (pasted.chain !== task.network.chain) {
    throw new MalformedError(
      'paste-other-chain',
      `this is a transaction of ${chain.name}, and the network is one of ${WORKER_CHAINS[task.network.chain].name}`,
    );
  }
  const network = await withGenesis(task.network);
  const transaction =
    'open' in pasted ? await completeAptos(pasted.open, network, account) : pasted.bytes;
  const { calls } = chain.decode(transaction, network);
  tell({ id, kind: 'decoded', calls });
  const { preview, transaction: run } = await chain.preview({
    network,
    transaction,
    ...(account === undefined ? {} : { account }),
  });
  const bytes = encodeBase64(run);
  tell({ id, kind: 'previewed', preview, bytes, milliseconds: performance.now() - started });
}

function recognized(pasted: PastedTransaction): Recognized {
  const { chain, form } = pasted;
  if ('open' in pasted) {
    const { chainId, sender } = pasted.open;
    return {
      chain,
      form,
      ...(sender === undefined ? {} : { payer: sender }),
      ...networkOf(chainId),
    };
  }
  const { bytes, decoded } = pasted;
  const [signer] = decoded.signers;
  return {
    chain,
    form,
    bytes: encodeBase64(bytes),
    payer: signer ?? decoded.feePayer,
    ...networkOf(chain === 'aptos' ? parseAptos(bytes).raw.chainId : undefined),
  };
}

/** Transactions of Aptos name their network by a number. */
const APTOS_CHAINS: ReadonlyMap<number, string> = new Map([
  [1, 'aptos-mainnet'],
  [2, 'aptos-testnet'],
  [4, 'localnet-aptos'],
]);

function networkOf(chainId: number | undefined): Pick<Recognized, 'network'> {
  const network = chainId === undefined ? undefined : APTOS_CHAINS.get(chainId);
  return network === undefined ? {} : { network };
}

/** A network that somebody named by its endpoint alone is what its node says it is. */
async function withGenesis(network: Network): Promise<Network> {
  if (network.genesis !== '') return network;
  return { ...network, genesis: await WORKER_CHAINS[network.chain].genesis(network.endpoint) };
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof LookaheadError) {
    return { kind: thrown.kind, code: thrown.code, text: thrown.message };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'internal', code: 'internal', text };
}

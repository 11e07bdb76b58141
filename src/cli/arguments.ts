/** What was typed after `preview`. */
import type { Network } from '../chains/chain';
import {
  CHAIN_NAMES,
  COMMAND_CHAINS,
  COMMAND_NETWORKS,
  type CommandChain,
  commandChain,
} from './chains';

export const USAGE = `Usage: npm run -s preview -- [${COMMAND_CHAINS.map(({ id }) => id).join(' | ')}] <transaction> [options]

Runs a transaction in the virtual machines of this project and prints what it would do.
The node is asked for state only. The transaction is base64, or hex that begins with 0x.

  --rpc URL        the node to read from; default is the local chain:
${COMMAND_CHAINS.map(({ id, localnet }) => `                   ${id} ${localnet}`).join('\n')}
  --network ID     one of these, which name their chain, too:
${COMMAND_CHAINS.map(({ networks }) => `                   ${networks.map(({ id }) => id).join(', ')}`).join('\n')}
  --account ADDR   whose wallet to look from
  --json           print the preview as JSON
  --help           print this

Exit codes: 0 it would succeed, 1 it would fail or be refused, 2 it is no transaction or the command
is wrong, 3 the state could not be read, 4 there is no preview of it.`;

export interface Arguments {
  readonly chain: CommandChain;
  readonly transaction: string;
  readonly rpc: string | undefined;
  readonly network: Network | undefined;
  readonly account: string | undefined;
  readonly json: boolean;
}

/** The command is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const WITH_VALUE = ['--rpc', '--network', '--account'] as const;
type WithValue = (typeof WITH_VALUE)[number];

/**
 * @returns `help` when that was asked for
 * @throws UsageError
 */
export function parseArguments(words: readonly string[]): Arguments | 'help' {
  const values = new Map<WithValue, string>();
  const plain: string[] = [];
  let json = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--json') json = true;
    else if (isWithValue(word)) {
      const value = words[index + 1];
      if (value === undefined) throw new UsageError(`${word} needs a value.`);
      values.set(word, value);
      index += 1;
    } else if (word.startsWith('--')) throw new UsageError(`There is no option ${word}.`);
    else plain.push(word);
  }
  if (plain.length === 0) return 'help';
  const network = builtinNetwork(values.get('--network'));
  const { chain, rest } = chainOf(plain, network);
  const [transaction, ...more] = rest;
  if (transaction === undefined) throw new UsageError('The transaction is missing.');
  if (more.length > 0) throw new UsageError(`What is “${more[0]}” for?`);
  return {
    chain,
    transaction,
    json,
    rpc: values.get('--rpc'),
    network,
    account: values.get('--account'),
  };
}

/** The chain that is named first, or the network's. */
function chainOf(
  plain: readonly string[],
  network: Network | undefined,
): { chain: CommandChain; rest: readonly string[] } {
  const [first = '', ...rest] = plain;
  const named = commandChain(first);
  const ofNetwork = network === undefined ? undefined : commandChain(network.chain);
  if (named === undefined) {
    if (ofNetwork !== undefined) return { chain: ofNetwork, rest: plain };
    throw new UsageError(`There is no chain ${shortened(first)}: only ${CHAIN_NAMES}.`);
  }
  if (network !== undefined && ofNetwork !== named) {
    throw new UsageError(`The network ${network.id} is none of ${named.name}.`);
  }
  return { chain: named, rest };
}

/** What stands in the chain's place may be a whole transaction. */
function shortened(word: string): string {
  return word.length > 24 ? `${word.slice(0, 24)}…` : word;
}

function builtinNetwork(id: string | undefined): Network | undefined {
  if (id === undefined) return undefined;
  const network = COMMAND_NETWORKS.find((one) => one.id === id);
  if (network === undefined) throw new UsageError(`There is no network ${id}.`);
  return network;
}

function isWithValue(word: string): word is WithValue {
  return WITH_VALUE.some((option) => option === word);
}

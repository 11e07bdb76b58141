/** What was typed after `preview`. */
import type { Network } from '../chains/chain';
import { SOLANA_NETWORKS } from '../chains/solana';

/** Where `npm start` and `npm run localnet` serve the local chain. */
export const LOCALNET_URL = 'http://127.0.0.1:8899';

export const USAGE = `Usage: npm run -s preview -- solana <transaction in base64> [options]

Runs a Solana transaction in the SVM of this project and prints what it would do.
The node is asked for state only.

  --rpc URL        the node to read from; default ${LOCALNET_URL}, the local chain
  --network ID     one of ${SOLANA_NETWORKS.map(({ id }) => id).join(', ')}
  --account ADDR   whose wallet to look from
  --json           print the preview as JSON
  --help           print this

Exit codes: 0 it would succeed, 1 it would fail or be refused, 2 it is no transaction or the command
is wrong, 3 the state could not be read, 4 there is no preview of it.`;

export interface Arguments {
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
  const [chain, transaction, ...more] = plain;
  if (chain === undefined) return 'help';
  if (chain !== 'solana') throw new UsageError(`There is no chain ${chain}: only solana.`);
  if (transaction === undefined) throw new UsageError('The transaction is missing.');
  if (more.length > 0) throw new UsageError(`What is “${more[0]}” for?`);
  return {
    transaction,
    json,
    rpc: values.get('--rpc'),
    network: builtinNetwork(values.get('--network')),
    account: values.get('--account'),
  };
}

function builtinNetwork(id: string | undefined): Network | undefined {
  if (id === undefined) return undefined;
  const network = SOLANA_NETWORKS.find((one) => one.id === id);
  if (network === undefined) throw new UsageError(`There is no network ${id}.`);
  return network;
}

function isWithValue(word: string): word is WithValue {
  return WITH_VALUE.some((option) => option === word);
}

/** The command, apart from the process around it: words in, text and an exit code out. */
import type { Network } from '../chains/chain';
import { LookaheadError } from '../chains/chain';
import { parseArguments, USAGE, UsageError } from './arguments';
import type { CommandChain } from './chains';
import { previewText } from './text';

export interface CommandResult {
  readonly exitCode: number;
  /** For the standard output. */
  readonly output: string;
  /** For the standard error output: one sentence. */
  readonly error: string;
}

const EXIT = { ok: 0, fails: 1, usage: 2, state: 3, unsupported: 4, internal: 70 } as const;

/** Previews what the words ask for. Never throws. */
export async function runCommand(words: readonly string[]): Promise<CommandResult> {
  try {
    const wanted = parseArguments(words);
    if (wanted === 'help') return { exitCode: EXIT.ok, output: USAGE, error: '' };
    const transaction = bytesOf(wanted.transaction);
    // What is no transaction needs no node to say so.
    wanted.chain.decode(transaction);
    const { preview } = await wanted.chain.preview({
      network: await networkOf(wanted.chain, wanted.network, wanted.rpc),
      transaction,
      ...(wanted.account === undefined ? {} : { account: wanted.account }),
    });
    return {
      exitCode: preview.verdict.kind === 'success' ? EXIT.ok : EXIT.fails,
      output: wanted.json ? JSON.stringify(preview, null, 2) : previewText(preview),
      error: '',
    };
  } catch (thrown) {
    return { exitCode: exitCodeOf(thrown), output: '', error: sentenceOf(thrown) };
  }
}

/** A built-in network keeps what it is known by; of any other the node is believed. */
async function networkOf(
  chain: CommandChain,
  network: Network | undefined,
  rpc: string | undefined,
): Promise<Network> {
  if (network !== undefined) return rpc === undefined ? network : { ...network, endpoint: rpc };
  const endpoint = rpc ?? chain.localnet;
  const genesis = await chain.genesis(endpoint);
  const known = chain.networks.find((one) => one.genesis === genesis);
  if (known !== undefined) return { ...known, endpoint };
  return {
    chain: chain.id,
    id: `genesis-${genesis}`,
    name: rpc === undefined ? 'Localnet' : new URL(endpoint).host,
    coin: chain.coin,
    isTest: rpc === undefined,
    endpoint,
    genesis,
    builtin: false,
  };
}

/** @throws LookaheadError when the text is neither base64 nor hex with 0x */
function bytesOf(text: string): Uint8Array {
  if (/^0x(?:[0-9a-f]{2})+$/i.test(text)) {
    const digits = text.slice(2).match(/../g) ?? [];
    return Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16));
  }
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new LookaheadError('malformed', 'transaction-base64', 'the text is not base64');
  }
}

function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof UsageError) return EXIT.usage;
  if (!(thrown instanceof LookaheadError)) return EXIT.internal;
  switch (thrown.kind) {
    case 'malformed':
      return EXIT.usage;
    case 'rejected':
      return EXIT.fails;
    case 'state':
      return EXIT.state;
    case 'unsupported':
      return EXIT.unsupported;
  }
}

function sentenceOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

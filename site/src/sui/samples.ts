/** Transactions of the local Sui chain to look at, and to sign. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { accountAddress } from '../../../src/chains/sui/address';
import type { Argument, CallArg, Command } from '../../../src/vm-preview/move/sui/data';
import { address, buildTransaction, call, GAS, input, result, shared, text, u64 } from './build';
import { ALICE, type SuiDemo, type SuiLocalnet } from './localnet';

/** Inputs and commands, before anybody sends them. */
export interface SuiProgram {
  readonly inputs: readonly CallArg[];
  readonly commands: readonly Command[];
}

export interface SuiSample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  program(demo: SuiDemo, owner: string): SuiProgram;
}

const SUI = 1_000_000_000n;

export const SUI_SAMPLES: readonly SuiSample[] = [
  {
    id: 'send-sui',
    title: 'Send 1.5 SUI to a new wallet',
    text: 'Splits a coin, and gives the new one away.',
    program: () => send((3n * SUI) / 2n, newWallet()),
  },
  {
    id: 'swap-moon',
    title: 'Swap 10 SUI for MOON',
    text: 'A pool that everybody shares: what it gives depends on who comes first.',
    program: (demo) => swap(demo, 10n * SUI, 49_000_000n),
  },
  {
    id: 'mint-moon',
    title: 'Get 100 MOON',
    text: 'A coin that the demo’s own package gives to whoever asks.',
    program: (demo, owner) => ({
      inputs: [shared(demo.tap, demo.tapVersion), u64(100_000_000n), address(owner)],
      commands: [call(`${demo.package}::moon::mint`, [input(0), input(1), input(2)])],
    }),
  },
  {
    id: 'mint-ticket-sui',
    title: 'Get a ticket, an NFT',
    text: 'Makes an object that belongs to you.',
    program: (demo) => ({
      inputs: [text('Balcony'), text('')],
      commands: [call(`${demo.package}::ticket::mint`, [input(0), input(1)])],
    }),
  },
  {
    id: 'claim-airdrop-sui',
    title: 'Claim an airdrop of SUI',
    text: 'Its name says so. See what it does.',
    program: (demo) => ({
      inputs: [],
      commands: [call(`${demo.package}::lessons::claim_airdrop`, [GAS])],
    }),
  },
  {
    id: 'too-much-sui',
    title: 'Ask the pool for too much',
    text: 'Would land, fail, and still cost its fee.',
    program: (demo) => swap(demo, SUI, 6_000_000n),
  },
];

/** @param mist - taken from the coin that pays for gas */
export function send(mist: bigint, to: string): SuiProgram {
  return {
    inputs: [u64(mist), address(to)],
    commands: [
      split(input(0)),
      { kind: 'transferObjects', objects: [result(0, 0)], address: input(1) },
    ],
  };
}

/** @param least - millionths of a MOON */
export function swap(demo: SuiDemo, mist: bigint, least: bigint): SuiProgram {
  return {
    inputs: [
      u64(mist),
      shared(demo.pool, demo.poolVersion),
      shared(demo.tap, demo.tapVersion),
      u64(least),
    ],
    commands: [
      split(input(0)),
      call(`${demo.package}::exchange::swap`, [input(1), input(2), result(0, 0), input(3)]),
    ],
  };
}

function split(amount: Argument): Command {
  return { kind: 'splitCoins', coin: GAS, amounts: [amount] };
}

/**
 * The sample's bytes, its gas still open.
 *
 * @param owner - whose money it is; alice where absent
 */
export async function buildSuiSample(
  sample: SuiSample,
  localnet: SuiLocalnet,
  owner: string = ALICE,
): Promise<{ readonly bytes: Uint8Array; readonly owner: string }> {
  const { commands, inputs } = sample.program(await localnet.demo(), owner);
  return { bytes: buildTransaction(owner, inputs, commands), owner };
}

/** The address of a key that is thrown away. */
export function newWallet(): string {
  return accountAddress(ed25519.getPublicKey(ed25519.utils.randomSecretKey()));
}

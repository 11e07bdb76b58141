/** Transactions of the local Aptos chain to look at, and to sign. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import type { TransactionPayload } from '../../../src/vm-preview/move/aptos/transaction';
import { address, buildTransaction, bytes, entry, script, u64 } from './build';
import { ALICE, type AptosLocalnet, BOB, DEMO } from './localnet';

export interface AptosSample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Somebody else pays the fee, and must sign too. */
  readonly sponsored?: boolean;
  payload(): TransactionPayload;
}

const APT = 100_000_000n;

/** `main(account: &signer, to: address, amount: u64)`, which transfers APT. */
export const TRANSFER_SCRIPT =
  'a11ceb0b0900000a05010002030208050a0607101c082c200001000200010001010103060c050300046d61696e0d6170746f735f6163636f756e74087472616e73666572000000000000000000000000000000000000000000000000000000000000000100000101050b000b010b02110002';

const transfer = (to: string, octas: bigint) =>
  entry('0x1::aptos_account::transfer', [address(to), u64(octas)]);

export const APTOS_SAMPLES: readonly AptosSample[] = [
  {
    id: 'send-apt',
    title: 'Send 1.5 APT to a new wallet',
    text: 'Opens the store that the receiver lacks; its deposit is part of the fee.',
    payload: () => transfer(newWallet(), (3n * APT) / 2n),
  },
  {
    id: 'mint-usdl',
    title: 'Get 100 USDL',
    text: 'A fungible asset that the demo’s own module gives to whoever asks.',
    payload: () => entry(`${DEMO}::dollar::mint`, [u64(100_000_000n)]),
  },
  {
    id: 'mint-ticket',
    title: 'Get a ticket, an NFT',
    text: 'Makes an object that belongs to you.',
    payload: () => entry(`${DEMO}::ticket::mint`, []),
  },
  {
    id: 'claim-airdrop',
    title: 'Claim an airdrop',
    text: 'Its name says so. See what it does.',
    payload: () => entry(`${DEMO}::lessons::claim_airdrop`, []),
  },
  {
    id: 'take-key',
    title: 'A login that takes the account',
    text: 'No balance changes but for the fee, yet the account has somebody else’s key.',
    payload: () =>
      entry('0x1::account::rotate_authentication_key_call', [bytes(address(newWallet()))]),
  },
  {
    id: 'script-apt',
    title: 'A bonus that brings its own code',
    text: 'The site’s script acts with your full authority, and sends 9 APT away.',
    payload: () =>
      script(TRANSFER_SCRIPT, [
        { kind: 'address', bytes: address(newWallet()) },
        { kind: 'u64', bytes: u64(9n * APT) },
      ]),
  },
  {
    id: 'sponsored-apt',
    title: 'Send 0.1 APT while Bob pays the fee',
    text: 'A sponsored transaction: it waits for a second signature.',
    sponsored: true,
    payload: () => transfer(BOB, APT / 10n),
  },
  {
    id: 'too-much-apt',
    title: 'Send more APT than there is',
    text: 'Would land, fail, and still cost its fee.',
    payload: () => transfer(BOB, 1_000_000n * APT),
  },
];

/**
 * The sample's bytes, unsigned, with the account's next sequence number.
 *
 * @param owner - whose money it is; alice where absent
 */
export async function buildAptosSample(
  sample: AptosSample,
  localnet: AptosLocalnet,
  owner: string = ALICE,
): Promise<{ readonly bytes: Uint8Array; readonly owner: string }> {
  const facts = await localnet.facts(owner);
  const payer = sample.sponsored === true ? BOB : undefined;
  return { bytes: buildTransaction(owner, sample.payload(), facts, payer), owner };
}

/** The address of a key that is thrown away. */
export function newWallet(): string {
  const key = ed25519.getPublicKey(ed25519.utils.randomSecretKey());
  const digest = sha3_256(Uint8Array.of(...key, 0));
  return `0x${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Lessons on the local Aptos chain. Its alice has 100 APT. */
import type { TransactionPayload } from '../../../src/vm-preview/move/aptos/transaction';
import { address, buildTransaction, bytes, entry, script, u64 } from '../aptos/build';
import { ALICE, type AptosLocalnet, BOB, DEMO } from '../aptos/localnet';
import { newWallet, TRANSFER_SCRIPT } from '../aptos/samples';
import type { BuiltLesson, Lesson } from './lesson';

const APT = 100_000_000n;
/** Millionths. */
const DOLLAR = 1_000_000n;

export const APTOS_LESSONS: readonly Lesson<AptosLocalnet>[] = [
  {
    id: 'aptos-swap',
    chain: 'aptos',
    title: 'A swap with a floor',
    site: {
      name: 'Pebble Pool',
      says: 'Swap 2 APT for at least 8.9 USDL.',
      button: 'Swap 2 APT',
    },
    look: 'What comes in is what the contract gives at this very state: 9 USDL. The call names the least that it may be.',
    learn:
      'What a contract gives may change until your transaction lands. The least that it may give, written into the call, is what protects you.',
    build: (node) => build(node, swap(2n * APT, (89n * DOLLAR) / 10n)),
  },
  {
    id: 'aptos-key',
    chain: 'aptos',
    title: 'A login that takes the account',
    site: {
      name: 'Aptos Quests',
      says: 'Verify your account to log in. It costs nothing but gas.',
      button: 'Verify account',
    },
    look: 'No balance changes but for the fee. The key of the account is replaced by another.',
    learn:
      'On Aptos an account can be given a new key, and its old one is worthless from then on. No login ever needs that.',
    build: (node) =>
      build(
        node,
        entry('0x1::account::rotate_authentication_key_call', [bytes(address(newWallet()))]),
      ),
  },
  {
    id: 'aptos-airdrop',
    chain: 'aptos',
    title: 'An airdrop that takes',
    site: {
      name: 'Aptos Airdrops',
      says: 'You are eligible for 300 APT.',
      button: 'Claim airdrop',
    },
    look: 'The function is called claim_airdrop, and nearly all APT leave the account.',
    learn:
      'The name of a function is chosen by whoever wrote it. What it does is only seen by running it.',
    build: (node) => build(node, entry(`${DEMO}::lessons::claim_airdrop`, [])),
  },
  {
    id: 'aptos-script',
    chain: 'aptos',
    title: 'A bonus that brings its own code',
    site: {
      name: 'Loyalty Club',
      says: 'Collect the bonus of the month.',
      button: 'Collect bonus',
    },
    look: 'No function of the chain is called: the site sends a script of its own, which acts in your name and sends 9 APT away.',
    learn:
      'A script runs with everything that your signature allows, and there is no contract that others could have looked at before.',
    build: (node) =>
      build(
        node,
        script(TRANSFER_SCRIPT, [
          { kind: 'address', bytes: address(newWallet()) },
          { kind: 'u64', bytes: u64(9n * APT) },
        ]),
      ),
  },
  {
    id: 'aptos-sponsored',
    chain: 'aptos',
    title: 'Somebody else pays the fee',
    site: {
      name: 'Friendly Shop',
      says: 'Pay 0.1 APT. The fee is on us.',
      button: 'Pay 0.1 APT',
    },
    look: 'Exactly 0.1 APT leave, and the fee is paid by another account, whose signature is still to come.',
    learn:
      'A sponsor pays the fee and nothing else: what the transaction does to your account is as real as ever.',
    build: (node) =>
      build(node, entry('0x1::aptos_account::transfer', [address(BOB), u64(APT / 10n)]), BOB),
  },
  {
    id: 'aptos-fails',
    chain: 'aptos',
    title: 'A swap that the price has outrun',
    site: {
      name: 'Pebble Pool',
      says: 'Swap 2 APT for 20 USDL, today only.',
      button: 'Swap 2 APT',
    },
    look: 'The contract refuses, since it would give less than the call demands. The fee would be paid.',
    learn:
      'A floor that is not met makes the transaction fail: that is what it is for. Nothing but the fee is lost, and seen beforehand not even that.',
    build: (node) => build(node, swap(2n * APT, 20n * DOLLAR)),
  },
];

function swap(octas: bigint, least: bigint): TransactionPayload {
  return entry(`${DEMO}::exchange::swap`, [u64(octas), u64(least)]);
}

async function build(
  node: AptosLocalnet,
  payload: TransactionPayload,
  payer?: string,
): Promise<BuiltLesson> {
  const facts = await node.facts(ALICE);
  return { bytes: buildTransaction(ALICE, payload, facts, payer), account: ALICE };
}

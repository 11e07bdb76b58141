/** Lessons on the local Sui chain. Its alice has 105 SUI and a ticket; the publisher has the demo’s upgrade right. */
import { address, buildTransaction, call, GAS, input, owned } from '../sui/build';
import { ALICE, BOB, PUBLISHER, type SuiDemo, type SuiLocalnet } from '../sui/localnet';
import { type SuiProgram, swap } from '../sui/samples';
import type { BuiltLesson, Lesson } from './lesson';

const SUI = 1_000_000_000n;
/** Millionths. */
const MOON = 1_000_000n;
const UPGRADE_CAP = '0x2::package::UpgradeCap';

export const SUI_LESSONS: readonly Lesson<SuiLocalnet>[] = [
  {
    id: 'sui-swap',
    chain: 'sui',
    title: 'A swap in a pool that everybody shares',
    site: {
      name: 'Moon Pool',
      says: 'Swap 10 SUI for at least 49 MOON.',
      button: 'Swap 10 SUI',
    },
    look: 'It says that others may change what it uses before it lands, and names the shared objects.',
    learn:
      'Where only your own objects are used, the preview is exact. Where shared ones are, it holds for the state that was read, and a floor in the call protects you from the rest.',
    build: (node) => build(node, ALICE, async (demo) => swap(demo, 10n * SUI, 49n * MOON)),
  },
  {
    id: 'sui-theft',
    chain: 'sui',
    title: 'A check that keeps what it checks',
    site: {
      name: 'Ticket Lounge',
      says: 'Prove that you own a ticket to enter. It stays in your wallet.',
      button: 'Verify ownership',
    },
    look: 'The ticket goes to another owner, and nothing comes back.',
    learn:
      'A function that takes an object by value can do anything with it. To prove that you own something you sign a message; no transaction is needed.',
    build: (node) =>
      build(node, ALICE, async (demo) => take(demo, 'verify_ownership', await ticket(node, demo))),
  },
  {
    id: 'sui-freeze',
    chain: 'sui',
    title: 'A protection that is for ever',
    site: {
      name: 'Vault Guard',
      says: 'Protect your ticket from thieves, for free.',
      button: 'Protect ticket',
    },
    look: 'The ticket is frozen: nobody can ever move, change or use it up again, its owner included.',
    learn:
      'Freezing an object cannot be undone. It is gone from your wallet although nobody has it.',
    build: (node) =>
      build(node, ALICE, async (demo) => take(demo, 'protect', await ticket(node, demo))),
  },
  {
    id: 'sui-airdrop',
    chain: 'sui',
    title: 'An airdrop that empties the coin it is paid with',
    site: {
      name: 'Sui Season',
      says: 'Claim your share of 1,000,000 SUI.',
      button: 'Claim',
    },
    look: 'The only argument is the coin that pays the fee, and nearly all of it leaves.',
    learn:
      'A contract that is handed the coin that pays for gas can take all that is in it. The amount on the site is not in the transaction at all.',
    build: (node) =>
      build(node, ALICE, async (demo) => ({
        inputs: [],
        commands: [call(`${demo.package}::lessons::claim_airdrop`, [GAS])],
      })),
  },
  {
    id: 'sui-upgrade',
    chain: 'sui',
    title: 'The right to change a program leaves',
    site: {
      name: 'Audit Badge',
      says: 'Publishers: verify your package to get the badge.',
      button: 'Verify package',
    },
    look: 'No coin leaves but for the fee. The capability to upgrade a package goes to another owner.',
    learn:
      'Whoever holds an UpgradeCap decides what the package does tomorrow, to all who use it. It is worth more than any coin in the wallet.',
    build: (node) =>
      build(node, PUBLISHER, async (demo) => {
        const cap = await node.owned(PUBLISHER, UPGRADE_CAP);
        return {
          inputs: [owned(cap)],
          commands: [call(`${demo.package}::lessons::verify_ownership`, [input(0)], [UPGRADE_CAP])],
        };
      }),
  },
  {
    id: 'sui-sponsored',
    chain: 'sui',
    title: 'Somebody else pays for the gas',
    site: {
      name: 'Friendly Wallet',
      says: 'Give your ticket to Bob. The gas is on him.',
      button: 'Send ticket',
    },
    look: 'The ticket leaves and no SUI do: the fee is paid by another account, whose signature is still to come.',
    learn:
      'A sponsor pays the fee and nothing else. Read what happens to your objects as if you paid yourself.',
    build: (node) =>
      build(
        node,
        ALICE,
        async (demo) => ({
          inputs: [owned(await ticket(node, demo)), address(BOB)],
          commands: [{ kind: 'transferObjects', objects: [input(0)], address: input(1) }],
        }),
        BOB,
      ),
  },
  {
    id: 'sui-fails',
    chain: 'sui',
    title: 'A swap that the pool refuses',
    site: {
      name: 'Moon Pool',
      says: 'Swap 10 SUI for 60 MOON, while it lasts.',
      button: 'Swap 10 SUI',
    },
    look: 'The pool aborts, in its own words, at the second command. Nothing changes but the fee.',
    learn:
      'Programs on Sui say why they refuse, and the preview repeats it. Whether it is worth another try is for you to say before you pay for it.',
    build: (node) => build(node, ALICE, async (demo) => swap(demo, 10n * SUI, 60n * MOON)),
  },
];

const ticket = (node: SuiLocalnet, demo: SuiDemo) =>
  node.owned(ALICE, `${demo.package}::ticket::Ticket`);

/** A function of the lessons that is given a ticket. */
function take(demo: SuiDemo, name: string, object: Parameters<typeof owned>[0]): SuiProgram {
  return {
    inputs: [owned(object)],
    commands: [
      call(`${demo.package}::lessons::${name}`, [input(0)], [`${demo.package}::ticket::Ticket`]),
    ],
  };
}

async function build(
  node: SuiLocalnet,
  account: string,
  program: (demo: SuiDemo) => Promise<SuiProgram>,
  payer: string = account,
): Promise<BuiltLesson> {
  const { commands, inputs } = await program(await node.demo());
  return { bytes: buildTransaction(account, inputs, commands, payer), account };
}

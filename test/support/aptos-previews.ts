/** Previews of Aptos transactions by the real VM, over the recorded genesis of devnet. */

import { previewTransaction } from '../../src/chains/aptos';
import { createAptosCache } from '../../src/chains/aptos/cache';
import type { Preview } from '../../src/vm-preview/model/preview';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import { APTOS_FORMAT, encode } from '../../src/vm-preview/move/core/format';
import { putAccount, putStore } from '../chains/aptos/accounts';
import { fakeNode, genesisState, hasDevnet } from '../chains/aptos/node';
import {
  ALICE,
  BOB,
  CAROL,
  multiAgentBytes,
  rawTransaction,
  script,
  sponsoredBytes,
  transferBytes,
} from '../chains/aptos/transfers';
import { entry } from './aptos-calls';
import {
  AccountAddress,
  Bool,
  MoveString,
  MoveVector,
  type TransactionPayload,
  type U8,
} from './aptos-sdk';
import { assemble } from './masm';

export { ALICE, BOB, CAROL, hasDevnet };

const RICH = 1_000_000_000n;
/** `main() { return }`, format version 6. */
const EMPTY_SCRIPT = new Uint8Array(Buffer.from('a11ceb0b0600000001050001000000000102', 'hex'));

const text = (value: string) => new MoveString(value);

/** Name and preview of each; they follow one another where a later one needs an earlier one's objects. */
export async function aptosPreviews(): Promise<Map<string, Preview>> {
  const node = fakeNode(genesisState());
  const cache = createAptosCache();
  for (const address of [ALICE, CAROL]) {
    putAccount(node, address);
    putStore(node, address, RICH);
  }
  const previews = new Map<string, Preview>();
  const { fetch, network } = node;
  let base: Awaited<ReturnType<typeof previewTransaction>> | undefined;
  let next = 0n;

  const run = (transaction: Uint8Array) =>
    previewTransaction({ network, transaction, account: ALICE, cache, fetch });
  const one = async (name: string, transaction: Uint8Array) => {
    previews.set(name, (await run(transaction)).preview);
  };
  const payload = (name: string, what: TransactionPayload) =>
    one(name, rawTransaction(what).bcsToBytes());
  /** On what the one before left. */
  const then = async (name: string, what: TransactionPayload): Promise<Preview> => {
    const transaction = rawTransaction(what, { sequenceNumber: next }).bcsToBytes();
    base = await previewTransaction({
      network,
      transaction,
      account: ALICE,
      cache,
      fetch,
      ...(base === undefined ? {} : { base }),
    });
    next += 1n;
    previews.set(name, base.preview);
    return base.preview;
  };

  await one('coin-transfer', transferBytes());
  await one('most-leaves', transferBytes({ amount: 990_000_000n }));
  await one('too-much', transferBytes({ amount: 2n * RICH }));
  await one('old-sequence-number', transferBytes({ sequenceNumber: 7n }));
  await one('little-gas', transferBytes({ maxGas: 20n }));
  await one('sponsored', sponsoredBytes(CAROL));
  await one('payer-open', sponsoredBytes('0x0'));
  await payload(
    'asset-transfer',
    entry(
      '0x1::primary_fungible_store::transfer',
      [`0x${'a'.padStart(64, '0')}`, BOB, 25_000_000n],
      ['0x1::fungible_asset::Metadata'],
    ),
  );
  await payload(
    'key-rotation',
    entry('0x1::account::rotate_authentication_key_call', [
      MoveVector.U8(new Uint8Array(32).fill(7)),
    ]),
  );
  await payload('script', script(EMPTY_SCRIPT));
  await one(
    'several-signers',
    multiAgentBytes(entry('0x1::aptos_account::transfer', [BOB, 5n]), [CAROL]),
  );
  await then(
    'collection-made',
    entry('0x4::aptos_token::create_collection', [
      text('Apes of devnet'),
      100n,
      text('Apes'),
      text('https://example.org'),
      ...Array.from({ length: 9 }, () => new Bool(true)),
      0n,
      1n,
    ]),
  );
  const minted = await then(
    'nft-made',
    entry('0x4::aptos_token::mint', [
      text('Apes'),
      text('An ape'),
      text('Ape #1'),
      text('https://example.org/1'),
      new MoveVector<MoveString>([]),
      new MoveVector<MoveString>([]),
      new MoveVector<MoveVector<U8>>([]),
    ]),
  );
  const ape = minted.changes.find(({ kind }) => kind === 'object')?.address ?? '';
  await then('nft-transfer', entry('0x1::object::transfer', [ape, BOB], ['0x4::token::Token']));
  await then(
    'multisig-made',
    entry('0x1::multisig_account::create_with_owners', [
      new MoveVector([AccountAddress.from(BOB), AccountAddress.from(CAROL)]),
      2n,
      new MoveVector<MoveString>([]),
      new MoveVector<MoveVector<U8>>([]),
    ]),
  );
  await payload(
    'module-published',
    entry('0x1::code::publish_package_txn', [
      MoveVector.U8(packageMetadata()),
      new MoveVector([MoveVector.U8(encode(assemble(MODULE, new Map()), APTOS_FORMAT))]),
    ]),
  );
  return previews;
}

const MODULE = `module ${ALICE}::counter

struct Counter has key
    value: u64

fun init_module(account: &signer)
    move_loc account
    ld_u64 41
    pack Counter
    move_to Counter
    ret
`;

/** BCS of 0x1::code::PackageMetadata, for a package of that one module. */
function packageMetadata(): Uint8Array {
  return new BcsWriter()
    .string('Counters')
    .u8(1)
    .u64(0n)
    .string('')
    .blob(new Uint8Array())
    .list(['counter'], (writer, name) => {
      writer.string(name).blob(new Uint8Array()).blob(new Uint8Array()).bool(false);
    })
    .list([], () => undefined)
    .bool(false)
    .finish();
}

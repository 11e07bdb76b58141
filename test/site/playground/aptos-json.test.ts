/** JSON of Aptos' transactions: what it leaves open is had from the node, and the bytes are the SDK's. */

import { completeAptos } from '../../../site/src/playground/json/aptos-node';
import { type PastedTransaction, readPaste } from '../../../site/src/playground/paste';
import type { Network } from '../../../src/chains/chain';
import { toHex } from '../../../src/chains/hex';
import { entry } from '../../support/aptos-calls';
import { type AptosLocalnet, rawOf, startAptos } from '../../support/aptos-localnet';
import {
  AccountAddress,
  Bool,
  MoveString,
  MoveVector,
  SimpleTransaction,
  U8,
  U64,
} from '../../support/aptos-sdk';
import { localNetwork } from '../../support/local-network';

jest.setTimeout(60_000);

let chain: AptosLocalnet;
let network: Network;
let alice: string;
let bob: string;

beforeAll(async () => {
  chain = await startAptos();
  alice = chain.accounts.alice.address;
  bob = chain.accounts.bob.address;
  network = localNetwork('aptos', chain.url, chain.chainId);
});
afterAll(() => chain.close());

function opened(json: unknown) {
  const text = JSON.stringify(json, (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const pasted: PastedTransaction = readPaste(text, { chain: undefined, account: undefined });
  if (!('open' in pasted)) throw new Error('nothing is left open');
  return pasted;
}

const complete = async (json: unknown, account?: string) =>
  toHex(await completeAptos(opened(json).open, network, account));

it('is read from what a node takes', async () => {
  const raw = await rawOf(chain, alice, entry('0x1::aptos_account::transfer', [bob, 5n]));
  const json = {
    sender: alice,
    sequence_number: raw.sequence_number,
    max_gas_amount: raw.max_gas_amount,
    gas_unit_price: raw.gas_unit_price,
    expiration_timestamp_secs: raw.expiration_timestamp_secs,
    payload: {
      type: 'entry_function_payload',
      function: '0x1::aptos_account::transfer',
      type_arguments: [],
      arguments: [bob, '5'],
    },
  };
  expect(opened(json).form).toBe('JSON of an Aptos node');
  expect(await complete(json)).toBe(toHex(raw.bcsToBytes()));
});

it('is read from what the SDK holds, a sponsor included', async () => {
  const raw = await rawOf(chain, alice, entry('0x1::aptos_account::transfer', [bob, 5n]));
  expect(await complete(raw)).toBe(toHex(raw.bcsToBytes()));
  const sponsored = new SimpleTransaction(raw, AccountAddress.from(bob));
  expect(await complete(sponsored)).toBe(toHex(sponsored.bcsToBytes()));
  const alone = new SimpleTransaction(raw);
  // Whether nobody pays is said by a last byte, which a raw transaction does without.
  expect(`${await complete(alone)}00`).toBe(toHex(alone.bcsToBytes()));
});

it('is read from the call that a wallet is handed', async () => {
  const call = {
    function: `${chain.demo}::dollar::mint`,
    typeArguments: [],
    functionArguments: [1_000],
  };
  const bytes = await complete({ sender: alice, data: call });
  const payload = entry(`${chain.demo as '0x1'}::dollar::mint`, [1_000n]);
  const expected = toHex((await rawOf(chain, alice, payload)).bcsToBytes());
  // All but gas and expiration, which the JSON leaves open.
  const given = expected.indexOf(toHex(payload.bcsToBytes()));
  const { length } = toHex(payload.bcsToBytes());
  expect(bytes.slice(0, given + length)).toBe(expected.slice(0, given + length));
  expect(await complete(call, alice)).toContain(toHex(payload.bcsToBytes()));
  await expect(complete(call)).rejects.toThrow(/does not say who sends it/);
});

it('writes types as the SDK does', async () => {
  const { argumentBytes } = await import('../../../site/src/playground/json/aptos-arguments');
  const check = (value: unknown, type: string, expected: { bcsToBytes(): Uint8Array }) =>
    expect(toHex(argumentBytes(JSON.parse(JSON.stringify(value)), type, []))).toBe(
      toHex(expected.bcsToBytes()),
    );
  check(true, 'bool', new Bool(true));
  check(255, 'u8', new U8(255));
  check('18446744073709551615', 'u64', new U64(2n ** 64n - 1n));
  check('héllo', '0x1::string::String', new MoveString('héllo'));
  check('0x0102', 'vector<u8>', MoveVector.U8([1, 2]));
  check([1, 2], 'vector<u8>', MoveVector.U8([1, 2]));
  check(['1', '2'], 'vector<u64>', MoveVector.U64([1, 2]));
  check('0xa', '0x1::object::Object<0x1::fungible_asset::Metadata>', AccountAddress.from('0xa'));
  check(
    { inner: '0xa' },
    '0x1::object::Object<T0>'.replace('T0', '0x1::a::B'),
    AccountAddress.from('0xa'),
  );
  check({ vec: ['7'] }, '0x1::option::Option<u64>', new MoveVector([new U64(7)]));
  for (const [value, type] of [
    [256, 'u8'],
    [-1, 'u64'],
    [1.5, 'u64'],
    ['yes', 'bool'],
    ['0xzz', 'address'],
    ['hello', 'vector<u8>'],
    ['1', '0x1::strange::Thing'],
    [null, 'T0'],
  ] as const) {
    expect(() => argumentBytes(value, type, [])).toThrow();
  }
});

it('says what does not fit', async () => {
  const call = (name: string, args: unknown[]) => ({
    sender: alice,
    data: { function: name, functionArguments: args },
  });
  await expect(complete(call('0x1::aptos_account::transfer', [bob]))).rejects.toThrow(
    /is given 1 arguments and takes 2/,
  );
  await expect(complete(call('0x1::aptos_account::nothing', [bob]))).rejects.toThrow(
    /no entry function nothing/,
  );
  await expect(complete(call('0x1::nowhere::transfer', [bob]))).rejects.toThrow(
    /does not know the module/,
  );
  expect(() => opened(call('0x1::transfer', []))).toThrow(/not written as address::module::name/);
});

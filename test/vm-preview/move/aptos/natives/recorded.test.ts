/** What natives made in recorded mainnet transactions: unique addresses, and padded strings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionHash } from '../../../../../src/vm-preview/move/aptos/execution/session-id';
import {
  Address,
  ByteVector,
  Struct,
  type Value,
} from '../../../../../src/vm-preview/move/core/values';
import { describeWithFramework, ref, string, textOf, U64 } from '../../../../support/aptos-session';
import { FIXTURES } from '../../../../support/move-fixtures';

const FOLDER = join(FIXTURES, 'aptos/transactions');

interface Recorded {
  readonly name: string;
  readonly text: string;
}

const recordings = (): Recorded[] =>
  readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** The hash of the session that an entry function of a recorded transaction ran in. */
function hashOf({ text }: Recorded): Uint8Array | undefined {
  const sender = /"sender": *"(0x[0-9a-f]+)"/.exec(text)?.[1];
  const sequenceNumber = /"sequenceNumber": *"(\d+)"/.exec(text)?.[1];
  if (sender === undefined || sequenceNumber === undefined) return undefined;
  return sessionHash('transaction', {
    sender: Address.parse(sender),
    replayProtector: { kind: 'sequenceNumber', value: BigInt(sequenceNumber) },
    expirationTimestampSecs: 0n,
    scriptHash: new Uint8Array(0),
  });
}

describeWithFramework('recorded transactions of mainnet', (session) => {
  const transaction = (hash: Uint8Array) => ({
    sessionHash: hash,
    scriptHash: new Uint8Array(0),
    chainId: 1,
    user: undefined,
    uniqueAddresses: 0,
    isUnbiasable: false,
  });

  it('made their objects at the unique addresses that the native gives', () => {
    const found = recordings().flatMap((recorded) => {
      const hash = hashOf(recorded);
      if (hash === undefined) return [];
      const vm = session({ parts: { transaction: transaction(hash) } });
      const made = [1, 2].map(() => vm.call('transaction_context::generate_unique_address')[0]);
      const count = made.filter((at) => at instanceof Address && recorded.text.includes(at.hex));
      return count.length === 0
        ? []
        : [`${recorded.name.replace(/^\d+_|\.json$/g, '')} ${count.length}`];
    });
    expect(found.sort()).toEqual([
      'token_v2_concurrent_mint 1',
      'token_v2_fixed_supply_mint 1',
      'token_v2_mint_and_transfer_event_v1 2',
      'token_v2_mint_transfer_with_v2_events 1',
    ]);
  });

  it('kept strings with the padding that the natives give', () => {
    const vm = session();
    /** A string and its padding, out of JSON inside JSON. */
    const pairs = recordings().flatMap(({ text }) =>
      [...text.matchAll(/\{\\"padding\\":\\"0x(0*)\\",\\"value\\":\\"([^"\\]*)\\"\}/g)].map(
        ([, padding = '', value = '']) => [value, padding.length / 2] as const,
      ),
    );
    const paddingOf = (snapshot: Value | undefined): number => {
      const padding = snapshot instanceof Struct ? snapshot.fields[1] : undefined;
      if (!(padding instanceof ByteVector)) throw new Error('no padding');
      return padding.length;
    };
    const derived = (value: string): number =>
      paddingOf(vm.call('aggregator_v2::create_derived_string', [string(value)])[0]);
    // Numbered by the collection: a prefix, a snapshot of the supply and a suffix.
    const numbered = (value: string): number => {
      const [, prefix = '', digits = ''] = /^(.*?)(\d+)$/.exec(value) ?? [];
      const [snapshot] = vm.call('aggregator_v2::create_snapshot', [Number(digits)], [U64]);
      if (snapshot === undefined) throw new Error('no snapshot');
      const args = [string(prefix), ref(snapshot), string('')];
      const [joined] = vm.call('aggregator_v2::derive_string_concat', args, [U64]);
      expect(textOf(joined instanceof Struct ? joined.fields[0] : undefined)).toBe(value);
      return paddingOf(joined);
    };
    const isNumbered = (value: string): boolean => value === 'superstar #133740';
    expect(pairs.length).toBeGreaterThan(9);
    expect(pairs.filter(([value]) => isNumbered(value))).toHaveLength(1);
    for (const [value, padding] of pairs)
      expect([value, isNumbered(value) ? numbered(value) : derived(value)]).toEqual([
        value,
        padding,
      ]);
  });
});

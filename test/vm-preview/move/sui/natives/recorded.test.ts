/** Ids of a recorded checkpoint of mainnet, and abort codes of the recorded frameworks. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeTagText } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { parseCheckpoint } from '../../../../../src/vm-preview/move/sui/data/checkpoint';
import {
  dynamicFieldId,
  explainAbort,
  freshId,
} from '../../../../../src/vm-preview/move/sui/natives';
import type { SuiObject } from '../../../../../src/vm-preview/move/sui/state';
import { FIXTURES } from '../../../../support/move-fixtures';
import { FRAMEWORK_VERSIONS, suiFramework } from '../../../../support/sui-framework';

const CHECKPOINT = join(FIXTURES, 'sui/checkpoints/20958462.chk');
const hexOf = (bytes: Uint8Array): string => Address.fromBytes(bytes).hex;

const LD_U64 = 0x06;

/** Bytes of a key, where its type says how many they are. */
const KEY_BYTES: Readonly<Record<string, number>> = {
  u64: 8,
  address: 32,
  '0x2::object::ID': 32,
};

(existsSync(CHECKPOINT) ? describe : describe.skip)('the recorded checkpoint', () => {
  const checkpoint = existsSync(CHECKPOINT)
    ? parseCheckpoint(new Uint8Array(readFileSync(CHECKPOINT)))
    : undefined;
  const transactions = checkpoint?.transactions ?? [];

  it('has dynamic fields at the ids that their keys give', () => {
    const fields = new Map<string, SuiObject>();
    for (const { inputObjects, outputObjects } of transactions)
      for (const object of [...inputObjects, ...outputObjects])
        if (object.data.kind === 'move' && object.data.type.name === 'Field')
          fields.set(hexOf(object.id), object);
    let checked = 0;
    for (const [id, { owner, data }] of fields) {
      if (owner.kind !== 'object' || data.kind !== 'move')
        throw new Error('a field without a parent');
      const [keyType] = data.type.typeArguments;
      if (keyType === undefined) throw new Error('a field without a key');
      const length = KEY_BYTES[typeTagText(keyType)];
      if (length === undefined) continue;
      const key = data.contents.slice(32, 32 + length);
      expect(hexOf(dynamicFieldId(owner.parent, keyType, key))).toBe(id);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('has new objects at the ids that their transaction gives', () => {
    let checked = 0;
    for (const { effects, inputObjects, outputObjects } of transactions) {
      const digest = effects.transaction;
      const before = new Set(inputObjects.map(({ id }) => hexOf(id)));
      const made = Array.from({ length: 64 }, (_, i) => hexOf(freshId(digest, BigInt(i))));
      for (const { id, owner, data } of outputObjects) {
        if (before.has(hexOf(id)) || owner.kind === 'object' || data.kind !== 'move') continue;
        expect(made).toContain(hexOf(id));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });
});

describe.each(FRAMEWORK_VERSIONS.filter((version) => version > 100))(
  'abort codes of the framework of protocol %i',
  (version) => {
    it('name constants of their modules', () => {
      const names = new Set<string>();
      for (const module of suiFramework(version).values())
        for (const { code } of module.functionDefinitions)
          for (const [pc, value] of code?.immediates ?? []) {
            if (code?.ops[pc] !== LD_U64) continue;
            const found = explainAbort(module, value);
            if (found === undefined) continue;
            expect(found.line).toBeGreaterThan(0);
            const { name, message, code: given } = found;
            if (name === undefined) continue;
            expect(name).toMatch(/^E[A-Z][A-Za-z]+$/);
            names.add(`${name} ${given}: ${message}`);
          }
      expect([...names]).toEqual(
        expect.arrayContaining([
          'EInvalidPartyPermissions 6: Party transfer is currently limited to one party.',
          'EObjectAlreadyExists undefined: Derived object is already claimed.',
          'EOverflow undefined: Overflow from an arithmetic operation',
        ]),
      );
    });
  },
);

describe('explainAbort', () => {
  it('leaves plain numbers alone', () => {
    const [module] = FRAMEWORK_VERSIONS.length === 0 ? [] : suiFramework(36).values();
    if (module === undefined) return;
    expect(explainAbort(module, 5n)).toBeUndefined();
    expect(explainAbort(module, 2n ** 64n - 1n)).toBeUndefined();
    // A line without a constant.
    expect(explainAbort(module, (1n << 63n) | (42n << 32n) | 0xffff_ffffn)).toEqual({
      line: 42,
      name: undefined,
      message: undefined,
      code: undefined,
    });
  });
});

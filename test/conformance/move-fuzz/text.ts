/** Type tags, as text and as bytes. */
import { BcsReader, BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import {
  parseTypeTag,
  readTypeTag,
  typeTagText,
  writeTypeTag,
} from '../../../src/vm-preview/move/core/types';
import type { Target } from '../fuzz/driver';
import { equal } from '../move-modules';
import type { Random } from '../svm-differential/random';
import { harmed } from './bcs';
import { FrameworkTypes } from './types';
import type { DevnetWorld } from './world';

const PIECES = [
  ...[
    '0x1',
    '0x',
    '::',
    ':',
    '<',
    '>',
    ',',
    ' ',
    'vector',
    'u64',
    'bool',
    'coin',
    'Coin',
    '&',
    '|',
  ],
  ...['0x1::aptos_coin::AptosCoin', 'vector<u8>', '_', '$', '\u0000', 'é', '0'.repeat(70), '\n'],
];

/** A piece put in, taken out, or put in many times. */
function harmedText(random: Random, text: string): string {
  let harmed = text;
  for (let count = random.below(3); count > 0; count--) {
    const at = random.below(harmed.length + 1);
    const piece = random.pick(PIECES).repeat(random.chance(3) ? 2000 : 1);
    const rest = harmed.slice(at + (random.chance(50) ? random.below(4) : 0));
    harmed = harmed.slice(0, at) + (random.chance(60) ? piece : '') + rest;
  }
  return harmed;
}

export function textTarget(world: DevnetWorld): Target {
  const types = new FrameworkTypes(world);
  return {
    name: 'type tag',
    share: 13,
    try(random, passed) {
      const { loader } = world.run;
      const tag = typeTagOf(types.type(random, loader));
      if (random.chance(50)) {
        const writer = new BcsWriter();
        writeTypeTag(writer, tag);
        const bytes = harmed(random, writer.finish());
        const reader = new BcsReader(bytes);
        const read = readTypeTag(reader);
        reader.end('the type tag');
        passed();
        const again = new BcsWriter();
        writeTypeTag(again, read);
        if (!equal(again.finish(), bytes)) throw new Error('a type tag is written otherwise');
        return;
      }
      const form = random.pick(['short', 'full'] as const);
      const text = harmedText(random, typeTagText(tag, form));
      const parsed = parseTypeTag(text);
      passed();
      const written = typeTagText(parsed, form);
      if (typeTagText(parseTypeTag(written), form) !== written)
        throw new Error(`a type is read otherwise: ${written}`);
    },
  };
}

/** BCS of values, harmed: read as the type or refused; what is read is written as it was. */
import type { Target } from '../fuzz/driver';
import { mutate } from '../fuzz/mutate';
import { equal } from '../move-modules';
import type { Random } from '../svm-differential/random';
import { FrameworkTypes } from './types';
import { randomValue } from './values';
import type { DevnetWorld } from './world';

/** Half of them as they should be, to see that they are taken. */
export function harmed(random: Random, bytes: Uint8Array): Uint8Array {
  return random.chance(50) ? bytes : mutate(random, bytes);
}

export function bcsTarget(world: DevnetWorld): Target {
  const types = new FrameworkTypes(world);
  return {
    name: 'BCS value',
    share: 25,
    try(random, passed) {
      const { loader } = world.run;
      const type = types.type(random, loader);
      const value = random.chance(90) ? randomValue(random, loader, type) : undefined;
      const input =
        value === undefined
          ? random.bytes(random.below(60))
          : harmed(random, loader.codec.encode(value, type));
      const read = loader.codec.decode(input, type);
      passed();
      if (!equal(loader.codec.encode(read, type), input))
        throw new Error(`written otherwise than it was read: ${type.key}`);
    },
  };
}

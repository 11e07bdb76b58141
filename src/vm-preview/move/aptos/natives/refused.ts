/** Natives that frameworks declare and that are not carried out here, each with the reason. */
import { CannotPreview } from '../../../errors';
import type { Native, NativeRegistry } from '../../core/runtime';

/** Only a compiler's instructions stand for these; no chain has a native under the name. */
const INSTRUCTION = 'an instruction of the VM and no function: code never calls it';
const NEWER = 'newer than the rules known here, and behind a feature flag';

export const REFUSED: ReadonlyMap<string, string> = new Map([
  ...[
    'borrow',
    'borrow_mut',
    'destroy_empty',
    'empty',
    'length',
    'pop_back',
    'push_back',
    'swap',
  ].map((name): [string, string] => [`0x1::vector::${name}`, INSTRUCTION]),
  ['0x1::unit_test::create_signers_for_testing', 'of unit tests; no network has it'],
  ['0x7::native_position::native_set_position', NEWER],
  ['0x7::native_position::native_delete_position', NEWER],
]);

function refuse(name: string, reason: string): Native {
  return () => {
    throw new CannotPreview('move-native', `the native ${name}`, { native: name, reason });
  };
}

export function refusedNatives(): NativeRegistry {
  return new Map([...REFUSED].map(([name, reason]) => [name, refuse(name, reason)]));
}

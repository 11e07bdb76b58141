/** Structs with `key` are objects: they begin with a UID, and enums are none (struct_with_key_verifier.rs). */
import { ABILITY, type CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import { SuiVerificationError } from './error';
import { datatypeName, isPlainDatatype } from './names';

export function checkObjects(module: CompiledModule): void {
  const hasKey = (handle: number): boolean =>
    (at(module.datatypeHandles, handle).abilities & ABILITY.key) !== 0;
  for (const { handle, fields } of module.structDefinitions) {
    if (!hasKey(handle)) continue;
    const first = fields.kind === 'declared' ? fields.fields[0] : undefined;
    const isId =
      first !== undefined &&
      at(module.identifiers, first.name) === 'id' &&
      isPlainDatatype(module, first.type, '0x2::object::UID');
    if (!isId)
      throw new SuiVerificationError(
        'an object whose first field is not id: UID',
        datatypeName(module, handle),
      );
  }
  for (const { handle } of module.enumDefinitions)
    if (hasKey(handle))
      throw new SuiVerificationError('an enum with the key ability', datatypeName(module, handle));
}

/** A one-time witness is made by the chain alone, and given to `init` (one_time_witness_verifier.rs). */
import { ABILITY, type CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import { type CodeReader, needed } from '../../core/verifier/instruction';
import { SuiVerificationError } from './error';
import { datatypeName, definedName, moduleName } from './names';

/** They hold coins that were made at genesis, or by the bridge. */
const EXEMPT: ReadonlySet<string> = new Set([
  '0x2::sui',
  '0xb::btc',
  '0xb::eth',
  '0xb::usdc',
  '0xb::usdt',
]);

export function checkOneTimeWitness(module: CompiledModule, reader: CodeReader): void {
  if (EXEMPT.has(moduleName(module))) return;
  const witness = witnessOf(module);
  for (const [i, { handle, code }] of module.functionDefinitions.entries()) {
    const { name, parameters } = at(module.functionHandles, handle);
    const given = at(module.signatures, parameters);
    if (at(module.identifiers, name) === 'init') {
      const [first] = given;
      const isWitness =
        first?.kind === 'datatype' &&
        first.typeArguments.length === 0 &&
        first.handle === witness?.handle;
      if (witness === undefined ? given.length !== 1 : given.length !== 2 || !isWitness)
        throw new SuiVerificationError(
          'init whose parameters do not fit the one-time witness',
          definedName(module, i),
        );
    }
    if (witness === undefined || code === undefined) continue;
    const makes = reader
      .instructions(code)
      .some(
        ({ operation, generic, datatype }) =>
          operation === 'Pack' && !generic && needed(datatype).definition === witness.definition,
      );
    if (makes)
      throw new SuiVerificationError('a one-time witness that is made', definedName(module, i));
  }
}

interface Witness {
  readonly definition: number;
  readonly handle: number;
}

/** The struct of one boolean that is named like the module in capitals. */
function witnessOf(module: CompiledModule): Witness | undefined {
  const self = at(module.moduleHandles, module.selfModule);
  const wanted = at(module.identifiers, self.name).toUpperCase();
  for (const [definition, { handle, fields }] of module.structDefinitions.entries()) {
    const datatype = at(module.datatypeHandles, handle);
    if (at(module.identifiers, datatype.name) !== wanted || fields.kind !== 'declared') continue;
    if (fields.fields.length !== 1 || fields.fields[0]?.type.kind !== 'bool') continue;
    if (datatype.abilities !== ABILITY.drop || datatype.typeParameters.length > 0)
      throw new SuiVerificationError(
        'a one-time witness that can do more than be dropped, or has type parameters',
        datatypeName(module, handle),
      );
    return { definition, handle };
  }
  return undefined;
}

/** What only the module of a type may do with it: transfer without `store`, emit events (private_generics.rs). */
import type { CompiledModule, SignatureToken } from '../../core/format';
import { at } from '../../core/loader/at';
import { type CodeReader, needed } from '../../core/verifier/instruction';
import { SuiVerificationError } from './error';
import { definedName, functionName, moduleName } from './names';
import type { SuiRules } from './rules';

const TRANSFER = '0x2::transfer';
const EVENT = '0x2::event';
const TEST_SCENARIO = '0x2::test_scenario';

/** Functions whose first type argument is of the calling module. */
const OF_OWN_TYPES: ReadonlySet<string> = new Set([
  `${TRANSFER}::transfer`,
  `${TRANSFER}::freeze_object`,
  `${TRANSFER}::share_object`,
  `${TRANSFER}::receive`,
  `${TRANSFER}::party_transfer`,
  `${EVENT}::emit`,
  `${EVENT}::emit_authenticated`,
  '0x2::coin_registry::new_currency',
  '0x1::internal::permit',
]);

const OF_ANY_TYPE: ReadonlySet<string> = new Set([
  `${TRANSFER}::public_transfer`,
  `${TRANSFER}::public_freeze_object`,
  `${TRANSFER}::public_share_object`,
  `${TRANSFER}::public_receive`,
  `${TRANSFER}::public_party_transfer`,
  `${TRANSFER}::receiving_object_id`,
  `${EVENT}::events_by_type`,
]);

export function checkPrivateGenerics(
  module: CompiledModule,
  reader: CodeReader,
  { knowsAllTransfers }: SuiRules,
): void {
  const self = moduleName(module);
  if (self === TEST_SCENARIO) return;
  for (const [i, { code }] of module.functionDefinitions.entries()) {
    if (code === undefined) continue;
    for (const { operation, generic, functionHandle, typeArguments } of reader.instructions(code)) {
      if (operation !== 'Call' || !generic) continue;
      const handle = at(module.functionHandles, needed(functionHandle));
      const owner = moduleName(module, handle.module);
      if (owner === self) continue;
      const callee = functionName(module, handle);
      const [type] = at(module.signatures, needed(typeArguments));
      const isKnown = OF_OWN_TYPES.has(callee) || OF_ANY_TYPE.has(callee);
      if (knowsAllTransfers && !isKnown && (owner === TRANSFER || owner === EVENT))
        throw new SuiVerificationError(`a call of unknown ${callee}`, definedName(module, i));
      if (OF_OWN_TYPES.has(callee) && !isOwn(module, type))
        throw new SuiVerificationError(
          `${callee} with a type of another module`,
          definedName(module, i),
        );
    }
  }
}

function isOwn(module: CompiledModule, type: SignatureToken | undefined): boolean {
  return (
    type?.kind === 'datatype' &&
    at(module.datatypeHandles, type.handle).module === module.selfModule
  );
}

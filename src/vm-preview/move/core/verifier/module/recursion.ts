/** No struct or enum holds itself, through whatever it is made of (struct_defs.rs, data_defs.rs). */
import type { CompiledModule, FieldDefinition, SignatureToken } from '../../format';
import { at } from '../../loader/at';
import { VerificationError } from '../errors';
import { components } from './graph';

export function checkRecursion(module: CompiledModule): void {
  const datatypes = datatypesOf(module);
  const byHandle = new Map(datatypes.map(({ handle }, i) => [handle, i]));
  const edges = datatypes.map(({ fields }) => {
    const held = new Set<number>();
    for (const { type } of fields) collect(type, false, held, byHandle);
    return [...held];
  });
  const found = components(datatypes.length, (node) => at(edges, node));
  for (const [i, targets] of edges.entries())
    if (targets.some((target) => found[target] === found[i])) {
      const isStruct = i < module.structDefinitions.length;
      // Sui calls it otherwise since it has enums.
      throw new VerificationError(
        module.flavour === 'sui' ? 'RECURSIVE_DATATYPE_DEFINITION' : 'RECURSIVE_STRUCT_DEFINITION',
      ).at(
        isStruct ? 'StructDefinition' : 'EnumDefinition',
        isStruct ? i : i - module.structDefinitions.length,
      );
    }
}

interface Declared {
  readonly handle: number;
  readonly fields: readonly FieldDefinition[];
}

function datatypesOf(module: CompiledModule): readonly Declared[] {
  const structs = module.structDefinitions.map(({ handle, fields }) => ({
    handle,
    fields:
      fields.kind === 'declared'
        ? fields.fields
        : fields.kind === 'variants'
          ? fields.variants.flatMap((variant) => variant.fields)
          : [],
  }));
  const enums = module.enumDefinitions.map(({ handle, variants }) => ({
    handle,
    fields: variants.flatMap(({ fields }) => fields),
  }));
  return [...structs, ...enums];
}

function collect(
  token: SignatureToken,
  mayRefer: boolean,
  held: Set<number>,
  byHandle: ReadonlyMap<number, number>,
): void {
  const inner = (part: SignatureToken, refer = false): void => collect(part, refer, held, byHandle);
  switch (token.kind) {
    case 'reference':
      if (!mayRefer)
        throw new VerificationError(
          'UNKNOWN_INVARIANT_VIOLATION_ERROR',
          'Reference field when checking recursive structs',
        );
      inner(token.to);
      break;
    case 'vector':
      inner(token.element);
      break;
    case 'function':
      for (const part of [...token.parameters, ...token.results]) inner(part, true);
      break;
    case 'datatype': {
      const definition = byHandle.get(token.handle);
      if (definition !== undefined) held.add(definition);
      for (const argument of token.typeArguments) inner(argument);
      break;
    }
  }
}

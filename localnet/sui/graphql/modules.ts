/** Modules and functions, as those who call them ask about them. */

import { encodeBase64 } from '../../../src/chains/base64';
import { fullAddress } from '../../../src/chains/sui/address';
import {
  ABILITY,
  type AbilitySet,
  type CompiledModule,
  type SignatureToken,
} from '../../../src/vm-preview/move/core/format';
import { at } from '../../../src/vm-preview/move/core/loader/at';
import type { SuiObject } from '../../../src/vm-preview/move/sui/state';
import type { Answer, Answers } from './answers';

export function moduleAnswer(object: SuiObject, module: CompiledModule, answers: Answers): Answer {
  const name = at(module.identifiers, at(module.moduleHandles, module.selfModule).name);
  const bytes = object.data.kind === 'package' ? object.data.modules.get(name) : undefined;
  const self: Answer = {
    name,
    fullyQualifiedName: `${fullAddress(object.id)}::${name}`,
    fileFormatVersion: module.version,
    bytes: bytes === undefined ? null : encodeBase64(bytes),
    package: () => answers.object(object, 'MovePackage'),
    function: (args: { name: string }) => functionAnswer(object, module, args.name, () => self),
  };
  return self;
}

function functionAnswer(
  object: SuiObject,
  module: CompiledModule,
  wanted: string,
  of: () => Answer,
): Answer | null {
  const definition = module.functionDefinitions.find(
    ({ handle }) => at(module.identifiers, at(module.functionHandles, handle).name) === wanted,
  );
  if (definition === undefined) return null;
  const { parameters, returns, typeParameters } = at(module.functionHandles, definition.handle);
  const types = (signature: number): Answer[] =>
    at(module.signatures, signature).map((token) => openType(token, module, object));
  return {
    name: wanted,
    module: of,
    isEntry: definition.isEntry,
    visibility: definition.visibility.toUpperCase(),
    typeParameters: typeParameters.map((abilities) => ({ constraints: abilityNames(abilities) })),
    parameters: types(parameters),
    return: types(returns),
  };
}

const abilityNames = (set: AbilitySet): string[] =>
  Object.entries(ABILITY).flatMap(([name, bit]) => ((set & bit) === 0 ? [] : [name.toUpperCase()]));

function openType(token: SignatureToken, module: CompiledModule, object: SuiObject): Answer {
  const isReference = token.kind === 'reference';
  const body = bodyOf(isReference ? token.to : token, module, object);
  return {
    signature: isReference ? { ref: token.mutable ? '&mut' : '&', body } : { body },
  };
}

type Body = string | { readonly [kind: string]: unknown };

function bodyOf(token: SignatureToken, module: CompiledModule, object: SuiObject): Body {
  switch (token.kind) {
    case 'vector':
      return { vector: bodyOf(token.element, module, object) };
    case 'typeParameter':
      return { typeParameter: token.index };
    case 'datatype': {
      const handle = at(module.datatypeHandles, token.handle);
      const owner = at(module.moduleHandles, handle.module);
      const name = at(module.identifiers, owner.name);
      const type = at(module.identifiers, handle.name);
      const isOwn = handle.module === module.selfModule;
      return {
        datatype: {
          package: isOwn
            ? originOf(object, name, type)
            : fullAddress(at(module.addresses, owner.address)),
          module: name,
          type,
          typeParameters: token.typeArguments.map((argument) => bodyOf(argument, module, object)),
        },
      };
    }
    default:
      return token.kind;
  }
}

/** The package in which a type was first defined. */
function originOf({ data, id }: SuiObject, module: string, datatype: string): string {
  const origins = data.kind === 'package' ? data.typeOrigins : [];
  const origin = origins.find((one) => one.module === module && one.datatype === datatype);
  return fullAddress(origin?.package ?? id);
}

/** Modules and scripts made by hand, which use what the recorded ones do not. */
import {
  APTOS_FORMAT,
  type Code,
  type CompiledModule,
  type CompiledScript,
  emptyTables,
  type Flavour,
  OPCODES_BY_NAME,
  type OpcodeName,
} from '../../../../src/vm-preview/move/core/format';

export type Line = readonly [name: OpcodeName, operand?: number, immediate?: bigint | undefined];

/** Code out of opcode names; `immediate` is a literal, a count or a mask. */
export function assemble(
  flavour: Flavour,
  lines: readonly Line[],
  extra: Partial<Code> = {},
): Code {
  const immediates = new Map<number, bigint>();
  const ops = lines.map(([name, , immediate], pc) => {
    const opcode = OPCODES_BY_NAME[flavour].get(name);
    if (opcode === undefined) throw new Error(`no ${name} in ${flavour}`);
    if (immediate !== undefined) immediates.set(pc, immediate);
    return opcode.byte;
  });
  return {
    locals: 0,
    ops: Uint8Array.from(ops),
    operands: Uint32Array.from(lines.map(([, operand]) => operand ?? 0)),
    immediates,
    jumpTables: [],
    ...extra,
  };
}

/** A module `0x…01::m` with one private function `f<T>()` that has the code given. */
export function moduleWith(
  flavour: Flavour,
  version: number,
  code: Code,
  parts: Partial<CompiledModule> = {},
): CompiledModule {
  const address = new Uint8Array(32);
  address[31] = 1;
  return {
    ...emptyTables(),
    kind: 'module',
    flavour,
    version,
    selfModule: 0,
    moduleHandles: [{ address: 0, name: 0 }],
    identifiers: ['m', 'f', 'S'],
    addresses: [address],
    signatures: [[], [{ kind: 'u64' }]],
    datatypeHandles: [{ module: 0, name: 2, abilities: 0xf, typeParameters: [] }],
    functionHandles: [
      {
        module: 0,
        name: 1,
        parameters: 0,
        returns: 0,
        typeParameters: [0],
        accessSpecifiers: undefined,
        attributes: [],
      },
    ],
    functionDefinitions: [{ handle: 0, visibility: 'private', isEntry: false, acquires: [], code }],
    ...parts,
  };
}

const RETURN: readonly Line[] = [['Ret']];

/** Aptos version 10: signed integers, closures, function types, enums, access, attributes. */
export function newAptosModule(): CompiledModule {
  const code = assemble('aptos', [
    ['LdI8', 0, -128n],
    ['LdI16', 0, -32768n],
    ['LdI32', 0, -1n],
    ['LdI64', 0, 2n ** 63n - 1n],
    ['LdI128', 0, -(2n ** 127n)],
    ['LdI256', 0, -(2n ** 255n)],
    ['LdU256', 0, 2n ** 256n - 1n],
    ['CastI256'],
    ['Negate'],
    ['PackClosure', 0, 2n ** 64n - 1n],
    ['PackClosureGeneric', 0, 0n],
    ['CallClosure', 2],
    ['PackVariant', 1],
    ['TestVariantGeneric', 0],
    ['MutBorrowVariantFieldGeneric', 0],
    ['VecUnpack', 1, 2n ** 64n - 1n],
    ['Branch', 0],
    ['AbortMsg'],
  ]);
  const base = moduleWith('aptos', 10, code);
  const [handle] = base.functionHandles;
  if (handle === undefined) throw new Error('no function handle');
  return {
    ...base,
    identifiers: ['m', 'f$1', 'S', '_0', '<SELF>_7'],
    signatures: [
      [],
      [{ kind: 'u64' }],
      [
        {
          kind: 'function',
          parameters: [{ kind: 'reference', mutable: true, to: { kind: 'i256' } }],
          results: [{ kind: 'vector', element: { kind: 'typeParameter', index: 0 } }],
          abilities: 7,
        },
        { kind: 'function', parameters: [], results: [], abilities: 0 },
      ],
    ],
    functionHandles: [
      {
        ...handle,
        accessSpecifiers: [
          {
            kind: 'reads',
            negated: true,
            resource: { kind: 'resourceInstantiation', handle: 0, typeArguments: 1 },
            address: { kind: 'parameter', local: 3, functionInstantiation: 0 },
          },
          {
            kind: 'writes',
            negated: false,
            resource: { kind: 'declaredInModule', module: 0 },
            address: { kind: 'literal', address: 0 },
          },
        ],
        attributes: [
          { kind: 'persistent' },
          { kind: 'packVariant', index: 1 },
          { kind: 'borrowFieldMutable', index: 65535 },
        ],
      },
    ],
    functionInstantiations: [{ generic: 0, typeArguments: 1 }],
    structDefinitions: [
      {
        handle: 0,
        fields: {
          kind: 'variants',
          variants: [
            { name: 2, fields: [{ name: 3, type: { kind: 'i8' } }] },
            { name: 3, fields: [] },
          ],
        },
      },
    ],
    variantHandles: [
      { owner: 0, variant: 0 },
      { owner: 0, variant: 1 },
    ],
    variantInstantiations: [{ generic: 0, typeArguments: 1 }],
    variantFieldHandles: [{ owner: 0, field: 0, variants: [0] }],
    variantFieldInstantiations: [{ generic: 0, typeArguments: 0 }],
    metadata: [{ key: Uint8Array.of(1), value: new Uint8Array(300) }],
  };
}

/** Sui version 7: an enum with a switch. */
export function newSuiModule(): CompiledModule {
  const code = assemble(
    'sui',
    [['VariantSwitch', 0], ['PackVariant', 1], ['UnpackVariantGenericMutRef', 0], ['Ret']],
    { jumpTables: [{ enumDefinition: 0, offsets: [1, 3] }] },
  );
  return moduleWith('sui', 7, code, {
    enumDefinitions: [
      {
        handle: 0,
        variants: [
          { name: 2, fields: [{ name: 1, type: { kind: 'u8' } }] },
          { name: 1, fields: [] },
        ],
      },
    ],
    enumInstantiations: [{ generic: 0, typeArguments: 1 }],
    variantHandles: [
      { owner: 0, variant: 0 },
      { owner: 0, variant: 1 },
    ],
    enumVariantInstantiations: [{ owner: 0, variant: 1 }],
  });
}

export function aptosScript(version: number): CompiledScript {
  return {
    ...emptyTables(),
    kind: 'script',
    flavour: APTOS_FORMAT.flavour,
    version,
    typeParameters: [0, 15],
    parameters: 0,
    accessSpecifiers: version < 8 ? undefined : [],
    signatures: [[{ kind: 'signer' }, { kind: 'typeParameter', index: 1 }], []],
    code: assemble('aptos', RETURN, { locals: 1 }),
  };
}

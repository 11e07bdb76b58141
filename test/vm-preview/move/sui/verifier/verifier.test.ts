import {
  type CompiledModule,
  decodeModule,
  type SignatureToken,
  SUI_FORMAT,
} from '../../../../../src/vm-preview/move/core/format';
import {
  SUI_UNLIMITED,
  SUI_VERIFIER,
  verifyModule,
} from '../../../../../src/vm-preview/move/core/verifier';
import {
  SuiVerificationError,
  verifySuiModule,
} from '../../../../../src/vm-preview/move/sui/verifier';
import { moduleSources } from '../../../../support/move-fixtures';
import type { Line } from '../../format/samples';
import { BOOL, ModuleBuilder, mut, param, ref, SIGNER, U64, vector } from '../../verifier/builder';

const RET: readonly Line[] = [['Ret']];
const KEY = 8;
const DROP = 2;

const address = (last: number): Uint8Array => {
  const bytes = new Uint8Array(32);
  bytes[31] = last;
  return bytes;
};

/** A module `0x0::m` that knows some of the framework: datatypes 0 to 2, functions 0 to 3. */
class SuiBuilder extends ModuleBuilder {
  constructor() {
    super('sui', 6);
    this.identifiers[0] = 'm';
    const imported = (module: number, name: string, abilities: number): number =>
      this.datatypeHandles.push({ module, name: this.name(name), abilities, typeParameters: [] });
    imported(1, 'UID', 4);
    imported(2, 'TxContext', 2);
    imported(3, 'Clock', KEY);
    const uid: SignatureToken = { kind: 'datatype', handle: 0, typeArguments: [] };
    const call = (
      module: number,
      name: string,
      parameters: SignatureToken[],
      returns: SignatureToken[],
      typeParameters: number[] = [],
    ): number =>
      this.functionHandles.push({
        module,
        name: this.name(name),
        parameters: this.signature(...parameters),
        returns: this.signature(...returns),
        typeParameters,
        accessSpecifiers: undefined,
        attributes: [],
      });
    call(1, 'new', [mut(CONTEXT)], [uid]);
    call(4, 'transfer', [param(0), U64], [], [KEY]);
    call(5, 'emit', [param(0)], [], [3]);
    call(1, 'other', [mut(CONTEXT)], [uid]);
  }

  build(): CompiledModule {
    const names = ['object', 'tx_context', 'clock', 'transfer', 'event'].map((n) => this.name(n));
    const module = this.module();
    return {
      ...module,
      addresses: [address(0), address(2)],
      moduleHandles: [{ address: 0, name: 0 }, ...names.map((name) => ({ address: 1, name }))],
    };
  }
}

const UID: SignatureToken = { kind: 'datatype', handle: 0, typeArguments: [] };
const CONTEXT: SignatureToken = { kind: 'datatype', handle: 1, typeArguments: [] };
const CLOCK: SignatureToken = { kind: 'datatype', handle: 2, typeArguments: [] };
const NEW = 0;
const TRANSFER = 1;
const EMIT = 2;
const OTHER = 3;

/** What is wrong, in the error's words; `ok` where nothing is. Move's own rules hold in all cases. */
function verdict(module: CompiledModule): string {
  verifyModule(module, SUI_UNLIMITED);
  try {
    verifySuiModule(module, SUI_VERIFIER);
    return 'ok';
  } catch (error) {
    if (error instanceof SuiVerificationError) return error.what;
    throw error;
  }
}

function withFunction(
  name: string,
  parts: Parameters<ModuleBuilder['function']>[1] & { isEntry?: boolean },
): CompiledModule {
  const builder = new SuiBuilder();
  builder.function(name, parts);
  const module = builder.build();
  const functionDefinitions = module.functionDefinitions.map((definition) => ({
    ...definition,
    isEntry: parts.isEntry ?? false,
  }));
  return { ...module, functionDefinitions };
}

describe('an object', () => {
  const build = (fields: Record<string, SignatureToken>): string => {
    const builder = new SuiBuilder();
    builder.struct('S', fields, KEY);
    return verdict(builder.build());
  };

  it('begins with its id', () => {
    const bad = 'an object whose first field is not id: UID';
    expect(build({ id: UID, value: U64 })).toBe('ok');
    expect(build({ value: U64, id: UID })).toBe(bad);
    expect(build({ uid: UID })).toBe(bad);
    expect(build({ id: U64 })).toBe(bad);
  });

  it('is made with a fresh id', () => {
    const build = (code: readonly Line[]): string => {
      const builder = new SuiBuilder();
      builder.struct('S', { id: UID }, KEY);
      const own: SignatureToken = { kind: 'datatype', handle: 3, typeArguments: [] };
      builder.function('f', {
        parameters: [mut(CONTEXT), UID],
        returns: [own, UID],
        locals: [UID],
        code,
      });
      return verdict(builder.build());
    };
    const leak = 'an object made without a newly created UID';
    expect(build([['MoveLoc', 0], ['Call', NEW], ['Pack', 0], ['MoveLoc', 1], ['Ret']])).toBe('ok');
    expect(
      build([
        ['MoveLoc', 0],
        ['Call', NEW],
        ['StLoc', 2],
        ['MoveLoc', 2],
        ['Pack', 0],
        ['MoveLoc', 1],
        ['Ret'],
      ]),
    ).toBe('ok');
    expect(build([['MoveLoc', 1], ['Pack', 0], ['MoveLoc', 0], ['Call', NEW], ['Ret']])).toBe(leak);
    expect(build([['MoveLoc', 0], ['Call', OTHER], ['Pack', 0], ['MoveLoc', 1], ['Ret']])).toBe(
      leak,
    );
  });

  it('is not transferred by another module, nor are its events emitted', () => {
    const build = (callee: number, argument: SignatureToken, code: readonly Line[]): string => {
      const builder = new SuiBuilder();
      builder.struct('S', { id: UID }, KEY);
      builder.struct('E', { value: U64 }, 3);
      builder.instantiate('functionInstantiations', callee, argument);
      builder.function('f', { parameters: [argument], code });
      return verdict(builder.build());
    };
    const transfer: Line[] = [['MoveLoc', 0], ['LdU64', 0, 1n], ['CallGeneric', 0], ['Ret']];
    const emit: Line[] = [['MoveLoc', 0], ['CallGeneric', 0], ['Ret']];
    const own = (handle: number): SignatureToken => ({
      kind: 'datatype',
      handle,
      typeArguments: [],
    });
    expect(build(TRANSFER, own(3), transfer)).toBe('ok');
    expect(build(TRANSFER, CLOCK, transfer)).toBe(
      '0x2::transfer::transfer with a type of another module',
    );
    expect(build(EMIT, own(4), emit)).toBe('ok');
    expect(build(EMIT, U64, emit)).toBe('0x2::event::emit with a type of another module');
  });
});

describe('global storage', () => {
  it('is not there', () => {
    const builder = new SuiBuilder();
    builder.struct('S', { id: UID }, KEY);
    builder.function('f', {
      parameters: [{ kind: 'address' }],
      code: [['CopyLoc', 0], ['Exists', 0], ['Pop'], ['Ret']],
    });
    expect(verdict(builder.build())).toBe('access to global storage');
  });
});

describe('init', () => {
  const context = [ref(CONTEXT)];

  it.each([
    ['ok', { parameters: context, visibility: 'private', code: RET }],
    ['init that is not private', { parameters: context, code: RET }],
    [
      'init with type parameters',
      { parameters: context, visibility: 'private', typeParameters: [0], code: RET },
    ],
    [
      'init with results',
      { parameters: context, visibility: 'private', returns: [U64], code: [['Branch', 0]] },
    ],
    ['init without one or two parameters', { visibility: 'private', code: RET }],
    ['init without a TxContext', { parameters: [U64], visibility: 'private', code: RET }],
    [
      'init whose parameters do not fit the one-time witness',
      { parameters: [U64, mut(CONTEXT)], visibility: 'private', code: RET },
    ],
  ] satisfies [string, Parameters<ModuleBuilder['function']>[1]][])('%s', (expected, parts) => {
    expect(verdict(withFunction('init', parts))).toBe(expected);
  });

  it('is called by nobody', () => {
    const builder = new SuiBuilder();
    const init = builder.function('init', {
      parameters: context,
      visibility: 'private',
      code: RET,
    });
    builder.function('f', { parameters: context, code: [['MoveLoc', 0], ['Call', init], ['Ret']] });
    expect(verdict(builder.build())).toBe('a call of init');
  });
});

describe('an entry function', () => {
  const status = (parameters: SignatureToken[], returns: SignatureToken[] = []): string =>
    verdict(
      withFunction('f', {
        parameters,
        returns,
        isEntry: true,
        typeParameters: [KEY],
        code: [['Branch', 0]],
      }),
    );
  const bad = 'an entry function with a parameter that no transaction can give';

  it('takes plain values, objects and a context at the end', () => {
    expect(status([U64, vector(vector(BOOL)), mut(CONTEXT)])).toBe('ok');
    expect(status([param(0), vector(param(0)), ref(param(0))])).toBe('ok');
    expect(status([ref(CLOCK)])).toBe('ok');
    expect(status([SIGNER])).toBe(bad);
    expect(status([UID])).toBe(bad);
    expect(status([ref(U64)])).toBe(bad);
    expect(status([mut(CONTEXT), U64])).toBe(bad);
    expect(status([mut(CLOCK)])).toBe(bad);
    expect(status([CLOCK])).toBe(bad);
  });

  it('gives what can be dropped', () => {
    expect(status([], [U64])).toBe('ok');
    expect(status([], [UID])).toBe('an entry function with a result that cannot be dropped');
  });
});

describe('a one-time witness', () => {
  const build = (abilities: number, makes: boolean, init = true): string => {
    const builder = new SuiBuilder();
    builder.struct('M', { dummy_field: BOOL }, abilities);
    const witness: SignatureToken = { kind: 'datatype', handle: 3, typeArguments: [] };
    if (init)
      builder.function('init', {
        parameters: [witness, ref(CONTEXT)],
        visibility: 'private',
        code: RET,
      });
    builder.function('f', { code: makes ? [['LdTrue'], ['Pack', 0], ['Pop'], ['Ret']] : RET });
    return verdict(builder.build());
  };

  it('can be dropped only, goes to init and is made nowhere', () => {
    expect(build(DROP, false)).toBe('ok');
    expect(build(DROP, true)).toBe('a one-time witness that is made');
    expect(build(3, false, false)).toBe(
      'a one-time witness that can do more than be dropped, or has type parameters',
    );
    expect(build(DROP, false, false)).toBe('ok');
  });
});

describe('recorded packages', () => {
  const sources = moduleSources().filter(({ name }) => name.startsWith('sui'));
  if (sources.length === 0) {
    it('skipped: no fixtures', () => expect(sources).toEqual([]));
    return;
  }

  it('pass, all of them', () => {
    let count = 0;
    for (const source of sources)
      for (const { bytes } of source.load()) {
        verifySuiModule(decodeModule(bytes, SUI_FORMAT), SUI_VERIFIER);
        count++;
      }
    expect(count).toBeGreaterThan(800);
  }, 60_000);
});

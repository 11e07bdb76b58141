/** The cases of the chain's own tests (dependencies_tests.rs), on small modules that name each other. */
import type { CompiledModule, FunctionHandle } from '../../../../src/vm-preview/move/core/format';
import { MissingModulesError } from '../../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../../src/vm-preview/move/core/loader/module-id';
import {
  VerificationError,
  verifyLinkage,
  verifyNoCycles,
} from '../../../../src/vm-preview/move/core/verifier';
import { ModuleBuilder, scriptOf, U8, U64 } from './builder';

const HANDLE: FunctionHandle = {
  module: 1,
  name: 2,
  parameters: 0,
  returns: 0,
  typeParameters: [],
  accessSpecifiers: undefined,
  attributes: [],
};

/** `0x0::N` with a function `f`, a friend of `0x0::M` if wanted. */
function owner(
  visibility: 'public' | 'friend' | 'private',
  parts: { parameters?: readonly (typeof U64)[]; typeParameters?: readonly number[] } = {},
  friend = false,
): CompiledModule {
  const builder = new ModuleBuilder();
  builder.identifiers[0] = 'N';
  builder.function('f', { visibility, code: [['Branch', 0]], ...parts });
  builder.struct('S', { a: U8 }, 7, [{ constraints: 1, isPhantom: false }]);
  const name = builder.name('M');
  return builder.module({ friends: friend ? [{ address: 0, name }] : [] });
}

/** `0x0::M`, which imports from `0x0::N`. */
function user(handle: Partial<FunctionHandle>, parts: Partial<CompiledModule> = {}) {
  const builder = new ModuleBuilder();
  builder.identifiers.push('N', 'f', 'S');
  return builder.module({
    moduleHandles: [
      { address: 0, name: 0 },
      { address: 0, name: 1 },
    ],
    signatures: [[], [U64]],
    functionHandles: [{ ...HANDLE, ...handle }],
    ...parts,
  });
}

function sourceOf(...modules: readonly CompiledModule[]) {
  const known = new Map(
    modules.map((module) => {
      const self = module.moduleHandles[module.selfModule];
      if (self === undefined) throw new Error('no self handle');
      return [moduleIdOf(module, self).key, module];
    }),
  );
  return { module: ({ key }: { key: string }) => known.get(key) ?? null };
}

function failure(check: () => void): VerificationError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof VerificationError) return error;
    throw error;
  }
}

const link = (handle: Partial<FunctionHandle>, dependency: CompiledModule): string =>
  failure(() => verifyLinkage(user(handle), sourceOf(dependency)))?.status ?? 'ok';

describe('an imported function', () => {
  it('is public, or of a friend', () => {
    expect(link({}, owner('public'))).toBe('ok');
    expect(link({}, owner('private'))).toBe('LOOKUP_FAILED');
    expect(link({}, owner('friend'))).toBe('LOOKUP_FAILED');
    expect(link({}, owner('friend', {}, true))).toBe('ok');
  });

  it('is there under its name', () => {
    expect(link({ name: 3 }, owner('public'))).toBe('LOOKUP_FAILED');
  });

  it('has the same signature', () => {
    expect(link({ parameters: 1 }, owner('public', { parameters: [U64] }))).toBe('ok');
    expect(link({ parameters: 1 }, owner('public'))).toBe('TYPE_MISMATCH');
    expect(link({ parameters: 1 }, owner('public', { parameters: [U8] }))).toBe('TYPE_MISMATCH');
    expect(link({ returns: 1 }, owner('public'))).toBe('TYPE_MISMATCH');
  });

  it('asks no more of its type arguments than the import says', () => {
    expect(link({ typeParameters: [3] }, owner('public', { typeParameters: [1] }))).toBe('ok');
    expect(link({ typeParameters: [1] }, owner('public', { typeParameters: [3] }))).toBe(
      'TYPE_MISMATCH',
    );
    expect(link({ typeParameters: [1, 1] }, owner('public', { typeParameters: [1] }))).toBe(
      'TYPE_MISMATCH',
    );
  });

  it('is persistent where the import counts on it', () => {
    const attributes = [{ kind: 'persistent' as const }];
    expect(link({ attributes }, owner('public'))).toBe('ok');
    expect(link({ attributes }, owner('friend', {}, true))).toBe('LINKER_ERROR');
  });

  it('is called by a script if it is public', () => {
    const { kind, selfModule, ...tables } = user({});
    expect([kind, selfModule]).toEqual(['module', 0]);
    const script = scriptOf({ ...tables }, [['Ret']]);
    const { moduleHandles } = script;
    const own = {
      ...script,
      moduleHandles: moduleHandles.slice(1),
      functionHandles: [{ ...HANDLE, module: 0 }],
    };
    expect(failure(() => verifyLinkage(own, sourceOf(owner('public'))))).toBeUndefined();
    expect(failure(() => verifyLinkage(own, sourceOf(owner('friend', {}, true))))?.status).toBe(
      'LOOKUP_FAILED',
    );
  });
});

describe('an imported struct', () => {
  const status = (abilities: number, constraints: number, isPhantom = false): string => {
    const datatypeHandles = [
      { module: 1, name: 3, abilities, typeParameters: [{ constraints, isPhantom }] },
    ];
    const module = user({}, { datatypeHandles, functionHandles: [] });
    return failure(() => verifyLinkage(module, sourceOf(owner('public'))))?.status ?? 'ok';
  };

  it('can do at least what the import says', () => {
    expect(status(7, 1)).toBe('ok');
    expect(status(3, 1)).toBe('ok');
    expect(status(15, 1)).toBe('TYPE_MISMATCH');
    expect(status(7, 0)).toBe('TYPE_MISMATCH');
    expect(status(7, 3)).toBe('ok');
    expect(status(7, 1, true)).toBe('TYPE_MISMATCH');
  });
});

describe('a module that is not at hand', () => {
  it('is told from one that is not on the chain', () => {
    const error = failure(() => verifyLinkage(user({}), { module: () => null }));
    expect(error?.status).toBe('MISSING_DEPENDENCY');
    expect(error?.indices).toEqual([['ModuleHandle', 1]]);
    expect(() => verifyLinkage(user({}), { module: () => undefined })).toThrow(MissingModulesError);
  });
});

describe('modules that depend on each other', () => {
  it('are refused, and friends among dependencies', () => {
    const base = user({});
    const leaf = owner('public');
    expect(failure(() => verifyNoCycles(base, sourceOf(leaf, base)))).toBeUndefined();
    const back: CompiledModule = {
      ...leaf,
      moduleHandles: [...leaf.moduleHandles, { address: 0, name: leaf.identifiers.indexOf('M') }],
    };
    expect(failure(() => verifyNoCycles(base, sourceOf(back, base)))?.status).toBe(
      'CYCLIC_MODULE_DEPENDENCY',
    );
    const friendly = { ...base, friends: [{ address: 0, name: 1 }] };
    expect(failure(() => verifyNoCycles(friendly, sourceOf(leaf, base)))?.status).toBe(
      'INVALID_FRIEND_DECL_WITH_MODULES_IN_DEPENDENCIES',
    );
    const mutual = owner('public', {}, true);
    const lonely = {
      ...friendly,
      moduleHandles: base.moduleHandles.slice(0, 1),
      functionHandles: [],
    };
    expect(failure(() => verifyNoCycles(lonely, sourceOf(mutual, lonely)))?.status).toBe(
      'CYCLIC_MODULE_FRIENDSHIP',
    );
  });
});

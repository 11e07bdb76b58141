/** What of the checks of published code came and went with protocol versions. */
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import type {
  CompiledModule,
  SignatureToken,
} from '../../../../../src/vm-preview/move/core/format';
import {
  SUI_VERIFIER,
  VerificationError,
  verifyModule,
} from '../../../../../src/vm-preview/move/core/verifier';
import { ProtocolConfig } from '../../../../../src/vm-preview/move/sui';
import {
  FIRST_RULES,
  rulesOf,
  SuiVerificationError,
  verifySuiModule,
} from '../../../../../src/vm-preview/move/sui/verifier';
import type { Line } from '../../format/samples';
import { ModuleBuilder, param, SIGNER, vector } from '../../verifier/builder';

const RET: readonly Line[] = [['Ret']];

/** What is wrong with a module under the rules of a version of mainnet. */
function verdict(module: CompiledModule, version: number): string {
  verifyModule(module, SUI_VERIFIER);
  try {
    const rules = rulesOf(ProtocolConfig.ofVersion(version, 'mainnet'));
    verifySuiModule(module, SUI_VERIFIER, rules);
    return 'ok';
  } catch (error) {
    if (error instanceof SuiVerificationError) return error.what;
    if (error instanceof VerificationError) return error.status;
    if (error instanceof CannotPreview) return error.code;
    throw error;
  }
}

/** In Sui's newer format, whose version has a flavour. */
const builder = (): ModuleBuilder => new ModuleBuilder('sui', 7);

it('begin as they were', () => {
  expect(rulesOf(ProtocolConfig.ofVersion(1, 'mainnet'))).toEqual(FIRST_RULES);
});

it('entry functions may have any parameters since 108', () => {
  const made = builder();
  made.function('f', { parameters: [SIGNER], code: RET });
  const module = made.module();
  const [definition] = module.functionDefinitions;
  if (definition === undefined) throw new Error('no function');
  const entry = { ...module, functionDefinitions: [{ ...definition, isEntry: true }] };
  expect(verdict(entry, 107)).toBe(
    'an entry function with a parameter that no transaction can give',
  );
  expect(verdict(entry, 108)).toBe('ok');
});

it('nothing is called <SELF> since 85', () => {
  const made = builder();
  made.name('<SELF>');
  const module = made.module();
  expect([verdict(module, 84), verdict(module, 85)]).toEqual(['ok', 'INVALID_IDENTIFIER']);
});

it('tables of jumps that are not used are refused since 120', () => {
  const made = builder();
  made.function('f', { code: RET });
  const module = made.module();
  const [definition] = module.functionDefinitions;
  if (definition?.code === undefined) throw new Error('no function');
  const jumpTables = [{ enumDefinition: 0, offsets: [0] }];
  const code = { ...definition.code, jumpTables };
  const unused = { ...module, functionDefinitions: [{ ...definition, code }] };
  const status = (version: number): string => {
    try {
      const rules = rulesOf(ProtocolConfig.ofVersion(version, 'mainnet'));
      verifySuiModule(unused, SUI_VERIFIER, rules);
      return 'ok';
    } catch (error) {
      if (error instanceof CannotPreview) return error.code;
      throw error;
    }
  };
  expect([status(119), status(120)]).toEqual(['ok', 'sui-unused-jumps']);
});

it('type arguments are bounded since 128, by a count that is never less than the chain’s', () => {
  const wide = (depth: number): SignatureToken =>
    depth === 0 ? param(0) : vector(wide(depth - 1));
  const build = (calls: number): CompiledModule => {
    const made = builder();
    made.function('g', { typeParameters: [0], code: RET });
    made.instantiate('functionInstantiations', 0, wide(50));
    const code: Line[] = Array.from({ length: calls }, () => ['CallGeneric', 0]);
    made.function('f', { typeParameters: [0], code: [...code, ...RET] });
    return made.module();
  };
  // 51 nodes at a weight of 4 for each of the calls.
  expect([verdict(build(49), 128), verdict(build(50), 128)]).toEqual(['ok', 'sui-type-nodes']);
  expect(verdict(build(50), 127)).toBe('ok');
});

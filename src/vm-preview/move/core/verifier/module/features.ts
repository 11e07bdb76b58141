/** Features that the chain has not switched on yet (features.rs; Aptos only). */
import { type Code, OPCODES, type SignatureToken } from '../../format';
import type { VerifierConfig } from '../config';
import { VerificationError, within } from '../errors';
import type { Unit } from '../instruction';
import { visit } from '../tokens';

const CLOSURE_OPCODES = ['PackClosure', 'PackClosureGeneric', 'CallClosure'];

export function checkFeatures(unit: Unit, config: VerifierConfig): void {
  if (!config.functionValues)
    for (const [i, signature] of unit.signatures.entries())
      within('Signature', i, () => {
        for (const token of signature) visit(token, refuseFunction);
      });
  checkHandles(unit, config);
  if (unit.kind === 'script') {
    if (!config.resourceAccessControl && unit.accessSpecifiers !== undefined)
      throw notEnabled('resource access control');
    if (!config.functionValues) checkCode(unit, unit.code);
    return;
  }
  checkStructs(unit, config);
  if (config.functionValues) return;
  for (const [i, { code }] of unit.functionDefinitions.entries())
    if (code !== undefined) within('FunctionDefinition', i, () => checkCode(unit, code));
}

function checkHandles(unit: Unit, config: VerifierConfig): void {
  for (const [i, handle] of unit.functionHandles.entries()) {
    if (!config.resourceAccessControl && handle.accessSpecifiers !== undefined)
      throw notEnabled('resource access control').at('FunctionHandle', i);
    if (!config.functionValues && handle.attributes.length > 0)
      throw notEnabled('function value').at('FunctionDefinition', i);
  }
}

function checkStructs(unit: Unit, config: VerifierConfig): void {
  for (const [i, { fields }] of unit.structDefinitions.entries())
    within('StructDefinition', i, () => {
      if (fields.kind === 'variants' && !config.enums) throw notEnabled('enum type');
      if (fields.kind === 'native' || config.functionValues) return;
      const all =
        fields.kind === 'declared' ? fields.fields : fields.variants.flatMap((v) => v.fields);
      // The chain looks at the outermost type only.
      for (const { type } of all) refuseFunction(type);
    });
}

function checkCode(unit: Unit, code: Code): void {
  for (const byte of code.ops)
    if (CLOSURE_OPCODES.includes(OPCODES[unit.flavour][byte]?.name ?? ''))
      throw notEnabled('function value');
}

function refuseFunction(token: SignatureToken): void {
  if (token.kind === 'function') throw notEnabled('function value');
}

function notEnabled(what: string): VerificationError {
  return new VerificationError('FEATURE_NOT_ENABLED', `${what} feature not enabled`);
}

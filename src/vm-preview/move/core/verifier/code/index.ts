/** The bodies of functions, each on its own (code_unit_verifier.rs). */
import type { AbilitySet, Code, CompiledModule, CompiledScript } from '../../format';
import { at } from '../../loader/at';
import type { AbilitiesOf } from '../ability-cache';
import type { VerifierConfig } from '../config';
import { checkControlFlow } from '../control-flow';
import { VerificationError, within } from '../errors';
import type { CodeReader, Unit } from '../instruction';
import type { Meter } from '../meter';
import { structApiCheck } from '../module/struct-api';
import { checkReferences } from '../references';
import { CodeTypes } from '../types';
import { checkAcquires } from './acquires';
import type { FunctionContext } from './context';
import { checkLocals } from './locals-safety';
import { checkStackUsage } from './stack-usage';
import { checkTypes } from './type-safety';

/** The functions of a module that have code, ready for an analysis of their own. */
export function* functionContexts(
  module: CompiledModule,
  shared: Shared,
): Iterable<FunctionContext> {
  const types = new CodeTypes(module);
  for (const [i, { handle, code }] of module.functionDefinitions.entries()) {
    if (code === undefined) continue;
    yield contextOf(module, i, code, at(module.functionHandles, handle), types, shared);
  }
}

/** What all functions of a unit share. */
export interface Shared {
  readonly config: VerifierConfig;
  readonly meter: Meter;
  readonly reader: CodeReader;
  readonly abilities: AbilitiesOf;
}

export function checkModuleCode(module: CompiledModule, shared: Shared): void {
  const { config, meter, reader } = shared;
  const types = new CodeTypes(module);
  const definitions = new Map(module.functionDefinitions.map((entry) => [entry.handle, entry]));
  const acquires = (handle: number): readonly number[] => definitions.get(handle)?.acquires ?? [];
  const checkStructApi = structApiCheck(module, reader);
  let backEdges = 0;
  for (const [i, definition] of module.functionDefinitions.entries())
    within('FunctionDefinition', i, () => {
      // Reference safety counts on what the attributes say.
      checkStructApi(i);
      meter.enterFunction();
      const { handle, code } = definition;
      if (code === undefined) return;
      const { parameters, returns, typeParameters } = at(module.functionHandles, handle);
      const signature = { parameters, returns, typeParameters };
      const context = contextOf(module, i, code, signature, types, shared);
      const { flow } = context;
      if (flow.blocks.length > config.maxBasicBlocks)
        throw new VerificationError('TOO_MANY_BASIC_BLOCKS').atCode(i, 0);
      if (flow.backEdgeCount > config.maxBackEdgesPerFunction)
        throw new VerificationError('TOO_MANY_BACK_EDGES').atCode(i, 0);
      checkBody(context, acquires);
      checkAcquires(context, module, definition.acquires, definitions);
      meter.leaveFunction();
      backEdges += flow.backEdgeCount;
    });
  if (backEdges > config.maxBackEdgesPerModule) throw new VerificationError('TOO_MANY_BACK_EDGES');
}

export function checkScriptCode(script: CompiledScript, shared: Shared): void {
  const { config, meter } = shared;
  const { parameters, typeParameters, code } = script;
  const signature = { parameters, returns: undefined, typeParameters };
  const context = contextOf(script, 0, code, signature, new CodeTypes(script), shared);
  if (context.flow.blocks.length > config.maxBasicBlocksInScript)
    throw new VerificationError('TOO_MANY_BASIC_BLOCKS');
  if (context.flow.backEdgeCount > config.maxBackEdgesPerFunction)
    throw new VerificationError('TOO_MANY_BACK_EDGES');
  meter.enterFunction();
  checkBody(context, () => []);
}

function checkBody(
  context: FunctionContext,
  acquires: (functionHandle: number) => readonly number[],
): void {
  checkStackUsage(context);
  checkTypes(context);
  checkLocals(context);
  checkReferences(context, acquires);
}

interface FunctionSignature {
  readonly parameters: number;
  /** A script returns nothing. */
  readonly returns: number | undefined;
  readonly typeParameters: readonly AbilitySet[];
}

function contextOf(
  unit: Unit,
  definition: number,
  code: Code,
  { parameters, returns, typeParameters }: FunctionSignature,
  types: CodeTypes,
  { config, meter, abilities, reader }: Shared,
): FunctionContext {
  const instructions = reader.instructions(code);
  const parameterTypes = types.signature(parameters);
  return {
    unit,
    config,
    definition,
    code,
    instructions,
    flow: checkControlFlow(code, instructions, unit.version, definition, config),
    types,
    typeParameters,
    parameters: parameterTypes,
    returns: returns === undefined ? [] : types.signature(returns),
    locals: [...parameterTypes, ...types.signature(code.locals)],
    abilities,
    meter,
  };
}

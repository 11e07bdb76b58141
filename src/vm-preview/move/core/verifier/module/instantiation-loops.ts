/**
 * No chain of calls instantiates generic functions with ever larger types (instantiation_loops.rs):
 * type parameters are nodes, and a parameter that goes into another's argument is an edge. A cycle
 * with an argument that is larger than the parameter is refused.
 */
import type { CompiledModule, SignatureToken } from '../../format';
import { at } from '../../loader/at';
import { VerificationError } from '../errors';
import type { CodeReader } from '../instruction';
import { visit } from '../tokens';
import { components } from './graph';

interface Edge {
  readonly from: number;
  readonly to: number;
  /** The argument is the parameter itself. */
  readonly same: boolean;
}

export function checkInstantiationLoops(module: CompiledModule, reader: CodeReader): void {
  const nodes = new Map<string, number>();
  const node = (definition: number, parameter: number): number => {
    const key = `${definition} ${parameter}`;
    const known = nodes.get(key) ?? nodes.size;
    nodes.set(key, known);
    return known;
  };
  const edges: Edge[] = [];
  for (const { caller, callee, typeArguments } of genericCalls(module, reader))
    for (const [parameter, argument] of typeArguments.entries())
      for (const used of typeParameters(argument))
        edges.push({
          from: node(caller, used),
          to: node(callee, parameter),
          same: argument.kind === 'typeParameter',
        });
  const targets: number[][] = Array.from({ length: nodes.size }, () => []);
  for (const { from, to } of edges) at(targets, from).push(to);
  const found = components(nodes.size, (from) => at(targets, from));
  if (edges.some(({ from, to, same }) => !same && found[from] === found[to]))
    throw new VerificationError('LOOP_IN_INSTANTIATION_GRAPH');
}

interface GenericCall {
  readonly caller: number;
  readonly callee: number;
  readonly typeArguments: readonly SignatureToken[];
}

/** Calls and closures of generic functions of the same module, each once. */
function* genericCalls(module: CompiledModule, reader: CodeReader): Iterable<GenericCall> {
  const definitions = new Map(module.functionDefinitions.map(({ handle }, i) => [handle, i]));
  for (const [caller, { code }] of module.functionDefinitions.entries()) {
    if (code === undefined || module.functionInstantiations.length === 0) continue;
    const seen = new Set<number>();
    for (const { functionHandle, generic, operand, typeArguments } of reader.instructions(code)) {
      if (functionHandle === undefined || !generic || seen.has(operand)) continue;
      seen.add(operand);
      const callee = definitions.get(functionHandle);
      if (callee !== undefined && typeArguments !== undefined)
        yield { caller, callee, typeArguments: at(module.signatures, typeArguments) };
    }
  }
}

function typeParameters(type: SignatureToken): ReadonlySet<number> {
  const found = new Set<number>();
  visit(type, (token) => {
    if (token.kind === 'typeParameter') found.add(token.index);
  });
  return found;
}

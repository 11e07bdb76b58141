/** The id of a new object comes fresh from where ids are made (id_leak_verifier.rs). */
import { ABILITY, type CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import { type Analysis, analyse } from '../../core/verifier/code/abstract-interpreter';
import type { FunctionContext } from '../../core/verifier/code/context';
import { effectOf } from '../../core/verifier/code/stack-usage';
import { needed } from '../../core/verifier/instruction';
import { SuiVerificationError } from './error';
import { definedName, functionName } from './names';

const FRESH_ID_FUNCTIONS: ReadonlySet<string> = new Set([
  '0x2::object::new',
  '0x2::object::new_uid_from_hash',
  '0x2::derived_object::claim',
  '0x2::test_scenario::new_object',
]);

/** They make the objects whose ids are fixed. */
const SKIPPED_FUNCTIONS: ReadonlySet<string> = new Set([
  '0x3::sui_system::create',
  '0x2::clock::create',
  '0x2::authenticator_state::create',
  '0x2::random::create',
  '0x2::deny_list::create',
  '0xb::bridge::create',
  '0x2::accumulator::create',
  '0x2::coin_registry::create',
  '0x2::address_alias::create',
]);

type IsFresh = boolean;

/** Units. */
const STEP_COST = 15;
const JOIN_COST = 10;
const JOIN_COST_PER_LOCAL = 5;

export function checkIdLeaks(module: CompiledModule, contexts: Iterable<FunctionContext>): void {
  for (const context of contexts) {
    const name = definedName(module, context.definition);
    if (!SKIPPED_FUNCTIONS.has(name)) analyse(context, new IdAnalysis(module, context, name));
  }
}

/** Which locals and values on the stack are fresh ids. */
class IdAnalysis implements Analysis<IsFresh[]> {
  readonly start: IsFresh[];
  readonly #stack: IsFresh[] = [];

  constructor(
    private readonly module: CompiledModule,
    private readonly context: FunctionContext,
    private readonly name: string,
  ) {
    this.start = context.locals.map(() => false);
  }

  copy(state: IsFresh[]): IsFresh[] {
    return [...state];
  }

  execute(state: IsFresh[], pc: number): void {
    const { context } = this;
    context.meter.add('function', STEP_COST);
    const instruction = at(context.instructions, pc);
    const { operation, operand } = instruction;
    const stack = this.#stack;
    if (operation === 'MoveLoc') {
      stack.push(state[operand] === true);
      return;
    }
    if (operation === 'StLoc') {
      state[operand] = stack.pop() === true;
      return;
    }
    const [pops, pushes] = effectOf(context, instruction);
    const taken = stack.splice(stack.length - pops, pops);
    if (operation === 'Pack') this.#checkPack(needed(instruction.datatype).handle, taken);
    const isFresh = operation === 'Call' && this.#makesId(needed(instruction.functionHandle));
    for (let i = 0; i < pushes; i++) stack.push(isFresh);
  }

  join(known: IsFresh[], other: IsFresh[]): IsFresh[] | undefined {
    const { meter } = this.context;
    meter.add('function', JOIN_COST + JOIN_COST_PER_LOCAL * other.length);
    const joined = known.map((isFresh, i) => isFresh && other[i] === true);
    return joined.every((isFresh, i) => isFresh === known[i]) ? undefined : joined;
  }

  #checkPack(handle: number, fields: readonly IsFresh[]): void {
    const isObject = (at(this.module.datatypeHandles, handle).abilities & ABILITY.key) !== 0;
    if (isObject && fields[0] !== true)
      throw new SuiVerificationError('an object made without a newly created UID', this.name);
  }

  #makesId(handle: number): boolean {
    return FRESH_ID_FUNCTIONS.has(
      functionName(this.module, at(this.module.functionHandles, handle)),
    );
  }
}

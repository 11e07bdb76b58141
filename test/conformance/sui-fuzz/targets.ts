/** Transactions and objects: as bytes, as programs that run, and in states that no honest node gives. */
import { decodeTransaction, isTransactionKind } from '../../../src/chains/sui';
import { MoveDecoder } from '../../../src/chains/sui/decode/decoder';
import { LookaheadError } from '../../../src/vm-preview/errors';
import {
  encodeObject,
  encodeTransaction,
  type ObjectRequest,
  parseObject,
  parseTransaction,
  SuiCache,
  type SuiObject,
  type SuiState,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import type { Target } from '../fuzz/driver';
import { mutate } from '../fuzz/mutate';
import { equal } from '../move-modules';
import type { Random } from '../svm-differential/random';
import { type Run, run, runLazily, shrunk, stageOf } from './execute';
import { packageProgram } from './packages';
import { refOf } from './program';
import { harmed, randomMaker, transactionWith } from './transaction';
import type { SuiWorld } from './world';

function randomTransaction(random: Random): { data: TransactionData; world: SuiWorld } {
  const maker = randomMaker(random);
  const { world } = maker;
  return { data: transactionWith(random, world, maker.program(random)), world };
}

/** Read and written, and decoded as the chain's layer shows it. */
export function bytesTarget(): Target {
  return {
    name: 'transaction bytes',
    share: 25,
    try(random, passed, made) {
      const { data, world } = randomTransaction(random);
      const whole = encodeTransaction(random.chance(50) ? harmed(random, data, world) : data);
      const bytes = random.chance(50) ? whole : mutate(random, whole);
      made(bytes);
      isTransactionKind(bytes);
      const read = parseTransaction(bytes);
      passed();
      if (!equal(encodeTransaction(read), bytes))
        throw new Error('a transaction is written otherwise than it was read');
      decodeTransaction(bytes);
    },
  };
}

const MOST_HARM = 3;

/** Runs it; what fails is made smaller before it is shown. */
function runOne(
  data: TransactionData,
  options: Run,
  passed: (stage: string) => void,
  made: (input: Uint8Array) => void,
  random: Random,
): void {
  made(encodeTransaction(data));
  try {
    const outcome = run(data, options);
    passed(stageOf(outcome));
    if (random.chance(3)) runLazily(data, options, outcome);
  } catch (error) {
    if (!(error instanceof LookaheadError))
      made(shrunk(data, (one) => failsSo(one, options, error)));
    throw error;
  }
}

function failsSo(data: TransactionData, options: Run, error: unknown): boolean {
  try {
    run(data, options);
    return false;
  } catch (other) {
    return other instanceof Error && error instanceof Error && other.message === error.message;
  }
}

export function transactionTarget(): Target {
  return {
    name: 'transaction',
    share: 40,
    try(random, passed, made) {
      const { data, world } = randomTransaction(random);
      let input = data;
      for (let count = random.pick([0, 0, 0, 1, 1, MOST_HARM]); count > 0; count--)
        input = harmed(random, input, world);
      passed();
      runOne(input, { world }, passed, made, random);
    },
  };
}

/** Published and upgraded packages, of modules that are harmed. */
export function packageTarget(): Target {
  return {
    name: 'package',
    share: 10,
    try(random, passed, made) {
      const { world } = randomMaker(random);
      const data = transactionWith(random, world, packageProgram(random, world));
      passed();
      runOne(data, { world }, passed, made, random);
    },
  };
}

/** Objects as bytes, and their contents by the layout of their types. */
export function objectTarget(): Target {
  return {
    name: 'object',
    share: 15,
    try(random, passed, made) {
      const { world } = randomMaker(random);
      const object = random.pick(random.chance(90) ? world.inputs : world.packages);
      const bytes = mutate(random, encodeObject(object));
      made(bytes);
      const read = parseObject(bytes);
      passed();
      if (!equal(encodeObject(read), bytes))
        throw new Error('an object is written otherwise than it was read');
      const { data } = read;
      if (data.kind !== 'move') return;
      const decoder = new MoveDecoder(world, world.cache.packages, world.environment);
      const value = decoder.value(data.contents, data.type);
      passed(value === undefined ? 'of another layout' : 'of its layout');
    },
  };
}

/** Objects that are not what the chain would have: the transaction names them as they are. */
export function stateTarget(): Target {
  return {
    name: 'transaction over harmed objects',
    share: 9,
    try(random, passed, made) {
      const { data, world } = randomTransaction(random);
      const state = new HarmedState(world, random.fork(), random.pick([3, 20, 60]));
      passed();
      const named = renamed(data, state);
      const cache = state.harmsPackages ? new SuiCache() : world.cache;
      runOne(named, { world, state, cache, isPossible: false }, passed, made, random);
    },
  };
}

/** Each object is harmed in the same way whenever it is read. */
class HarmedState implements SuiState {
  readonly #harmed = new Map<SuiObject, SuiObject>();
  readonly harmsPackages: boolean;

  constructor(
    private readonly world: SuiWorld,
    private readonly random: Random,
    private readonly percent: number,
  ) {
    this.harmsPackages = random.chance(4);
  }

  object(request: ObjectRequest): SuiObject | null {
    const found = this.world.object(request);
    if (found === null) return null;
    let harmed = this.#harmed.get(found);
    if (harmed === undefined) {
      harmed = this.#harm(found);
      this.#harmed.set(found, harmed);
    }
    return harmed;
  }

  #harm(object: SuiObject): SuiObject {
    const { random } = this;
    const isPackage = object.data.kind === 'package';
    if (!random.chance(this.percent) || (isPackage && !this.harmsPackages)) return object;
    const bytes = mutate(random, encodeObject(object));
    try {
      const read = parseObject(bytes);
      // A node's answer with another id or version is refused before a run.
      return { ...read, id: object.id, version: object.version };
    } catch (error) {
      if (!(error instanceof LookaheadError)) throw error;
      return object;
    }
  }
}

/** With the digests of the objects as the state has them. */
function renamed(data: TransactionData, state: SuiState): TransactionData {
  const { kind } = data;
  if (kind.kind !== 'programmable') return data;
  const now = (ref: ReturnType<typeof refOf>): typeof ref => {
    const found = state.object({ id: ref.id, bound: { kind: 'exact', version: ref.version } });
    return found === null ? ref : refOf(found);
  };
  const inputs = kind.programmable.inputs.map((input): typeof input => {
    if (input.kind !== 'object' || input.object.kind === 'shared') return input;
    return { kind: 'object', object: { ...input.object, ref: now(input.object.ref) } };
  });
  return {
    ...data,
    gas: { ...data.gas, payment: data.gas.payment.map(now) },
    kind: { kind: 'programmable', programmable: { ...kind.programmable, inputs } },
  };
}

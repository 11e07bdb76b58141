/** Whole transactions, and harm to what they name. */
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  type Argument,
  type CallArg,
  type Command,
  type Expiration,
  type GasData,
  NEWEST_KNOWN,
  type ObjectArg,
  type ObjectRef,
  type ProgrammableTransaction,
  type SuiObject,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import type { Random } from '../svm-differential/random';
import { ProgramMaker } from './generate';
import { FUZZ } from './package';
import { BUDGET, objectArg, PRICE, refOf } from './program';
import { SENDER, SPONSOR, STRANGER, type SuiWorld, VERSIONS, worldOf } from './world';

const makers = new Map<number, ProgramMaker>();

/** Of a random version of the protocol; the newest is the likeliest. */
export function randomMaker(random: Random): ProgramMaker {
  const version = random.chance(40) ? NEWEST_KNOWN : random.pick(VERSIONS);
  let maker = makers.get(version);
  if (maker === undefined) {
    maker = new ProgramMaker(worldOf(version));
    makers.set(version, maker);
  }
  return maker;
}

/** @param program - of `world` @returns what the chain would take, as far as it is about gas */
export function transactionWith(
  random: Random,
  world: SuiWorld,
  program: ProgrammableTransaction,
): TransactionData {
  return {
    kind: { kind: 'programmable', programmable: program },
    sender: SENDER,
    gas: gasOf(random, world),
    expiration: expirationOf(random),
  };
}

function gasOf(random: Random, world: SuiWorld): GasData {
  const isSponsored = random.chance(10);
  const coins = isSponsored ? world.sponsorCoins : world.gasCoins;
  const payment = coins.slice(0, 1 + random.below(random.chance(80) ? 1 : coins.length)).map(refOf);
  return {
    payment,
    owner: isSponsored ? SPONSOR : SENDER,
    price: random.chance(90) ? PRICE : PRICE + BigInt(random.below(5000)),
    budget: random.chance(70) ? BUDGET : budgetOf(random),
  };
}

/** At the edges of what a transaction costs: its least, what reading costs, what its commands cost. */
function budgetOf(random: Random): bigint {
  switch (random.below(6)) {
    case 0:
      return 1_000_000n;
    case 1:
      return 50_000_000_000n;
    case 2:
      return 20_000_000_000n;
    default:
      return 1_000_000n + BigInt(random.below(random.pick([20_000, 2_000_000, 40_000_000])));
  }
}

function expirationOf(random: Random): Expiration {
  if (random.chance(97)) return { kind: 'none' };
  return { kind: 'epoch', epoch: random.pick([39n, 40n, 41n]) };
}

/** As somebody who means harm would change it, or a program that has a bug. */
export function harmed(random: Random, data: TransactionData, world: SuiWorld): TransactionData {
  const { kind } = data;
  if (kind.kind !== 'programmable') return data;
  switch (random.below(10)) {
    case 0:
      return { ...data, gas: harmedGas(random, data.gas, world) };
    case 1:
      return { ...data, sender: random.pick([STRANGER, SPONSOR, new Uint8Array(32)]) };
    case 2:
      return { ...data, expiration: harmedExpiration(random, world) };
    default:
      return {
        ...data,
        kind: {
          kind: 'programmable',
          programmable: harmedProgram(random, kind.programmable, world),
        },
      };
  }
}

function harmedExpiration(random: Random, { environment }: SuiWorld): Expiration {
  const maybe = (value: bigint): bigint | undefined => (random.chance(50) ? value : undefined);
  const period = {
    minEpoch: maybe(40n),
    maxEpoch: maybe(random.pick([40n, 41n, 39n])),
    minTimestamp: random.chance(10) ? 1n : undefined,
    maxTimestamp: random.chance(10) ? 1n : undefined,
    chain: random.chance(70) ? environment.chainIdentifier : random.bytes(32),
    nonce: random.below(2 ** 32),
  };
  if (random.chance(70)) return { kind: 'validDuring', ...period };
  const allowedProposers = random.chance(50) ? { epoch: 40n, proposers: [1, 2] } : undefined;
  return { kind: 'validity', ...period, allowedProposers };
}

function harmedGas(random: Random, gas: GasData, world: SuiWorld): GasData {
  const other = random.pick(world.inputs);
  switch (random.below(8)) {
    case 0:
      return { ...gas, payment: [] };
    case 1:
      return { ...gas, payment: [...gas.payment, ...gas.payment] };
    case 2:
      return { ...gas, payment: [...gas.payment, refOf(other)] };
    case 3:
      return { ...gas, payment: gas.payment.map((ref) => harmedRef(random, ref, world)) };
    case 4:
      return { ...gas, owner: random.pick([SENDER, SPONSOR, STRANGER]) };
    case 5:
      return { ...gas, price: random.pick([0n, 999n, 99_999n, 100_000n, 2n ** 64n - 1n]) };
    case 6:
      return { ...gas, payment: [reservation(random)] };
    default:
      return { ...gas, budget: random.pick([0n, 1n, 999_999n, 50_000_000_001n, 2n ** 64n - 1n]) };
  }
}

/** What an address' balance is named by where an object is expected. */
function reservation(random: Random): ObjectRef {
  const digest = new Uint8Array(32).fill(0xac);
  digest.set(random.bytes(12));
  return { id: random.bytes(32), version: random.u64(), digest };
}

function harmedRef(random: Random, ref: ObjectRef, { inputs }: SuiWorld): ObjectRef {
  switch (random.below(5)) {
    case 0:
      return {
        ...ref,
        version: random.pick([0n, ref.version + 1n, 2n ** 63n - 1n, 2n ** 64n - 1n]),
      };
    case 1:
      return { ...ref, digest: random.bytes(32) };
    case 2:
      return { ...ref, id: random.bytes(32) };
    case 3:
      return reservation(random);
    default:
      return refOf(random.pick(inputs));
  }
}

function inList<T>(random: Random, list: readonly T[], change: (one: T) => T): readonly T[] {
  const at = random.below(list.length);
  return list.map((one, i) => (i === at ? change(one) : one));
}

function harmedProgram(
  random: Random,
  program: ProgrammableTransaction,
  world: SuiWorld,
): ProgrammableTransaction {
  const { inputs, commands } = program;
  switch (random.below(12)) {
    case 0:
    case 1:
      return {
        commands,
        inputs: inList(random, inputs, (input) => harmedInput(random, input, world)),
      };
    case 2:
      return { commands, inputs: [...inputs, random.pick(others(random, world))] };
    case 3:
      return { inputs, commands: [...commands, ...commands.slice(random.below(commands.length))] };
    case 4:
      return { inputs, commands: commands.slice(random.below(commands.length)) };
    case 5: {
      const [first, ...rest] = commands;
      return { inputs, commands: first === undefined ? [] : [...rest, first] };
    }
    case 6:
      if (!random.chance(10)) return { inputs, commands: [...commands, packageCommand(random)] };
      return {
        inputs,
        commands: Array.from({ length: 1025 }, () => commands)
          .flat()
          .slice(0, 1100),
      };
    default:
      return {
        inputs,
        commands: inList(random, commands, (command) => harmedCommand(random, command, program)),
      };
  }
}

function others(random: Random, world: SuiWorld): readonly CallArg[] {
  const object = random.pick([...world.inputs, ...world.packages]);
  return [
    { kind: 'object', object: objectArg(object) },
    { kind: 'object', object: { kind: 'immOrOwned', ref: refOf(object) } },
    { kind: 'object', object: { kind: 'receiving', ref: refOf(object) } },
    { kind: 'object', object: sharedArg(random, object) },
    { kind: 'pure', bytes: random.bytes(random.below(40)) },
    { kind: 'pure', bytes: new Uint8Array(random.pick([16_383, 16_384, 20_000])) },
    {
      kind: 'fundsWithdrawal',
      withdrawal: {
        maxAmount: random.u64(),
        currency: random.pick([{ kind: 'u64' }, ...world.inputs.flatMap(typeOf)]),
        from: random.pick([
          { kind: 'sender' },
          { kind: 'sponsor' },
          { kind: 'senderAllowance', funder: STRANGER, allowance: random.bytes(32) },
        ]),
      },
    },
  ];
}

const typeOf = ({ data }: SuiObject) => (data.kind === 'move' ? [data.type] : []);

function sharedArg(random: Random, { id, owner, version }: SuiObject): ObjectArg {
  const initialVersion = owner.kind === 'shared' ? owner.initialVersion : version;
  return {
    kind: 'shared',
    id: random.chance(80)
      ? id
      : Address.parse(random.pick(['0x5', '0x6', '0x7', '0x8', '0x403'])).bytes,
    initialVersion: random.chance(80) ? initialVersion : random.u64(),
    mutable: random.chance(50),
  };
}

function harmedInput(random: Random, input: CallArg, world: SuiWorld): CallArg {
  if (input.kind === 'pure')
    return { kind: 'pure', bytes: random.bytes(random.pick([0, 1, 8, 31, 32, 33, 64])) };
  if (input.kind !== 'object' || random.chance(20)) return random.pick(others(random, world));
  const { object } = input;
  if (object.kind === 'shared')
    return {
      kind: 'object',
      object: random.chance(50)
        ? { ...object, mutable: !object.mutable }
        : { ...object, initialVersion: random.u64() },
    };
  return { kind: 'object', object: { ...object, ref: harmedRef(random, object.ref, world) } };
}

function harmedArgument(random: Random, { inputs, commands }: ProgrammableTransaction): Argument {
  const index = random.below(commands.length + 1);
  switch (random.below(6)) {
    case 0:
      return { kind: 'gasCoin' };
    case 1:
      return { kind: 'result', index };
    case 2:
      return { kind: 'nestedResult', index, nested: random.below(4) };
    case 3:
      return { kind: 'input', index: random.pick([inputs.length, 0xffff]) };
    default:
      return { kind: 'input', index: random.below(inputs.length) };
  }
}

function harmedCommand(
  random: Random,
  command: Command,
  program: ProgrammableTransaction,
): Command {
  const list = (args: readonly Argument[]): readonly Argument[] => {
    switch (random.below(5)) {
      case 0:
        return args.slice(1);
      case 1:
        return [...args, harmedArgument(random, program)];
      case 2:
        return [...args, ...args];
      case 3:
        return random.chance(5)
          ? Array.from({ length: 520 }, () => args)
              .flat()
              .slice(0, 520)
          : args;
      default:
        return inList(random, args, () => harmedArgument(random, program));
    }
  };
  switch (command.kind) {
    case 'moveCall':
      return { kind: 'moveCall', call: harmedCall(random, command.call, list) };
    case 'transferObjects':
      return random.chance(70)
        ? { ...command, objects: list(command.objects) }
        : { ...command, address: harmedArgument(random, program) };
    case 'splitCoins':
      return random.chance(70)
        ? { ...command, amounts: list(command.amounts) }
        : { ...command, coin: harmedArgument(random, program) };
    case 'mergeCoins':
      return random.chance(70)
        ? { ...command, sources: list(command.sources) }
        : { ...command, destination: harmedArgument(random, program) };
    case 'makeMoveVec':
      return random.chance(60)
        ? { ...command, elements: list(command.elements) }
        : {
            ...command,
            type: random.chance(30)
              ? undefined
              : random.pick([{ kind: 'u64' }, { kind: 'signer' }, deepType(random)]),
          };
    default:
      return command;
  }
}

function harmedCall(
  random: Random,
  call: Extract<Command, { kind: 'moveCall' }>['call'],
  list: (args: readonly Argument[]) => readonly Argument[],
): typeof call {
  switch (random.below(9)) {
    case 0:
      return {
        ...call,
        package: random.pick([random.bytes(32), FUZZ.bytes, Address.parse('0x2').bytes]),
      };
    case 1:
      return { ...call, module: random.pick(['', 'no such', 'things', 'a'.repeat(200), 'é']) };
    case 2:
      return { ...call, function: random.pick(['', 'init', 'hidden', 'make', '<SELF>']) };
    case 3:
      return { ...call, typeArguments: [...call.typeArguments, { kind: 'u8' }] };
    case 4:
      return { ...call, typeArguments: call.typeArguments.slice(1) };
    case 5:
      return { ...call, typeArguments: call.typeArguments.map(() => deepType(random)) };
    default:
      return { ...call, args: list(call.args) };
  }
}

function deepType(random: Random) {
  let type: Extract<Command, { kind: 'makeMoveVec' }>['type'] = { kind: 'u64' };
  for (let depth = random.below(random.chance(90) ? 4 : 40); depth > 0; depth--)
    type = random.chance(70)
      ? { kind: 'vector', element: type }
      : {
          kind: 'struct',
          address: FUZZ.bytes,
          module: 'things',
          name: 'Box',
          typeArguments: [type],
        };
  return type;
}

/** Publishing and upgrading what is no package. */
function packageCommand(random: Random): Command {
  const modules = Array.from({ length: random.below(3) }, () => random.bytes(random.below(60)));
  const dependencies = [Address.parse('0x1').bytes, Address.parse('0x2').bytes, random.bytes(32)];
  const shared = { modules, dependencies: dependencies.slice(0, random.below(4)) };
  return random.chance(50)
    ? { kind: 'publish', ...shared }
    : {
        kind: 'upgrade',
        ...shared,
        package: random.chance(70) ? FUZZ.bytes : random.bytes(32),
        ticket: { kind: 'nestedResult', index: random.below(3), nested: 0 },
      };
}

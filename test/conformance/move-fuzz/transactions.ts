/** Aptos transactions: their bytes harmed, and run over devnet as it began. */
import {
  type AccountAuthenticator,
  type AptosState,
  type EntryFunction,
  encodeSignedTransaction,
  executeTransaction,
  parseSignedTransaction,
  requestOf,
  type ScriptArgument,
  type ScriptArgumentKind,
  type StateKey,
  type StateValue,
  type TransactionAuthenticator,
  type TransactionPayload,
} from '../../../src/vm-preview/move/aptos';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import {
  APTOS_FORMAT,
  type CompiledScript,
  encode,
} from '../../../src/vm-preview/move/core/format';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import type { TypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { Target } from '../fuzz/driver';
import { mutate } from '../fuzz/mutate';
import { equal } from '../move-modules';
import type { Random } from '../svm-differential/random';
import { encodedArguments, entryFunctions, typeArgumentsOf } from './arguments';
import { harmModule } from './harm';
import { harmedBytes } from './modules';
import { type Programs, programs } from './scripts';
import { FrameworkTypes } from './types';
import { randomAddress } from './values';
import { CHAIN_ID, type DevnetWorld, ENVIRONMENT } from './world';

/** Devnet's genesis gives it coins, and the right to make more. */
const RICH = Address.parse('0xa550c18');
const FRAMEWORK = Address.parse('0x1');

/** Gas units: the most that is allowed, enough, and hardly enough. */
const MAX_GAS = [2_000_000n, 200_000n, 200_000n, 20_000n, 2_000n, 20n];

const ARGUMENT_SIZES: readonly (readonly [ScriptArgumentKind, number])[] = [
  ...([
    ['u8', 1],
    ['u64', 8],
    ['u64', 8],
    ['u64', 8],
    ['u128', 16],
    ['address', 32],
  ] as const),
  ...([
    ['u16', 2],
    ['u32', 4],
    ['u256', 32],
    ['i8', 1],
    ['i64', 8],
    ['i256', 32],
  ] as const),
];

function scriptArgument(random: Random): ScriptArgument {
  if (random.chance(10)) return { kind: 'bool', bytes: Uint8Array.of(random.below(2)) };
  if (random.chance(10))
    return { kind: random.pick(['bytes', 'serialized']), bytes: random.bytes(random.below(40)) };
  const [kind, size] = random.pick(ARGUMENT_SIZES);
  return { kind, bytes: random.bytes(size) };
}

/** BCS of 0x1::code::PackageMetadata. */
function packageMetadata(random: Random, module: string): Uint8Array {
  const metadata = new BcsWriter()
    .string('Package')
    .u8(random.below(3))
    .u64(0n)
    .string('')
    .blob(new Uint8Array())
    .list([module], (writer, name) => {
      writer.string(name).blob(new Uint8Array()).blob(new Uint8Array()).bool(false);
    })
    .list([], () => undefined)
    .bool(false)
    .finish();
  return random.chance(10) ? mutate(random, metadata) : metadata;
}

class TransactionMaker {
  readonly #programs: Programs;
  readonly #entries: ReturnType<typeof entryFunctions>;
  readonly #types: FrameworkTypes;

  constructor(readonly world: DevnetWorld) {
    const modules = world.state.entries().flatMap(([key, { bytes }]) => {
      if (key.kind !== 'module') return [];
      const name = `${Address.fromBytes(key.address).hex}::${key.name}`;
      return [[name, world.cache.decode(bytes, APTOS_FORMAT)] as const];
    });
    this.#programs = programs(new Map(modules), `${RICH}`);
    this.#entries = entryFunctions(world);
    this.#types = new FrameworkTypes(world);
  }

  bytes(random: Random): Uint8Array {
    const bytes = encodeSignedTransaction({
      raw: {
        sender: random.chance(95) ? RICH : randomAddress(random),
        sequenceNumber: random.chance(98) ? 0n : random.u64(),
        payload: this.#payload(random),
        maxGasAmount: random.pick(MAX_GAS),
        gasUnitPrice: random.chance(98) ? 100n : random.u64(),
        expirationTimestampSecs: random.chance(98) ? 50n : random.u64(),
        chainId: random.chance(99) ? CHAIN_ID : random.below(256),
      },
      authenticator: authenticator(random),
    });
    return random.chance(25) ? mutate(random, bytes) : bytes;
  }

  #payload(random: Random): TransactionPayload {
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
        return { kind: 'script', script: this.#script(random) };
      case 3:
      case 4:
        return { kind: 'entryFunction', call: this.#publish(random) };
      case 5:
        return {
          kind: 'multisig',
          multisigAddress: randomAddress(random),
          call: random.chance(80) ? this.#call(random) : undefined,
        };
      case 6:
        return {
          kind: 'payload',
          executable: random.chance(50)
            ? { kind: 'entryFunction', call: this.#call(random) }
            : { kind: 'script', script: this.#script(random) },
          multisigAddress: random.chance(10) ? randomAddress(random) : undefined,
          replayProtectionNonce: random.chance(70) ? random.u64() : undefined,
        };
      default:
        return { kind: 'entryFunction', call: this.#call(random) };
    }
  }

  #script(random: Random) {
    const unit = random.pick(this.#programs.scripts);
    const code = encode(random.chance(50) ? unit : harmScript(random, unit), APTOS_FORMAT);
    const args = random.chance(90)
      ? [scriptArgument(random)]
      : [scriptArgument(random), scriptArgument(random)];
    return {
      code: random.chance(10) ? mutate(random, code) : code,
      typeArguments: random.chance(90) ? [] : [this.#tag(random)],
      args,
    };
  }

  #publish(random: Random): EntryFunction {
    const module = random.pick(this.#programs.modules);
    const name = module.identifiers[module.moduleHandles[module.selfModule]?.name ?? 0] ?? '';
    const code = random.chance(40) ? encode(module, APTOS_FORMAT) : harmedBytes(random, module);
    const bundle = new BcsWriter().list([code], (writer, bytes) => {
      writer.blob(bytes);
    });
    const args = [new BcsWriter().blob(packageMetadata(random, name)).finish(), bundle.finish()];
    const fn = 'publish_package_txn';
    return { address: FRAMEWORK, module: 'code', function: fn, typeArguments: [], args };
  }

  #call(random: Random): EntryFunction {
    const { loader } = this.world.run;
    const { id, name } = random.pick(this.#entries);
    const declared = loader.function(id, name);
    const types = typeArgumentsOf(random, loader, declared, this.#types);
    const callee = declared.instance(types);
    const args = encodedArguments(
      random,
      loader,
      declared.parameters.map((type) => callee.type(type)),
    );
    return {
      address: Address.parse(id.address),
      module: id.name,
      function: name,
      typeArguments: types.map(typeTagOf),
      args,
    };
  }

  #tag(random: Random): TypeTag {
    return typeTagOf(this.#types.type(random, this.world.run.loader));
  }
}

/** A script is harmed as a module would be: their tables are alike. */
function harmScript(random: Random, script: CompiledScript): CompiledScript {
  const handle = {
    module: 0,
    name: 0,
    parameters: script.parameters,
    returns: 0,
    typeParameters: script.typeParameters,
    accessSpecifiers: undefined,
    attributes: [],
  };
  const { layout, ...bare } = script;
  const { functionHandles, functionDefinitions, ...harmed } = harmModule(random, {
    ...bare,
    kind: 'module',
    selfModule: 0,
    functionHandles: [...script.functionHandles, handle],
    functionDefinitions: [
      {
        handle: script.functionHandles.length,
        visibility: 'private',
        isEntry: true,
        acquires: [],
        code: script.code,
      },
    ],
  });
  const main = functionHandles[script.functionHandles.length];
  return {
    ...bare,
    ...harmed,
    kind: 'script',
    functionHandles: functionHandles.slice(0, -1),
    functionDefinitions: [],
    parameters: main?.parameters ?? 0,
    typeParameters: main?.typeParameters ?? [],
    code: functionDefinitions[0]?.code ?? script.code,
  };
}

const one = (random: Random): AccountAuthenticator => {
  const ed25519 = { publicKey: random.bytes(32), signature: random.bytes(64) };
  switch (random.below(12)) {
    case 0:
      return { kind: 'ed25519', ...ed25519 };
    case 1:
      return {
        kind: 'multiEd25519',
        publicKey: random.bytes(65),
        signature: random.bytes(68),
      };
    case 2:
      return {
        kind: 'singleKey',
        publicKey: { kind: 'secp256k1', key: random.bytes(65) },
        signature: { kind: 'secp256k1', signature: random.bytes(64) },
      };
    case 3:
      return {
        kind: 'multiKey',
        publicKeys: { keys: [{ kind: 'ed25519', key: random.bytes(32) }], required: 1 },
        signatures: [{ kind: 'ed25519', signature: random.bytes(64) }],
        bitmap: Uint8Array.of(0x80),
      };
    case 4:
      return {
        kind: 'abstract',
        function: { address: FRAMEWORK, module: 'coin', function: 'transfer' },
        authentication: { kind: 'v1', digest: random.bytes(32), signature: random.bytes(9) },
      };
    default:
      return { kind: 'none' };
  }
};

function authenticator(random: Random): TransactionAuthenticator {
  if (random.chance(80)) return { kind: 'singleSender', sender: { kind: 'none' } };
  if (random.chance(30)) return { kind: 'singleSender', sender: one(random) };
  const secondary = Array.from({ length: random.below(3) }, () => random.below(1));
  const several = {
    sender: one(random),
    secondaryAddresses: secondary.map(() => randomAddress(random)),
    secondarySigners: secondary.map(() => one(random)),
  };
  return random.chance(50)
    ? { kind: 'multiAgent', ...several }
    : {
        kind: 'feePayer',
        ...several,
        feePayerAddress: random.chance(80) ? RICH : randomAddress(random),
        feePayerSigner: one(random),
      };
}

/** The state with some of its values harmed, as a node that lies may give them. */
class HarmedState implements AptosState {
  constructor(
    private readonly state: AptosState,
    private readonly random: Random,
    private readonly percent: number,
  ) {}

  read(key: StateKey): StateValue | null {
    const value = this.state.read(key);
    if (value === null || key.kind === 'module' || !this.random.chance(this.percent)) return value;
    return { ...value, bytes: mutate(this.random, value.bytes) };
  }
}

export function transactionBytesTarget(world: DevnetWorld): Target {
  const maker = new TransactionMaker(world);
  return {
    name: 'transaction bytes',
    share: 11,
    try(random, passed) {
      const input = maker.bytes(random);
      const bytes = random.chance(60) ? mutate(random, input) : input;
      const signed = parseSignedTransaction(bytes);
      passed();
      requestOf(signed);
      if (!equal(encodeSignedTransaction(signed), bytes))
        throw new Error('a transaction is written otherwise than it was read');
    },
  };
}

export function transactionTarget(world: DevnetWorld): Target {
  const maker = new TransactionMaker(world);
  return {
    name: 'transaction',
    try(random, passed) {
      const request = requestOf(parseSignedTransaction(maker.bytes(random)));
      passed();
      const percent = random.chance(20) ? random.pick([2, 10]) : 0;
      const state = new HarmedState(world.state, random, percent);
      const { status } = executeTransaction(request, state, ENVIRONMENT, world.cache);
      passed(status.kind);
    },
  };
}

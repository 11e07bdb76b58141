/** `sol_alt_bn128_*`. Source: agave `syscalls/src/lib.rs` (`SyscallAltBn128`, `SyscallAltBn128Compression`). */
import type { FeatureName } from '../features/ids';
import type { ExecutionCost } from '../runtime/execution-budget';
import type { InvokeContext } from '../runtime/types';
import {
  ALT_BN128_G1,
  ALT_BN128_G2,
  type AltBn128Group,
  FIELD_SIZE,
  PAIRING_ELEMENT_SIZE,
  pairingIsOne,
} from './alt-bn128';
import type { Endianness } from './bytes';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import {
  Destination,
  saturatingAdd,
  saturatingMul,
  translateMut,
  translateSlice,
  writeBytes,
} from './translate';

const SUCCESS = 0n;
const FAILURE = 1n;
/** Added to an operation's number for little-endian bytes. */
const LITTLE_ENDIAN = 0x80n;
const PAIRING_OUTPUT_SIZE = 32;

interface Operation {
  readonly outputSize: number;
  cost(cost: ExecutionCost, inputSize: bigint): bigint;
  hostCost(inputSize: number): number;
  /** Undefined when the input is wrong. */
  run(input: Uint8Array, endianness: Endianness): Uint8Array | undefined;
}

/** Input of the right size: in big-endian G1 operations, short input is filled up with zeros. */
function sized(
  input: Uint8Array,
  size: number,
  endianness: Endianness,
  mayBeShort: boolean,
): Uint8Array | undefined {
  if (input.length === size) return input;
  if (!mayBeShort || endianness === 'little' || input.length > size) return undefined;
  const filled = new Uint8Array(size);
  filled.set(input);
  return filled;
}

function addition(
  group: AltBn128Group,
  cost: 'altBn128G1AdditionCost' | 'altBn128G2AdditionCost',
  hostCost: number,
): Operation {
  const { pointSize } = group;
  return {
    outputSize: pointSize,
    cost: (costs) => BigInt(costs[cost]),
    hostCost: () => hostCost,
    run(given, endianness) {
      const input = sized(given, 2 * pointSize, endianness, group === ALT_BN128_G1);
      return (
        input && group.add(input.subarray(0, pointSize), input.subarray(pointSize), endianness)
      );
    },
  };
}

function multiplication(
  group: AltBn128Group,
  cost: 'altBn128G1MultiplicationCost' | 'altBn128G2MultiplicationCost',
  hostCost: number,
): Operation {
  const { pointSize } = group;
  return {
    outputSize: pointSize,
    cost: (costs) => BigInt(costs[cost]),
    hostCost: () => hostCost,
    run(given, endianness) {
      const input = sized(given, pointSize + FIELD_SIZE, endianness, group === ALT_BN128_G1);
      return (
        input && group.multiply(input.subarray(0, pointSize), input.subarray(pointSize), endianness)
      );
    },
  };
}

const PAIRING: Operation = {
  outputSize: PAIRING_OUTPUT_SIZE,
  cost(costs, inputSize) {
    const pairs = inputSize / BigInt(PAIRING_ELEMENT_SIZE);
    const others = saturatingMul(
      BigInt(costs.altBn128PairingOnePairCostOther),
      pairs === 0n ? 0n : pairs - 1n,
    );
    const fixed =
      costs.altBn128PairingOnePairCostFirst + costs.sha256BaseCost + PAIRING_OUTPUT_SIZE;
    return saturatingAdd(saturatingAdd(others, inputSize), BigInt(fixed));
  },
  hostCost: (inputSize) =>
    HOST_COST.altBn128PairingBase +
    HOST_COST.altBn128PairingPerPair * Math.floor(inputSize / PAIRING_ELEMENT_SIZE),
  run(input, endianness) {
    if (input.length % PAIRING_ELEMENT_SIZE !== 0) return undefined;
    const isOne = pairingIsOne(input, endianness);
    if (isOne === undefined) return undefined;
    const result = new Uint8Array(PAIRING_OUTPUT_SIZE);
    result[endianness === 'big' ? PAIRING_OUTPUT_SIZE - 1 : 0] = Number(isOne);
    return result;
  },
};

/** By number, without the bit for little-endian. 1 and 5 are reserved for subtractions. */
const GROUP_OPERATIONS: ReadonlyMap<bigint, Operation> = new Map([
  [0n, addition(ALT_BN128_G1, 'altBn128G1AdditionCost', HOST_COST.altBn128G1Add)],
  [2n, multiplication(ALT_BN128_G1, 'altBn128G1MultiplicationCost', HOST_COST.altBn128G1Multiply)],
  [3n, PAIRING],
  [4n, addition(ALT_BN128_G2, 'altBn128G2AdditionCost', HOST_COST.altBn128G2Add)],
  [6n, multiplication(ALT_BN128_G2, 'altBn128G2MultiplicationCost', HOST_COST.altBn128G2Multiply)],
]);
const G2_OPERATIONS: ReadonlySet<bigint> = new Set([4n, 6n]);

function compression(
  group: AltBn128Group,
  cost: 'altBn128G1Compress' | 'altBn128G2Compress',
): Operation {
  return {
    outputSize: group.pointSize / 2,
    cost: (costs) => BigInt(costs.syscallBaseCost + costs[cost]),
    hostCost: () => HOST_COST[cost],
    run: (input, endianness) =>
      input.length === group.pointSize ? group.compress(input, endianness) : undefined,
  };
}

function decompression(
  group: AltBn128Group,
  cost: 'altBn128G1Decompress' | 'altBn128G2Decompress',
): Operation {
  return {
    outputSize: group.pointSize,
    cost: (costs) => BigInt(costs.syscallBaseCost + costs[cost]),
    hostCost: () => HOST_COST[cost],
    run: (input, endianness) =>
      input.length === group.pointSize / 2 ? group.decompress(input, endianness) : undefined,
  };
}

const COMPRESSION_OPERATIONS: ReadonlyMap<bigint, Operation> = new Map([
  [0n, compression(ALT_BN128_G1, 'altBn128G1Compress')],
  [1n, decompression(ALT_BN128_G1, 'altBn128G1Decompress')],
  [2n, compression(ALT_BN128_G2, 'altBn128G2Compress')],
  [3n, decompression(ALT_BN128_G2, 'altBn128G2Decompress')],
]);

function requireFeature(invoke: InvokeContext, feature: FeatureName): void {
  if (!invoke.features.isActive(feature)) throw SyscallFailure.of('InvalidAttribute');
}

function run(
  invoke: InvokeContext,
  operation: Operation,
  endianness: Endianness,
  inputAddress: bigint,
  inputSize: bigint,
  resultAddress: bigint,
): bigint {
  invoke.meter.consume(operation.cost(invoke.cost, inputSize));
  translateMut(invoke, Destination.slice(resultAddress, BigInt(operation.outputSize)));
  const input = translateSlice(invoke, inputAddress, inputSize);
  invoke.hostBudget.charge(operation.hostCost(input.length));
  const result = operation.run(input, endianness);
  if (result === undefined) return FAILURE;
  writeBytes(invoke, resultAddress, result);
  return SUCCESS;
}

export function altBn128GroupOp(
  invoke: InvokeContext,
  number: bigint,
  inputAddress: bigint,
  inputSize: bigint,
  resultAddress: bigint,
): bigint {
  const isLittleEndian = (number & LITTLE_ENDIAN) !== 0n;
  const operationNumber = number & ~LITTLE_ENDIAN;
  const operation = GROUP_OPERATIONS.get(operationNumber);
  if (operation === undefined) throw SyscallFailure.of('InvalidAttribute');
  // Operations on G2 came with both orders at once.
  if (G2_OPERATIONS.has(operationNumber)) requireFeature(invoke, 'enable_alt_bn128_g2_syscalls');
  else if (isLittleEndian) requireFeature(invoke, 'alt_bn128_little_endian');
  const endianness = isLittleEndian ? 'little' : 'big';
  return run(invoke, operation, endianness, inputAddress, inputSize, resultAddress);
}

export function altBn128Compression(
  invoke: InvokeContext,
  number: bigint,
  inputAddress: bigint,
  inputSize: bigint,
  resultAddress: bigint,
): bigint {
  const isLittleEndian = (number & LITTLE_ENDIAN) !== 0n;
  const operation = COMPRESSION_OPERATIONS.get(number & ~LITTLE_ENDIAN);
  if (operation === undefined) throw SyscallFailure.of('InvalidAttribute');
  if (isLittleEndian) requireFeature(invoke, 'alt_bn128_little_endian');
  const endianness = isLittleEndian ? 'little' : 'big';
  return run(invoke, operation, endianness, inputAddress, inputSize, resultAddress);
}

/**
 * Powers of large integers. Source: SIMD-0529, solana-sdk `big-mod-exp/src/lib.rs`, and agave 4.3.0 as
 * released.
 */
import type { InvokeContext } from '../runtime/types';
import { bytesToInteger, integerToBytes } from './bytes';
import { SyscallFailure } from './errors';
import { HOST_COST } from './host-cost';
import { translateSlice, translateType, type VmSlice, writeBytes } from './translate';

const BASE_UNITS = 422;
const UNITS_DIVISOR = 189n;
const MIN_EXPONENT_LENGTH = 75n;
/** What an exponent of one is charged as, since it only reduces. */
const REDUCTION_EXPONENT_LENGTH = 15n;
const MAX_BYTES = 512n;
/** Pointers and lengths of base, exponent and modulus. */
const PARAMETERS_SIZE = 48;
const ALIGN_OF_U64 = 8;

function parameters(
  invoke: InvokeContext,
  address: bigint,
): { readonly base: VmSlice; readonly exponent: VmSlice; readonly modulus: VmSlice } {
  const bytes = translateType(invoke, address, PARAMETERS_SIZE, ALIGN_OF_U64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, PARAMETERS_SIZE);
  const slice = (offset: number): VmSlice => ({
    address: view.getBigUint64(offset, true),
    length: view.getBigUint64(offset + 8, true),
  });
  return { base: slice(0), exponent: slice(16), modulus: slice(32) };
}

/** @param length - in bytes, at most 512 */
function multiplicationComplexity(length: bigint): bigint {
  const squared = length * length;
  return length <= 64n ? squared : squared / 4n + 96n * length - 3072n;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function operationUnits(length: bigint, exponent: bigint): bigint {
  const adjusted = BigInt(Math.max(0, bitLength(exponent) - 1));
  const floor = adjusted > MIN_EXPONENT_LENGTH ? adjusted : MIN_EXPONENT_LENGTH;
  const exponentLength = exponent === 1n ? REDUCTION_EXPONENT_LENGTH : floor;
  const complexity = multiplicationComplexity(length) * exponentLength;
  return (complexity + UNITS_DIVISOR - 1n) / UNITS_DIVISOR;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Integers are little-endian; the result is as long as the modulus, which must be odd and above one. */
export function bigModExp(
  invoke: InvokeContext,
  parametersAddress: bigint,
  resultAddress: bigint,
): bigint {
  invoke.meter.consume(BASE_UNITS);
  const { base, exponent, modulus } = parameters(invoke, parametersAddress);
  if ([base, exponent, modulus].some(({ length }) => length > MAX_BYTES)) {
    throw SyscallFailure.of('InvalidLength');
  }
  const read = ({ address, length }: VmSlice): bigint =>
    bytesToInteger(translateSlice(invoke, address, length), 'little');
  const exponentValue = read(exponent);
  const longest = Math.max(Number(base.length), Number(modulus.length));
  invoke.meter.consume(operationUnits(BigInt(longest), exponentValue));
  const baseValue = read(base);
  const modulusValue = read(modulus);
  if (modulusValue <= 1n || (modulusValue & 1n) === 0n) {
    throw SyscallFailure.of('InvalidAttribute');
  }
  invoke.hostBudget.charge(
    bitLength(exponentValue) * (1 + longest ** 2 * HOST_COST.bigModExpPerBitAndSquaredByte),
  );
  const result = power(baseValue, exponentValue, modulusValue);
  writeBytes(invoke, resultAddress, integerToBytes(result, Number(modulus.length), 'little'));
  return 0n;
}

/** What a transaction costs. Source: agave `fee/src/lib.rs`, `compute-budget-instruction/src`. */
import type { ParsedTransaction } from '../../src/vm-preview/svm/transaction/message';
import { LAMPORTS_PER_SIGNATURE } from './sysvars';

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';

/** Programs that are part of the chain, whose instructions ask for 3,000 units by default. */
const BUILTINS: ReadonlySet<string> = new Set([
  '11111111111111111111111111111111',
  COMPUTE_BUDGET,
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
]);

/** Programs that check signatures; the first byte of their data is how many. */
const PRECOMPILES: ReadonlySet<string> = new Set([
  'KeccakSecp256k11111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
]);

const MAX_COMPUTE_UNITS = 1_400_000n;
const MICRO_LAMPORTS = 1_000_000n;

/** Lamports. */
export function feeOf(
  transaction: Pick<
    ParsedTransaction,
    'version' | 'header' | 'staticKeys' | 'instructions' | 'config'
  >,
): bigint {
  let signatures = BigInt(transaction.header.numRequiredSignatures);
  let units = 0n;
  let limit: bigint | undefined;
  let price = 0n;
  for (const { programIdIndex, data } of transaction.instructions) {
    const program = transaction.staticKeys[programIdIndex]?.toBase58() ?? '';
    if (PRECOMPILES.has(program)) signatures += BigInt(data[0] ?? 0);
    units += BUILTINS.has(program) ? 3_000n : 200_000n;
    if (program !== COMPUTE_BUDGET) continue;
    if (data[0] === 2 && data.length === 5) limit = littleEndian(data.subarray(1));
    if (data[0] === 3 && data.length === 9) price = littleEndian(data.subarray(1));
  }
  const signatureFee = signatures * LAMPORTS_PER_SIGNATURE;
  if (transaction.version === 1) return signatureFee + (transaction.config.priorityFee ?? 0n);
  limit ??= units;
  if (limit > MAX_COMPUTE_UNITS) limit = MAX_COMPUTE_UNITS;
  return signatureFee + (price * limit + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

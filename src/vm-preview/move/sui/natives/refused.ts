/** Natives that frameworks declare and that are not carried out here, each with the reason. */
import { CannotPreview } from '../../../errors';
import type { NativeRegistry } from '../../core/runtime';

const SYSTEM = 'of system transactions: no user can call it';

export const REFUSED: ReadonlyMap<string, string> = new Map([
  ['0x2::accumulator_settlement::record_settlement_sui_conservation', SYSTEM],
  [
    '0x2::nitro_attestation::load_nitro_attestation_internal',
    'certificates of AWS Nitro enclaves, whose checks are not here',
  ],
  ...[
    'verify_bulletproofs_ristretto255_internal',
    'verify_bulletproofs_with_dst_ristretto255_internal',
  ].map((name): [string, string] => [
    `0x2::rangeproofs::${name}`,
    'range proofs over Ristretto255, whose checks are not here',
  ]),
  [
    '0x3::validator::validate_metadata_bcs',
    'network addresses and proofs that a validator declares, whose checks are not here',
  ],
]);

export function refusedNatives(): NativeRegistry {
  return new Map(
    [...REFUSED].map(([native, reason]) => [
      native,
      () => {
        throw new CannotPreview('move-native', `the native ${native}`, { native, reason });
      },
    ]),
  );
}

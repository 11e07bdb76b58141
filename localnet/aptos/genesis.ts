/** The state that the local chain begins with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateKeyId } from '../../src/vm-preview/move/aptos';
import { BcsReader, BcsWriter } from '../../src/vm-preview/move/core/bcs';
import { FAUCET } from './accounts';
import { readGenesis } from './genesis-blob';
import { accountResource } from './keys';
import type { Change } from './ledger';

/** Of a chain that is nobody's network: what `aptos node run-local-testnet` has. */
export const CHAIN_ID = 4;

/**
 * That of devnet, recorded: today's framework, with its own feature flags and gas schedule. Whoever holds
 * devnet's keys is unknown here, so that the account that may mint gets one of this chain's.
 *
 * @param fixtures - folder of the recordings
 */
export function recordedGenesis(fixtures: string): Change[] {
  const path = join(fixtures, 'aptos/genesis/devnet.blob');
  const faucet = stateKeyId(accountResource(FAUCET.address));
  return readGenesis(new Uint8Array(readFileSync(path))).map(([key, value]): Change => {
    if (stateKeyId(key) !== faucet) return [key, value];
    const reader = new BcsReader(value.bytes);
    reader.blob('key');
    const rest = value.bytes.slice(reader.position);
    const bytes = new BcsWriter().blob(FAUCET.authenticationKey).bytes(rest).finish();
    return [key, { ...value, bytes }];
  });
}

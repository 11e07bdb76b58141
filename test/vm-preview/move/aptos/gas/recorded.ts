/** Resources at 0x1 as recorded networks began with them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemResource } from '../../../../../src/vm-preview/move/aptos';
import { type GenesisNetwork, genesisState } from '../../../../support/aptos-genesis';
import { FIXTURES } from '../../../../support/move-fixtures';

export function hasGenesis(network: GenesisNetwork): boolean {
  return existsSync(join(FIXTURES, 'aptos/genesis', `${network}.blob`));
}

/** BCS of a resource; none where the network has no such. */
export function genesisResource(network: GenesisNetwork, module: string, name: string): Uint8Array {
  return genesisState(network).read(systemResource(module, name))?.bytes ?? new Uint8Array();
}

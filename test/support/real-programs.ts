/** Programs as they are deployed: those that litesvm carries, and those of a published package. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { LiteSvm } from 'litesvm/dist/internal';

const PROGRAM_DATA_HEADER = 45;
const PROGRAM_DATA_ADDRESS_OFFSET = 4;
const UPGRADEABLE_LOADER = 'BPFLoaderUpgradeab1e11111111111111111111111';

const BUNDLED: Readonly<Record<string, string>> = {
  'p-token': 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'token-2022': 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
  'associated token': 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
  memo: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'memo v1': 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
  stake: 'Stake11111111111111111111111111111111111111',
  'address lookup table': 'AddressLookupTab1e1111111111111111111111111',
};

/** Tests and benches run from the project's root. */
const PACKAGE = 'node_modules/@lightprotocol/zk-compression-cli/bin';

/** ELF files by name. */
export function realPrograms(): ReadonlyMap<string, Uint8Array> {
  const programs = new Map<string, Uint8Array>();
  const svm = new LiteSvm();
  for (const [name, address] of Object.entries(BUNDLED)) programs.set(name, elfAt(svm, address));
  for (const file of readdirSync(PACKAGE)
    .filter((name) => name.endsWith('.so'))
    .sort())
    programs.set(file, Uint8Array.from(readFileSync(join(PACKAGE, file))));
  return programs;
}

function elfAt(svm: LiteSvm, address: string): Uint8Array {
  const account = svm.getAccount(base58.decode(address));
  if (account === null) throw new Error(`litesvm carries no ${address}`);
  const data = account.data();
  if (base58.encode(account.owner()) !== UPGRADEABLE_LOADER) return data;
  const programData = svm.getAccount(
    data.slice(PROGRAM_DATA_ADDRESS_OFFSET, PROGRAM_DATA_ADDRESS_OFFSET + 32),
  );
  if (programData === null) throw new Error(`${address} has no program data`);
  return programData.data().slice(PROGRAM_DATA_HEADER);
}

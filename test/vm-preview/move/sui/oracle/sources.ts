/** The Move sources that both VMs run: natives and what they need, by module. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Files = Readonly<Record<string, string>>;

const OWN = join(__dirname, 'move');
const FRAMEWORK = join(__dirname, '../../../../../localnet/sui/framework');

/** Modules of the local chain's framework that tests build on. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  std: ['ascii', 'bcs', 'hash', 'option', 'string', 'vector'],
  sui: [
    ...['address', 'dynamic_field', 'dynamic_object_field', 'object', 'transfer', 'types'],
    ...['vec_map'],
  ],
};

const MANIFEST = `[package]
name = "tests"
edition = "2024.beta"
implicit-dependencies = false
[addresses]
std = "0x1"
sui = "0x2"
oracle = "0xacc"
`;

/** Natives of these are called from tests, which are in another package. */
const OPENED = new Set(['dynamic_field', 'object']);

/** What tests of several transactions ask of the framework. */
export const FOR_SCENARIOS: Files = {
  event: '',
  tx_context: `
#[test_only]
public fun create(sender: address, tx_hash: vector<u8>): TxContext {
    TxContext { sender, tx_hash, epoch: 0, epoch_timestamp_ms: 0, ids_created: 0 }
}
`,
  transfer: `
#[test_only]
public fun make_receiver<T: key>(id: ID, version: u64): Receiving<T> {
    Receiving { id, version }
}
`,
};

/**
 * @param folders - of `move`
 * @param appended - to modules of the local chain's framework
 */
export function sources(folders: readonly string[], appended: Files = {}): Files {
  const files: Record<string, string> = { 'Move.toml': MANIFEST };
  for (const [folder, modules] of Object.entries(SHARED))
    for (const module of [...modules, ...(folder === 'sui' ? Object.keys(appended) : [])]) {
      const text = readFileSync(join(FRAMEWORK, folder, 'sources', `${module}.move`), 'utf8');
      const opened = OPENED.has(module) ? text.replaceAll('public(package)', 'public') : text;
      files[`sources/${folder}_${module}.move`] = opened + (appended[module] ?? '');
    }
  for (const folder of folders)
    for (const [name, text] of Object.entries(moveFiles(folder)))
      files[`sources/${folder}_${name}.move`] = text;
  return files;
}

/** Texts by module. */
export function moveFiles(folder: string): Files {
  const path = join(OWN, folder);
  return Object.fromEntries(
    readdirSync(path)
      .filter((file) => file.endsWith('.move'))
      .sort()
      .map((file) => [file.slice(0, -'.move'.length), readFileSync(join(path, file), 'utf8')]),
  );
}

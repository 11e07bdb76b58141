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

/** @param folders - of `move` */
export function sources(...folders: readonly string[]): Files {
  const files: Record<string, string> = { 'Move.toml': MANIFEST };
  for (const [folder, modules] of Object.entries(SHARED))
    for (const module of modules) {
      const text = readFileSync(join(FRAMEWORK, folder, 'sources', `${module}.move`), 'utf8');
      files[`sources/${folder}_${module}.move`] = OPENED.has(module)
        ? text.replaceAll('public(package)', 'public')
        : text;
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

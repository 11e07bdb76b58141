/**
 * What Sui's natives support, as a page: read out of the registry, so that the page cannot say more than
 * the code does. `npx tsx scripts/sui-natives-table.ts` writes it.
 */
import { suiNatives } from '../../src/vm-preview/move/sui/natives';
import { REFUSED } from '../../src/vm-preview/move/sui/natives/refused';
import { suiFramework } from '../support/sui-framework';
import { testSuiNatives } from '../support/sui-native-context';
import { LATER_SUI_NATIVES, SUI_NATIVES } from '../support/sui-native-names';

export const NATIVES_PAGE = 'docs/sui-natives.md';

/** Carried out, but for what a preview cannot know or does not compute. */
const PARTLY: ReadonlyMap<string, string> = new Map([
  ...[
    ...['add', 'sub', 'mul', 'div', 'validate', 'hash_to', 'multi_scalar_mul', 'pairing'],
    ...['convert', 'sum'],
  ].map((name): [string, string] => [
    `0x2::group_ops::internal_${name}`,
    'in groups of BLS12-381; refused in those of Ristretto255',
  ]),
  ...['vdf_verify_internal', 'hash_to_input_internal'].map((name): [string, string] => [
    `0x2::vdf::${name}`,
    'aborts as on chain where the network has no VDF; refused where it has one: arithmetic in a class group',
  ]),
  ['0x2::poseidon::poseidon_bn254_internal', 'of up to 16 numbers; refused for more'],
  [
    '0x2::package::original_package_id_impl',
    'refused for a package that the transaction itself publishes',
  ],
  [
    '0x2::funds_accumulator::withdraw_from_accumulator_address',
    'refused where the protocol looks at the balance while it runs',
  ],
]);

/** Natives that there is an entry for, by name. */
export function registeredNatives(): ReadonlySet<string> {
  return new Set(suiNatives(testSuiNatives().context).keys());
}

/** By native, the protocol versions of the recorded frameworks that declare it. */
export function declaredNatives(
  versions: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const declared = new Map<string, number[]>();
  for (const version of versions)
    for (const [key, module] of suiFramework(version))
      for (const { handle, code } of module.functionDefinitions) {
        const found = module.functionHandles[handle];
        if (code !== undefined || found === undefined) continue;
        const name = `${key}::${module.identifiers[found.name]}`;
        declared.set(name, [...(declared.get(name) ?? []), version]);
      }
  return declared;
}

/** As the list has them: the first recorded version, and the last where it is not the newest. */
export function spanOf(versions: readonly number[], newest: number): string {
  const [first, last] = [versions[0], versions[versions.length - 1]];
  return last === newest ? `from ${first}` : `${first} to ${last}`;
}

function support(name: string, registered: ReadonlySet<string>): string {
  const reason = REFUSED.get(name);
  if (reason !== undefined) return `refused: ${reason}`;
  if (!registered.has(name)) return 'refused: unknown';
  return PARTLY.get(name) ?? 'yes';
}

/** The whole page. */
export function nativesPage(): string {
  const registered = registeredNatives();
  const names = [...new Set([...Object.keys(SUI_NATIVES), ...registered])].sort();
  const supported = names.filter((name) => registered.has(name) && !REFUSED.has(name));
  const modules = [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('::'))))];
  const tables = modules.map((module) => {
    const rows = names
      .filter((name) => name.startsWith(`${module}::`))
      .map((name) => {
        const versions =
          SUI_NATIVES[name] ?? LATER_SUI_NATIVES[name] ?? 'between the recorded ones';
        return `| \`${name.slice(module.length + 2)}\` | ${versions} | ${support(name, registered)} |`;
      });
    return [
      `## ${module}`,
      '',
      '| native | declared at | carried out |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `# Natives of Sui

Generated from the registry by \`npx tsx scripts/sui-natives-table.ts\`; a test holds the two together. "Declared at"
names the protocol versions of the recorded frameworks that have the native: 28 to 36, 102 and 106, and for later ones
the version that brought its price. A native that is refused ends the run in "cannot preview", and so does one that is
not here. Natives of unit tests (\`test_scenario\`,
\`test_utils\`, \`unit_test\`) are on no network. ${supported.length} of ${names.length} are carried out.

${tables.join('\n\n')}
`;
}

/** Public functions and structs of a module as lines of text, by name. */
import { moduleJson } from '../../../localnet/aptos/json/abi';
import { asRecord } from '../../../localnet/json';
import type { CompiledModule } from '../../../src/vm-preview/move/core/format';

export function abiOf(module: CompiledModule): ReadonlyMap<string, string> {
  const { abi } = asRecord(moduleJson(new Uint8Array(), module));
  const { exposed_functions: functions, structs } = asRecord(abi);
  const rows = new Map<string, string>();
  for (const one of [functions].flat()) {
    const { is_entry, is_view, name, params, return: results, visibility } = asRecord(one);
    // Friends are told apart by no caller from outside.
    if (visibility !== 'public') continue;
    rows.set(`fun ${name}`, JSON.stringify({ is_entry, is_view, params, results }));
  }
  for (const one of [structs].flat()) {
    const { abilities, fields, is_event, name } = asRecord(one);
    rows.set(`struct ${name}`, JSON.stringify({ abilities, is_event, fields }));
  }
  return rows;
}

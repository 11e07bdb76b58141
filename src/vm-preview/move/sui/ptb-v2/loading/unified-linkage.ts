/** One linkage for all commands of a transaction (linkage/single_linkage.rs), since protocol 129. */
import { CannotPreview } from '../../../../errors';
import type { CompiledModule } from '../../../core/format';
import { type Command, commandArguments } from '../../data';
import { ExecutionError } from '../../execution/error';
import { decodeModules, moduleName } from '../../execution/new-package';
import { declaresInit } from '../../execution/publish';
import { idOf } from '../../linkage';
import { atCommand } from '../at-command';
import {
  addCall,
  addTypePackages,
  publicationLinkage,
  requireComplete,
  systemTable,
} from './call-linkage';
import { relinked } from './functions';
import type { LoadedCommand, LoadedInput, LoadedTransaction, LoadParts } from './load';
import type { ResolutionTable } from './resolution';

const CODE: ReadonlySet<string> = new Set(['moveCall', 'publish', 'upgrade']);

/** @throws ExecutionError with the command's index; MissingObjectsError, CannotPreview */
export function withOneLinkage(parts: LoadParts, loaded: LoadedTransaction): LoadedTransaction {
  const { protocol, linkage } = parts;
  if (!protocol.feature('enable_unified_linkage')) return loaded;
  if (protocol.feature('enable_package_minversion'))
    throw new CannotPreview('sui-package-minversion', 'versions that packages ask for at least');
  const { inputs, commands } = loaded;
  // What only moves objects about needs no code.
  if (!commands.some(({ kind }) => CODE.has(kind))) return loaded;
  const table = systemTable();
  for (const [i, command] of inOrder(parts, commands))
    atCommand(i, () => addCommand(parts, table, command));
  if (protocol.feature('harden_linkage_consistency'))
    for (const [i, command] of commands.entries())
      atCommand(i, () => addInputs(parts, table, command, inputs));
  if (!commands.some(({ kind }) => kind === 'moveCall')) return loaded;
  requireComplete(table);
  const context = linkage.resolved(table.packages, []);
  return {
    inputs,
    commands: commands.map((command) =>
      command.kind === 'moveCall'
        ? { ...command, function: relinked(command.function, context) }
        : command,
    ),
  };
}

/** Since protocol 132 what upgrades need comes last, wherever they are. */
function inOrder(
  { protocol }: LoadParts,
  commands: readonly LoadedCommand[],
): readonly (readonly [number, LoadedCommand])[] {
  const entries = [...commands.entries()];
  if (!protocol.feature('enable_order_independent_upgrade_init_linkage')) return entries;
  const isUpgrade = ([, { kind }]: (typeof entries)[number]): boolean => kind === 'upgrade';
  return [...entries.filter((entry) => !isUpgrade(entry)), ...entries.filter(isUpgrade)];
}

function addCommand(parts: LoadParts, table: ResolutionTable, command: LoadedCommand): void {
  const { linkage } = parts;
  switch (command.kind) {
    case 'moveCall': {
      const { called, instance, typeArguments } = command.function;
      const isPublic = instance.definition.visibility === 'public';
      addCall(linkage, table, called, isPublic, typeArguments);
      return;
    }
    case 'makeMoveVec':
      if (command.type !== undefined) addTypePackages(linkage, table, command.type.tag);
      return;
    case 'publish':
      addPublished(parts, table, command);
      return;
    case 'upgrade':
      requireNoAddedInit(parts, command);
      return;
    default:
  }
}

/** A package that runs `init` does so among the versions that it names. */
function addPublished(
  { linkage, protocol }: LoadParts,
  table: ResolutionTable,
  { modules, dependencies }: Extract<Command, { readonly kind: 'publish' }>,
): void {
  if (!decodeModules({ protocol }, modules).some(declaresInit)) return;
  const named = publicationLinkage(linkage, dependencies.map(idOf));
  for (const found of named.packages.values()) table.add(found, 'exact');
}

/** Modules that are there already do not begin to have `init`. Those that are added are looked at later. */
function requireNoAddedInit(
  { linkage, protocol }: LoadParts,
  command: Extract<Command, { readonly kind: 'upgrade' }>,
): void {
  const modules = decodeModules({ protocol }, command.modules);
  if (!protocol.feature('enable_init_on_upgrade')) return;
  const current = linkage.packages.find(idOf(command.package));
  if (current === null) throw new ExecutionError({ kind: 'InvalidLinkage' });
  const before = (module: CompiledModule): CompiledModule | undefined =>
    current.module(moduleName(module));
  for (const module of modules) {
    const known = before(module);
    if (known !== undefined && !declaresInit(known) && declaresInit(module))
      throw new ExecutionError({
        kind: 'PackageUpgradeError',
        error: { kind: 'IncompatibleUpgrade' },
      });
  }
}

/** Types of objects that a command is given. */
function addInputs(
  { linkage }: LoadParts,
  table: ResolutionTable,
  command: LoadedCommand,
  inputs: readonly LoadedInput[],
): void {
  const named = command.kind === 'moveCall' ? command.args : commandArguments(command);
  for (const argument of named) {
    const input = argument.kind === 'input' ? inputs[argument.index] : undefined;
    if (input !== undefined && 'type' in input) addTypePackages(linkage, table, input.type.tag);
  }
}

/** Objects that are made, end, change or change hands; packages that are published. */
import type { Change, ObjectView } from '../../../vm-preview/model/preview';
import type { ObjectChange } from '../../../vm-preview/move/sui/types';
import { equalBytes } from '../../hex';
import { FRAMEWORK, fullAddress, typeText } from '../address';
import type { DisplayTemplates } from '../cache';
import type { MoveDecoder } from '../decode/decoder';
import { type MoveJson, wordAt } from '../decode/json';
import { coinIn } from './coins';
import { holderOf, sharing } from './owners';

const MAX_NAME = 120;

export interface ObjectNames {
  readonly decoder: MoveDecoder;
  readonly displays: { get(type: string): DisplayTemplates | undefined };
}

/** Told here: what is neither a coin nor a package nor a dynamic field's own object. */
export function isTold({ after, before }: ObjectChange): boolean {
  const object = after ?? before;
  if (object?.data.kind !== 'move' || coinIn(object) !== undefined) return false;
  const { address, module, name } = object.data.type;
  const isField =
    fullAddress(address) === FRAMEWORK && module === 'dynamic_field' && name === 'Field';
  return !isField;
}

/** Whatever a transaction may write to gets another version, also where it fails: nobody has anything of that. */
function isUntouched({ after, before, kind }: ObjectChange): boolean {
  if (kind !== 'mutated' || before?.data.kind !== 'move' || after?.data.kind !== 'move')
    return false;
  return (
    holderOf(before) === holderOf(after) &&
    sharing(before.owner) === sharing(after.owner) &&
    equalBytes(before.data.contents, after.data.contents)
  );
}

export function objectChanges(changes: readonly ObjectChange[], names: ObjectNames): Change[] {
  const told = changes.filter((change) => isTold(change) && !isUntouched(change));
  return told.map((change): Change => {
    const { after, before, id } = change;
    const from = holderOf(before);
    const to = holderOf(after);
    const owner = to ?? from;
    const state = sharing(after?.owner);
    const action = actionOf(change, from, to, state !== sharing(before?.owner));
    return {
      kind: 'object',
      address: fullAddress(id),
      ...(owner === null ? {} : { owner }),
      before: from,
      after: to,
      action,
      ...(state === undefined ? {} : { state }),
      item: itemOf(change, names),
    };
  });
}

function actionOf(
  { kind }: ObjectChange,
  from: string | null,
  to: string | null,
  changesState: boolean,
): NonNullable<Extract<Change, { kind: 'object' }>['action']> {
  switch (kind) {
    case 'created':
      return 'made';
    case 'deleted':
    case 'unwrappedThenDeleted':
      return 'destroyed';
    case 'wrapped':
      return 'wrapped';
    case 'unwrapped':
      return 'unwrapped';
    case 'mutated':
      return from !== to || changesState ? 'moved' : 'changed';
  }
}

/** Names by the type's display, else by a field called so; all of them the maker's own words. */
function itemOf({ after, before }: ObjectChange, { decoder, displays }: ObjectNames): ObjectView {
  const object = after ?? before;
  if (object?.data.kind !== 'move') return {};
  const { contents, type } = object.data;
  const text = typeText(type);
  const templates = displays.get(text) ?? [];
  const json = decoder.value(contents, type);
  const shown = (field: string): string | undefined => {
    const template = templates.find(([name]) => name === field)?.[1];
    return template === undefined ? undefined : filled(template, json);
  };
  const name = shown('name') ?? wordAt(json, 'name');
  const collection = shown('collection') ?? shown('project_name');
  return {
    type: text,
    ...(name === undefined || name === '' ? {} : { untrustedName: name.slice(0, MAX_NAME) }),
    ...(collection === undefined || collection === ''
      ? {}
      : { untrustedCollection: collection.slice(0, MAX_NAME) }),
  };
}

/** `#{number} of {collection.name}` with the object's own values; undefined where one is not there. */
function filled(template: string, json: MoveJson | undefined): string | undefined {
  let isWhole = true;
  const text = template.slice(0, 500).replace(/\{([^{}]{1,100})\}/g, (_, path: string) => {
    const word = wordAt(json, path.trim());
    if (word === undefined) isWhole = false;
    return word ?? '';
  });
  return isWhole ? text : undefined;
}

const FIRST_VERSION = 1n;

/** @param publisher - who signs the transaction */
export function packageChanges(changes: readonly ObjectChange[], publisher: string): Change[] {
  return changes.flatMap(({ after, kind }): Change[] => {
    if (kind !== 'created' || after?.data.kind !== 'package') return [];
    return [
      {
        kind: 'code',
        address: fullAddress(after.id),
        owner: publisher,
        action: after.version === FIRST_VERSION ? 'deployed' : 'upgraded',
      },
    ];
  });
}

/** Arguments as commands ask for them: how each value is taken, by its type (typing/translate.rs `argument_`). */
import { coinCurrency } from '../../data';
import { argumentError } from '../../execution/error';
import type { ValueType } from '../../execution/value';
import { byValue, COPY, hasAbility, type PtbType } from '../loading/ptb-type';
import { type ArgumentForm, type TypedArgument, Usage } from './ast';
import type { Named, Places } from './places';

export interface NamedArgument {
  readonly named: Named;
  /** Among the command's arguments. */
  readonly place: number;
}

/** @throws ExecutionError CommandArgumentError */
export function argument(
  places: Places,
  { named, place }: NamedArgument,
  type: PtbType,
): TypedArgument {
  const { location, type: actual } = places.resolve(named, type.of, place);
  const mismatch = (): Error => argumentError({ kind: 'TypeMismatch' }, place);
  if (actual.of.key !== type.of.key) throw mismatch();
  const copied = (): Usage => new Usage('copy', location);
  const form = (): ArgumentForm => {
    if (actual.by === 'value') {
      if (type.by !== 'value')
        return { kind: 'borrow', mutable: type.by === 'mutableReference', location };
      return {
        kind: 'use',
        usage: hasAbility(type, COPY) ? copied() : new Usage('move', location),
      };
    }
    if (type.by === 'value') {
      if (!hasAbility(type, COPY)) throw mismatch();
      return { kind: 'read', usage: copied() };
    }
    if (actual.by === 'reference' && type.by === 'mutableReference') throw mismatch();
    return { kind: actual.by === type.by ? 'use' : 'freeze', usage: copied() };
  };
  return { place, form: form(), type };
}

/** An argument that is of whatever type it is. @throws ExecutionError with `error` where it is of none that fits */
export function fittingArgument(
  { named, place }: NamedArgument,
  fits: (type: PtbType) => boolean,
  error: 'InvalidTransferObject' | 'InvalidMakeMoveVecNonObjectArgument',
): TypedArgument {
  if (named.kind === 'bytes' || !fits(named.place.type))
    throw argumentError({ kind: error }, place);
  const { location, type } = named.place;
  const usage = new Usage(hasAbility(type, COPY) ? 'copy' : 'move', location);
  return { place, form: { kind: 'use', usage }, type };
}

/** A coin of any currency, by mutable reference. @throws ExecutionError CommandArgumentError */
export function coinArgument({ named, place }: NamedArgument): {
  readonly argument: TypedArgument;
  readonly coin: ValueType;
} {
  const mismatch = (): Error => argumentError({ kind: 'TypeMismatch' }, place);
  if (named.kind === 'bytes') throw mismatch();
  const { location, type } = named.place;
  if (type.by === 'reference' || !isCoin(type.of)) throw mismatch();
  const form: ArgumentForm =
    type.by === 'value'
      ? { kind: 'borrow', mutable: true, location }
      : { kind: 'use', usage: new Usage('copy', location) };
  return {
    argument: { place, form, type: { by: 'mutableReference', of: type.of } },
    coin: type.of,
  };
}

function isCoin({ tag }: ValueType): boolean {
  return tag.kind === 'struct' && coinCurrency(tag) !== undefined;
}

/** Arguments that are all of one type. */
export function argumentsOfType(
  places: Places,
  named: readonly NamedArgument[],
  type: ValueType,
): readonly TypedArgument[] {
  return named.map((each) => argument(places, each, byValue(type)));
}

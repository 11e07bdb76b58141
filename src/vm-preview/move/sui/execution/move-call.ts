/** Calls of Move functions by commands, and of `init` (programmable_transactions/execution.rs). */
import { type ModuleId, moduleId, type Type } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import type { StructTag } from '../../core/types';
import { Address } from '../../core/values';
import type { Argument, MoveCall } from '../data';
import { idOf, type LinkContext, type SuiPackage } from '../linkage';
import { argumentError, ExecutionError } from './error';
import { pureProblem } from './pure';
import type { Session } from './session';
import {
  functionOf,
  INIT,
  isObjectType,
  type Signature,
  signatureOf,
  txContextKind,
  valueTypeOf,
} from './signature';
import { loadTypeArgument } from './type-argument';
import { bytesOf, type PtbValue, type ValueType, wasUsedInNonEntry } from './value';

/** BCS of the one value of a one-time witness. */
const WITNESS = Uint8Array.of(1);
const RECEIVING = '0x2::transfer::Receiving';

/** @throws ExecutionError, MoveError, and where state is missing */
export function callFunction(session: Session, call: MoveCall): readonly PtbValue[] {
  const tags = call.typeArguments.map((tag, i) => loadTypeArgument(session, tag, i).tag);
  const found = session.linkage.packages.find(idOf(call.package));
  if (found === null)
    throw new MoveError('LINKER_ERROR', {
      reason: `Cannot find link context ${idOf(call.package)} in store`,
    });
  const context = session.linkage.context(found, tags);
  const module = moduleId(Address.parse(found.originalId), call.module);
  const types = tags.map((tag) => context.typeOf(tag));
  return new Call(session, context, found, module).run(call.function, types, call.args, false);
}

/** Runs `init` of a module of a package that was just published. */
export function callInit(
  session: Session,
  context: LinkContext,
  published: SuiPackage,
  module: string,
): void {
  const id = moduleId(Address.parse(published.originalId), module);
  new Call(session, context, published, id).run(INIT, [], [], true);
}

class Call {
  /** What is borrowed mutably: the type that it goes back with. */
  readonly #borrowed = new Map<number, ValueType>();

  constructor(
    private readonly session: Session,
    private readonly context: LinkContext,
    private readonly linked: SuiPackage,
    private readonly module: ModuleId,
  ) {}

  run(
    name: string,
    typeArguments: readonly Type[],
    args: readonly Argument[],
    isInit: boolean,
  ): readonly PtbValue[] {
    const { session, context } = this;
    session.enter(context);
    const declared = functionOf(context, this.module, name);
    const signature = signatureOf(context, declared, typeArguments, isInit);
    const { instance, parameters, results } = signature;
    const resultTypes = results.map((type) => valueTypeOf(context, type));
    const given = this.#arguments(signature, args);
    const output = session.run(instance, parameters, results, given);
    const last = parameters.length - 1;
    if (txContextKind(parameters[last]) === 'mutable') {
      const updated = output.mutated.get(last);
      if (updated !== undefined) session.parts.transaction.update(updated);
    }
    session.takeEvents(instance, Address.parse(this.#eventPackage()).bytes);
    const isNonEntry = signature.kind === 'nonEntry';
    for (const [place, type] of this.#borrowed) {
      const bytes = output.mutated.get(place);
      const argument = args[place];
      if (bytes !== undefined && argument !== undefined)
        session.values.restore(argument, this.#value(type, bytes, isNonEntry));
    }
    return resultTypes.flatMap((type, i) => {
      const bytes = output.results[i];
      return bytes === undefined ? [] : [this.#value(type, bytes, true)];
    });
  }

  #eventPackage(): string {
    const relocates = this.session.protocol.feature('relocate_event_module');
    return relocates ? this.linked.id : this.module.address;
  }

  /** BCS for each parameter, the ones that the chain gives among them. */
  #arguments(signature: Signature, args: readonly Argument[]): readonly Uint8Array[] {
    const { kind, parameters } = signature;
    const contextKind = txContextKind(parameters.at(-1));
    const hasWitness = kind === 'init' && parameters.length === 2;
    const count = args.length + Number(hasWitness) + Number(contextKind !== 'none');
    if (count !== parameters.length)
      throw new ExecutionError(
        { kind: 'ArityMismatch' },
        `Expected ${parameters.length} arguments, but found ${count}`,
      );
    const given = args.map((argument, place) => {
      const type = parameters[place];
      if (type === undefined) throw new ExecutionError({ kind: 'ArityMismatch' });
      return this.#argument(signature, type, argument, place);
    });
    return [
      ...(hasWitness ? [WITNESS] : []),
      ...given,
      ...(contextKind === 'none' ? [] : [this.session.parts.transaction.encode()]),
    ];
  }

  #argument({ kind }: Signature, type: Type, argument: Argument, place: number): Uint8Array {
    const { values } = this.session;
    const target = type.kind === 'reference' ? type.to : type;
    const expected = valueTypeOf(this.context, target);
    const value =
      type.kind !== 'reference'
        ? values.byValue('moveCall', place, argument)
        : type.mutable
          ? values.borrowMut(place, argument)
          : values.borrow(place, argument, expected.key);
    if (type.kind === 'reference' && type.mutable)
      this.#borrowed.set(place, value.kind === 'object' ? value.type : expected);
    if ((kind === 'privateEntry' || kind === 'init') && wasUsedInNonEntry(value))
      throw argumentError({ kind: 'InvalidArgumentToPrivateEntryFunction' }, place);
    requireType(value, target, expected.key, place);
    return bytesOf(value);
  }

  #value(type: ValueType, bytes: Uint8Array, usedInNonEntry: boolean): PtbValue {
    if (isObjectType(type)) return this.session.objectValue(structTag(type), usedInNonEntry, bytes);
    return { kind: 'raw', type, usedInNonEntry, bytes };
  }
}

function structTag({ tag }: ValueType): StructTag {
  if (tag.kind !== 'struct') throw new TypeError('an object is a struct');
  return tag;
}

/**
 * Holds a value to the type that it is taken for.
 *
 * @param type - of a context
 * @param key - of the same type, as values have it
 * @throws ExecutionError CommandArgumentError
 */
export function requireType(value: PtbValue, type: Type, key: string, place: number): void {
  const mismatch = (): ExecutionError => argumentError({ kind: 'TypeMismatch' }, place);
  switch (value.kind) {
    case 'pure': {
      const problem = pureProblem(value.bytes, type);
      if (problem !== undefined) throw argumentError({ kind: problem }, place);
      return;
    }
    case 'raw':
    case 'object':
      if (value.type.key !== key) throw mismatch();
      return;
    case 'receiving':
      if (value.assigned !== undefined && value.assigned !== key) throw mismatch();
      if (type.kind !== 'datatype' || type.datatype.key !== RECEIVING) throw mismatch();
  }
}

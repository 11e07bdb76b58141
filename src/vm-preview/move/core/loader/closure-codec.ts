/** BCS of functions as values (move-vm-types, function_values_impl.rs). */
import type { BcsReader, BcsWriter } from '../bcs';
import { MoveError } from '../runtime/errors';
import { readTypeTag, writeTypeTag } from '../types';
import { Address, Closure, illTyped, type Layout, type Value } from '../values';
import { FunctionInstance } from './function';
import type { FunctionName } from './function-order';
import { readLayout, writeLayout } from './layout-codec';
import type { Loader } from './loader';
import { moduleId } from './module-id';
import { StoredFunction } from './stored-function';
import { typeTagOf } from './type-tag';
import type { ValueCodec } from './value-codec';

const FORMAT = 1;
/** Version, module, name, type arguments and mask come before what is captured. */
const HEAD = 5;

/** A function value is a sequence: its head, then a layout and a value for each captured argument. */
export class ClosureCodec {
  constructor(
    private readonly loader: Loader,
    private readonly values: ValueCodec,
  ) {}

  read(reader: BcsReader, depth: number): Closure {
    const start = reader.position;
    const length = reader.length('function value');
    const format = reader.u16('format of a function value');
    if (format !== FORMAT) throw reader.fail('variant', 'format of a function value', start);
    const address = Address.fromBytes(reader.take(32, 'module address of a function value'));
    const module = moduleId(address, reader.string('module of a function value'));
    const name = reader.string('name of a function value');
    const typeArguments = reader
      .list('type arguments of a function value', (inner) => readTypeTag(inner))
      .map((tag) => this.loader.typeOf(tag));
    const mask = reader.u64('mask of a function value');
    const count = bitCount(mask);
    if (length !== HEAD + 2 * count) throw reader.fail('length', 'function value', start);
    const layouts: Layout[] = [];
    const captured: Value[] = [];
    for (let i = 0; i < count; i++) {
      const layout = readLayout(reader);
      layouts.push(layout);
      captured.push(this.values.read(reader, layout, depth + 1));
    }
    return new Closure(new StoredFunction(module, name, typeArguments), mask, captured, layouts);
  }

  /** @throws MoveError VALUE_SERIALIZATION_ERROR for a function that cannot be stored */
  write(writer: BcsWriter, { target, mask, captured, layouts }: Closure, depth: number): void {
    if (layouts === undefined)
      throw new MoveError('VALUE_SERIALIZATION_ERROR', {
        reason: 'Captured layouts must always be computed for storable closures',
      });
    const { module, name, typeArguments } = nameOf(target);
    if (module === undefined) throw illTyped('stores the function of a script');
    writer.length(HEAD + 2 * captured.length).u16(FORMAT);
    writer.bytes(Address.parse(module.address).bytes).string(module.name).string(name);
    writer.list(typeArguments, (inner, type) => writeTypeTag(inner, typeTagOf(type)));
    writer.u64(mask);
    for (const [i, value] of captured.entries()) {
      const layout = layouts[i];
      if (layout === undefined) throw illTyped('stores a function without its layouts');
      writeLayout(writer, layout);
      this.values.write(writer, value, layout, depth + 1);
    }
  }
}

function nameOf(target: Closure['target']): FunctionName {
  if (target instanceof FunctionInstance || target instanceof StoredFunction) return target;
  throw illTyped('stores a function that no loader made');
}

/** Number of captured arguments. */
export function bitCount(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest > 0n; rest >>= 1n) count += Number(rest & 1n);
  return count;
}

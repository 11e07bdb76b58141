/** 0x1::table (aptos-move/framework/table-natives). Type arguments are key, value and the value's box. */
import { aborted, type Native, type NativeCall, nativesOf } from '../../../core/runtime';
import { asAddress, illTyped, type Value } from '../../../core/values';
import { type Prices, pricesOf } from '../charge';
import type { NativeContext, TableItem } from '../context';
import { layoutOf } from '../layout';
import { limitedTypeTag } from '../type-tag';
import { encodeValue, referred, typeArgument } from '../values';
import { GAS_VERSION } from '../versions';

/** The place in a category that aborts have had since before there were categories. */
const ALREADY_EXISTS = (100n << 8n) + 7n;
const NOT_FOUND = (101n << 8n) + 7n;

const PAGE_SIZE = 4096;
const KEY = 0;
const VALUE = 1;
const BOX = 2;

/** Items as natives find them; what finding costs is charged after the item was used, as on chain. */
class TableAccess {
  readonly #prices: Prices;

  constructor(private readonly context: NativeContext) {
    this.#prices = pricesOf(context, 'table');
  }

  /**
   * @param name - of the prices
   * @param use - what is done with the item; its error comes after the charges
   */
  run(
    name: string,
    { args: [table, key], typeArguments, loader }: NativeCall,
    use: (item: TableItem) => readonly Value[] | undefined,
    absence: bigint,
  ): readonly Value[] {
    const { context } = this;
    this.#prices.base(`${name}.base`);
    const [keyType, boxType] = [typeArgument(typeArguments, KEY), typeArgument(typeArguments, BOX)];
    layoutOf(context, loader.types, keyType);
    layoutOf(context, loader.types, boxType);
    if (key === undefined) throw illTyped('looks into a table without a key');
    const bytes = encodeValue(loader, key, keyType);
    const item = context.tables.item(handleOf(table), bytes, boxType);
    const found = item.cell.exists;
    const value = found ? item.cell.borrow().get() : undefined;
    this.#prices.each(`${name}.per_byte_serialized`, bytes.length);
    if (value !== undefined && this.#countsMemory(item)) context.gas.countHeap(value);
    this.#chargeLoad(item.loadedBytes, found);
    const results = use(item);
    if (results === undefined) throw aborted(absence);
    return results;
  }

  /** Since a fix, a value that is in memory is not counted again. */
  #countsMemory({ loadedBytes }: TableItem): boolean {
    const { timedFeatures } = this.context;
    if (!timedFeatures.isEnabled('FixMemoryUsageTracking')) return false;
    return (
      loadedBytes !== undefined || !timedFeatures.isEnabled('FixTableNativesMemoryDoubleCounting')
    );
  }

  #chargeLoad(loadedBytes: number | undefined, found: boolean): void {
    const { gas } = this.context;
    this.#prices.base('common.load.base');
    if (loadedBytes === undefined) return;
    if (!found) {
      gas.charge(gas.price('table.common.load.base_new') + gas.price('table.common.load.failure'));
      return;
    }
    const charged =
      gas.version >= GAS_VERSION.pagedTableLoads
        ? Math.ceil(loadedBytes / PAGE_SIZE) * PAGE_SIZE
        : loadedBytes;
    this.#prices.basePlus('common.load.base_new', 'common.load.per_byte', charged);
  }
}

/** A table holds its handle as its field. */
function handleOf(table: Value | undefined) {
  return asAddress(referred(table).fields[0]);
}

export const tableNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'table');
  const access = new TableAccess(context);
  const borrow: Native = (call) =>
    access.run(
      'borrow_box',
      call,
      ({ cell }) => (cell.exists ? [cell.borrow()] : undefined),
      NOT_FOUND,
    );
  return nativesOf('0x1::table', {
    new_table_handle: ({ typeArguments }) => {
      base('new_table_handle.base');
      const [key, value] = [typeArgument(typeArguments, KEY), typeArgument(typeArguments, VALUE)];
      limitedTypeTag(key);
      limitedTypeTag(value);
      return [context.tables.create(key, value)];
    },
    add_box: (call) =>
      access.run(
        'add_box',
        call,
        ({ cell }) => {
          const value = call.args[2];
          if (value === undefined) throw illTyped('adds nothing to a table');
          if (cell.exists) return undefined;
          cell.moveTo(value);
          return [];
        },
        ALREADY_EXISTS,
      ),
    borrow_box: borrow,
    borrow_box_mut: borrow,
    contains_box: (call) =>
      access.run('contains_box', call, ({ cell }) => [cell.exists], NOT_FOUND),
    remove_box: (call) =>
      access.run(
        'remove_box',
        call,
        ({ cell }) => (cell.exists ? [cell.moveFrom()] : undefined),
        NOT_FOUND,
      ),
    destroy_empty_box: ({ args: [table], typeArguments, loader }) => {
      base('destroy_empty_box.base');
      layoutOf(context, loader.types, typeArgument(typeArguments, KEY));
      layoutOf(context, loader.types, typeArgument(typeArguments, BOX));
      context.tables.remove(handleOf(table));
      return [];
    },
    /** Leaves the items where they are. */
    drop_unchecked_box: () => {
      base('drop_unchecked_box.base');
      return [];
    },
  });
};

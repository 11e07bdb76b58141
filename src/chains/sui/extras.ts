/**
 * What a preview says besides the outcome: names of coins and objects, what accounts have in all, whether
 * a recipient was ever used, how old a package is. A node that does not tell leaves it unsaid.
 */

import { LookaheadError } from '../../vm-preview/errors';
import { BcsReader } from '../../vm-preview/move/core/bcs';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import { inParallel } from '../concurrency';
import type { DisplayTemplates, Hints } from './cache';
import type { Balance, SuiNode } from './node';

/** Questions at the same time, and of each kind. */
const WIDTH = 6;
const MAX_COINS = 8;
const MAX_DISPLAYS = 6;
const MAX_BALANCES = 16;
const MAX_ADDRESSES = 4;
const MAX_PACKAGES = 4;
const MAX_FIELDS = 64;

export interface Wishes {
  readonly coins: readonly string[];
  /** Types of objects. */
  readonly displays: readonly string[];
  readonly balances: readonly { readonly address: string; readonly coinType: string }[];
  readonly addresses: readonly string[];
  readonly packages: readonly string[];
}

export class Extras {
  readonly #balances = new Map<string, Balance>();
  readonly #used = new Map<string, boolean>();
  readonly #published = new Map<string, bigint>();

  /** Undefined where it is not known. */
  balance(address: string, coinType: string): Balance | undefined {
    return this.#balances.get(`${address} ${coinType}`);
  }

  /** Who holds something was given it. */
  isUsed(address: string): boolean | undefined {
    const holds = [...this.#balances].some(
      ([key, { total }]) => key.startsWith(`${address} `) && total > 0n,
    );
    return holds || this.#used.get(address);
  }

  publishedMs(packageId: string): bigint | undefined {
    return this.#published.get(packageId);
  }

  /** @throws StateError when the node is not reached or what it says cannot be read */
  async load(wishes: Wishes, node: SuiNode, checkpoint: bigint, hints: Hints): Promise<void> {
    const coins = wishes.coins.filter((type) => hints.coins.get(type) === undefined);
    const displays = wishes.displays.filter((type) => hints.displays.get(type) === undefined);
    const balances = wishes.balances.slice(0, MAX_BALANCES);
    const tasks: (() => Promise<void>)[] = [
      ...coins.slice(0, MAX_COINS).map((type) => async () => {
        const words = await node.coin(type);
        if (words === null) return;
        const { decimals, name, symbol } = words;
        hints.coins.set(type, {
          decimals,
          ...(symbol === undefined ? {} : { symbol }),
          ...(name === undefined ? {} : { name }),
        });
      }),
      ...displays.slice(0, MAX_DISPLAYS).map((type) => async () => {
        const display = await node.singleton(`0x2::display::Display<${type}>`);
        hints.displays.set(type, display === null ? [] : templatesOf(display));
      }),
      ...wishes.addresses.slice(0, MAX_ADDRESSES).map((address) => async () => {
        const used = await node.isUsed(address);
        if (used !== undefined) this.#used.set(address, used);
      }),
      ...wishes.packages.slice(0, MAX_PACKAGES).map((id) => async () => {
        const time = await node.publishedMs(id);
        if (time !== undefined) this.#published.set(id, time);
      }),
    ];
    if (balances.length > 0) {
      tasks.push(async () => {
        const found = await node.balances(balances, checkpoint);
        balances.forEach(({ address, coinType }, i) => {
          const balance = found[i];
          if (balance !== undefined) this.#balances.set(`${address} ${coinType}`, balance);
        });
      });
    }
    await inParallel(tasks, WIDTH, (task) => task());
  }
}

/** `Display { id, fields: VecMap<String, String>, version }`; none where it is no such object. */
function templatesOf({ data }: SuiObject): DisplayTemplates {
  if (data.kind !== 'move') return [];
  const reader = new BcsReader(data.contents);
  try {
    reader.take(32, 'id');
    const templates = reader.list(
      'fields',
      (inner) => [inner.string('field'), inner.string('template')] as const,
      MAX_FIELDS,
    );
    reader.u16('version');
    reader.end('a display');
    return templates;
  } catch (error) {
    if (error instanceof LookaheadError) return [];
    throw error;
  }
}

import { elfError, symbolHashCollision } from './elf-error';
import { functionHash, symbolHash } from './murmur3';

/** The key of the function where a program starts. */
export const ENTRYPOINT_HASH = symbolHash('entrypoint');

/** A program's functions by hash. Source: sbpf `src/program.rs`, `register_function_hashed_legacy`. */
export class FunctionRegistry {
  /** pc by key. */
  readonly functions = new Map<number, number>();
  readonly #syscalls: ReadonlySet<number>;

  constructor(syscalls: ReadonlySet<number>) {
    this.#syscalls = syscalls;
  }

  /**
   * @returns the key of the function that starts at `pc`
   * @throws ElfError SymbolHashCollision with a syscall or with another function
   */
  register(pc: number): number {
    return this.#insert(functionHash(pc), pc);
  }

  /** As `register`, for the function that is called `entrypoint`. */
  registerEntrypoint(pc: number): number {
    return this.#insert(ENTRYPOINT_HASH, pc);
  }

  #insert(key: number, pc: number): number {
    if (this.#syscalls.has(key)) throw symbolHashCollision(key);
    const known = this.functions.get(key);
    if (known === undefined) this.functions.set(key, pc);
    else if (known !== pc) throw symbolHashCollision(key);
    return key;
  }

  /** The entry point of the header replaces whatever the relocations called so. */
  setEntrypoint(entry: bigint, textAddress: bigint): number {
    const offset = entry > textAddress ? entry - textAddress : 0n;
    if (offset % 8n !== 0n) throw elfError('InvalidEntrypoint');
    this.functions.delete(ENTRYPOINT_HASH);
    const pc = Number(offset / 8n);
    this.registerEntrypoint(pc);
    return pc;
  }
}

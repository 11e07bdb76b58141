/** What a test has published so far, to be compiled with what it publishes next (framework.rs). */
import type { Checkout } from './checkout';
import { CompileError, compile, type MovePackage } from './compile';
import { frameworkSources, neededSources } from './framework';
import type { Naming } from './naming';

/** What tests are compiled with is called development; the compiler takes no newer edition by name than this. */
const EDITION = '2024.alpha';
const FRAMEWORK_EDITION = '2024.beta';

export interface ModuleText {
  /** Name or number of its address. */
  readonly address: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface CompiledPackage {
  readonly modules: readonly Uint8Array[];
  /** The named address that the modules are under, if there is one. */
  readonly name: string | undefined;
}

export class TestSources {
  readonly #stored: string[] = [];

  constructor(
    private readonly checkout: Checkout,
    private readonly naming: Naming,
  ) {}

  store(text: string): void {
    this.#stored.push(text);
  }

  /** @throws CompileError */
  async compile(text: string): Promise<CompiledPackage> {
    const own = modulesIn(text);
    const shadowed = new Set(own.map((module) => this.#key(module)));
    const earlier = this.#stored.map((stored) => this.#without(stored, shadowed));
    const all = [text, ...earlier].join('\n');
    const dependencies: Record<string, MovePackage> = {};
    if (earlier.length > 0)
      dependencies['Earlier'] = {
        sources: Object.fromEntries(earlier.map((stored, i) => [`sources/task${i}.move`, stored])),
        edition: EDITION,
      };
    const using = (framework: Readonly<Record<string, string>>): Promise<readonly Uint8Array[]> =>
      compile({
        root: { sources: { 'sources/task.move': text }, edition: EDITION },
        dependencies: {
          ...dependencies,
          Framework: { sources: framework, edition: FRAMEWORK_EDITION },
        },
        addresses: this.naming.forCompiler(all),
      });
    const modules = await using(neededSources(this.checkout, all)).catch((error: unknown) => {
      if (!(error instanceof CompileError)) throw error;
      return using(frameworkSources(this.checkout));
    });
    const name = own[0]?.address;
    return { modules, name: name !== undefined && /^[a-zA-Z_]/.test(name) ? name : undefined };
  }

  /** Sources shadow dependencies: what is compiled anew is left out. */
  #without(text: string, shadowed: ReadonlySet<string>): string {
    let out = text;
    for (const module of modulesIn(text).reverse())
      if (shadowed.has(this.#key(module))) out = out.slice(0, module.start) + out.slice(module.end);
    return out;
  }

  #key({ address, name }: ModuleText): string {
    const hex = /^[0-9]/.test(address)
      ? BigInt(address).toString(16).padStart(64, '0')
      : this.naming.address(address);
    return `${hex}::${name}`;
  }
}

const MODULE = /\bmodule\s+([a-zA-Z0-9_]+)::([a-zA-Z_][a-zA-Z0-9_]*)\s*([{;])/g;
/** Where braces are none of the program's. */
const NO_CODE = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?"(?:[^"\\]|\\.)*"/g;

/** Modules of a source file, in its order. */
export function modulesIn(text: string): ModuleText[] {
  const code = text.replace(NO_CODE, (found) => found.replace(/[^\n]/g, ' '));
  const found = [...code.matchAll(MODULE)];
  return found.map((match, i) => {
    const [whole, address = '', name = '', opening] = match;
    const start = match.index;
    const next = found[i + 1]?.index ?? text.length;
    const end = opening === ';' ? next : closing(code, start + whole.length);
    return { address, name, start: withAttributes(code, start), end };
  });
}

/** Place after the brace that closes the one before a place. */
function closing(code: string, start: number): number {
  let depth = 1;
  for (let at = start; at < code.length; at++) {
    if (code[at] === '{') depth++;
    if (code[at] === '}') depth--;
    if (depth === 0) return at + 1;
  }
  return code.length;
}

function withAttributes(code: string, start: number): number {
  const [before] = /(?:#\[[^\]]*\]\s*)*$/.exec(code.slice(0, start)) ?? [''];
  return start - before.length;
}

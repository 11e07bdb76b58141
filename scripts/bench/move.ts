/** Instructions a second of our Move VM and of the real one in `@zktx.io/sui-move-builder`, on the same code. */
import {
  type CompiledModule,
  decodeModule,
  SUI_FORMAT,
} from '../../src/vm-preview/move/core/format';
import { freeGas, type Gas } from '../../src/vm-preview/move/core/gas/gas';
import { Loader, moduleId } from '../../src/vm-preview/move/core/loader';
import { Interpreter, SUI_VM } from '../../src/vm-preview/move/core/runtime';
import { Address } from '../../src/vm-preview/move/core/values';
import { NEWEST_KNOWN, ProtocolConfig } from '../../src/vm-preview/move/sui';
import { SuiGas } from '../../src/vm-preview/move/sui/gas/sui-gas';
import { median, report, timed } from './report';

export interface MoveSpeed {
  readonly loop: string;
  /** Instructions a second, gas metered as Sui does. */
  readonly ours: number;
  readonly real: number;
  /** Ours over the real one. */
  readonly ratio: number;
}

const ADDRESS = '0x42';

/** Bodies of loops over `i` that add up to `sum`; the first is the one of the aim. */
const LOOPS: Readonly<Record<string, string>> = {
  arithmetic: 'let x = i * 7 + 3; sum = (sum ^ x) + (x % 5); if (sum > 1000000) { sum = sum / 3 };',
  vector:
    'let x = *vector::borrow(&v, i % 16); *vector::borrow_mut(&mut v, (i + 1) % 16) = x + 1; sum = sum + x;',
  calls: 'sum = mix(sum, i);',
};

function source(body: string, rounds: number): string {
  return `module bench::loops {
  #[allow(unused_const)]
  const ROUNDS: u64 = ${rounds};
  fun mix(a: u64, b: u64): u64 { (a ^ b) + 1 }
  #[allow(unused_mut_ref, unused_let_mut, unused_variable)]
  public fun run(rounds: u64): u64 {
    let mut v = vector[1u64,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16];
    let mut i = 0u64;
    let mut sum = mix(0, 0);
    while (i < rounds) { ${body} i = i + 1; };
    sum
  }
  #[test] fun test_run() { assert!(run(ROUNDS) != 1, 1); }
}`;
}

/** What the compiler asks of a standard library. */
const STDLIB: Readonly<Record<string, string>> = {
  'sources/unit_test.move': 'module std::unit_test { public fun poison() {} }',
  'sources/vector.move': `module std::vector {
  #[bytecode_instruction] native public fun empty<E>(): vector<E>;
  #[bytecode_instruction] native public fun borrow<E>(v: &vector<E>, i: u64): &E;
  #[bytecode_instruction] native public fun borrow_mut<E>(v: &mut vector<E>, i: u64): &mut E;
}`,
};

const MANIFEST = `[package]
name = "bench"
edition = "2024.beta"
implicit-dependencies = false
[dependencies]
[addresses]
bench = "${ADDRESS}"
std = "0x1"
`;

const input = (body: string, rounds: number) => ({
  files: { 'Move.toml': MANIFEST, 'sources/loops.move': source(body, rounds), ...STDLIB },
  silenceWarnings: true,
  ansiColor: false,
});

/** Rounds of the real VM's run, less those of a run that only starts it. */
const REAL_ROUNDS = [20_000, 320_000] as const;
const OUR_ROUNDS = 400_000;
const TURNS = 5;

/** Sui's own, with all the gas that it can count. */
function suiGas(): Gas {
  const { model, sizesConstants } = GAS;
  return new SuiGas({ model, sizesConstants, budget: BigInt(Number.MAX_SAFE_INTEGER) / 1000n });
}

const NEWEST = ProtocolConfig.ofVersion(NEWEST_KNOWN, 'mainnet');
const GAS = {
  model: NEWEST.limit('gas_model_version'),
  sizesConstants: NEWEST.feature('charge_ld_const_abstract_size'),
};

/** Counts instructions. */
function counter(): { readonly gas: Gas; readonly used: () => number } {
  let used = 0;
  return {
    gas: {
      ...freeGas(),
      instruction() {
        used++;
      },
    },
    used: () => used,
  };
}

export async function benchMove(): Promise<readonly MoveSpeed[]> {
  const builder = await import('@zktx.io/sui-move-builder/full');
  const speeds: MoveSpeed[] = [];
  for (const [loop, body] of Object.entries(LOOPS)) {
    const compiled = await builder.dumpMovePackage(input(body, 1));
    if ('error' in compiled) throw new Error(compiled.error);
    const ours = ourLoop(
      compiled.modules.map((text) => decodeModule(Buffer.from(text, 'base64'), SUI_FORMAT)),
    );
    const run = async (rounds: number): Promise<number> => {
      const start = performance.now();
      const result = await builder.testMovePackage(input(body, rounds));
      if ('error' in result || !result.passed) throw new Error('the real VM fails the loop');
      return performance.now() - start;
    };
    const [few, many] = REAL_ROUNDS;
    const perRound = ours.instructions(1000) / 1000;
    ours.run(OUR_ROUNDS);
    await run(few);
    const own: number[] = [];
    const real: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      own.push((OUR_ROUNDS * perRound) / timed(() => ours.run(OUR_ROUNDS)));
      const start = await run(few);
      real.push(((many - few) * perRound) / ((await run(many)) - start));
    }
    const [mine, theirs] = [median(own) * 1000, median(real) * 1000];
    const ratio = mine / theirs;
    speeds.push({ loop, ours: mine, real: theirs, ratio });
    report(
      `Move, ${loop}, gas as on Sui, million instructions a second`,
      `${(mine / 1e6).toFixed(1)}, real ${(theirs / 1e6).toFixed(1)}, ratio ${ratio.toFixed(2)}`,
    );
  }
  return speeds;
}

interface OurLoop {
  run(rounds: number): void;
  instructions(rounds: number): number;
}

function ourLoop(modules: readonly CompiledModule[]): OurLoop {
  const byName = new Map(
    modules.map((module) => {
      const handle = module.moduleHandles[module.selfModule];
      return [module.identifiers[handle?.name ?? 0] ?? '', module];
    }),
  );
  const loader = new Loader({ module: ({ name }) => byName.get(name) ?? null }, SUI_VM);
  const declared = loader.function(moduleId(Address.parse(ADDRESS), 'loops'), 'run');
  const run = (rounds: number, gas: Gas): void => {
    const maxInstructions = Number.MAX_SAFE_INTEGER;
    const interpreter = new Interpreter({ loader, natives: new Map(), gas, maxInstructions });
    interpreter.run(declared.instance([]), [rounds]);
  };
  return {
    run: (rounds) => run(rounds, suiGas()),
    instructions: (rounds) => {
      const { gas, used } = counter();
      run(rounds, gas);
      return used();
    },
  };
}

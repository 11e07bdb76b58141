/** Programs for transactions that cost much or go far, and what harmed scripts are made of. */
import type { CompiledModule, CompiledScript } from '../../../src/vm-preview/move/core/format';
import { assemble } from '../../support/masm';

/** Each script takes a signer and a number. */
const SCRIPTS: readonly string[] = [
  `script
fun main(account: signer, amount: u64)
    ret
`,
  `script
fun main(account: &signer, amount: u64)
    branch again
again: branch again
`,
  `script
fun main(account: &signer, amount: u64)
    local sum: u64
    ld_u64 1
    st_loc sum
again: copy_loc sum
    ld_u64 3
    mul
    ld_u64 65521
    mod
    copy_loc amount
    xor
    st_loc sum
    branch again
`,
  `script
fun main(account: &signer, amount: u64)
    local all: vector<u64>
    vec_pack <u64>, 0
    st_loc all
again: mut_borrow_loc all
    copy_loc amount
    vec_push_back <u64>
    branch again
`,
  `script
fun main(account: &signer, amount: u64)
    local all: vector<vector<u64>>
    vec_pack <vector<u64>>, 0
    st_loc all
again: mut_borrow_loc all
    copy_loc amount
    copy_loc amount
    vec_pack <u64>, 2
    vec_push_back <vector<u64>>
    copy_loc all
    pop
    branch again
`,
  `script
fun main(account: &signer, amount: u64)
    local all: vector<u8>
    vec_pack <u8>, 0
    st_loc all
    mut_borrow_loc all
    ld_u8 7
    vec_push_back <u8>
again: mut_borrow_loc all
    copy_loc all
    call 0x1::vector::append<u8>
    branch again
`,
  `script
fun main(account: &signer, amount: u64)
    move_loc account
    ld_const<address> 0xb0b
    move_loc amount
    call 0x1::aptos_account::transfer
    ret
`,
  `script
fun main(account: &signer, amount: u64)
    move_loc amount
    abort
`,
];

/** Modules of a stranger: endless, deep, and with state of their own. */
const modules = (address: string): readonly string[] => [
  `module ${address}::endless

fun init_module(account: &signer)
    branch again
again: branch again
`,
  `module ${address}::deep

fun init_module(account: &signer)
    ld_u64 0
    call down<u64>
    pop
    ret

fun down<T: drop>(n: u64): u64
    move_loc n
    ld_u64 1
    add
    call down<vector<T>>
    ret
`,
  `module ${address}::down

fun init_module(account: &signer)
    ld_u64 0
    call down
    pop
    ret

fun down(n: u64): u64
    copy_loc n
    ld_u64 1
    add
    call down
    move_loc n
    add
    ret
`,
  `module ${address}::counter

struct Counter has key
    value: u64

fun init_module(account: &signer)
    move_loc account
    ld_u64 41
    pack Counter
    move_to Counter
    ret

entry public fun bump(account: address) acquires Counter
    local value: &mut u64
    move_loc account
    mut_borrow_global Counter
    mut_borrow_field Counter, value
    st_loc value
    copy_loc value
    read_ref
    ld_u64 1
    add
    move_loc value
    write_ref
    ret
`,
];

export interface Programs {
  readonly scripts: readonly CompiledScript[];
  readonly modules: readonly CompiledModule[];
}

/**
 * @param context - the chain's modules, by address (64 digits) and name
 * @param publisher - an address in text
 */
export function programs(
  context: ReadonlyMap<string, CompiledModule>,
  publisher: string,
): Programs {
  const units = [...SCRIPTS, ...modules(publisher)].map((text) => assemble(text, context));
  return {
    scripts: units.filter((unit) => unit.kind === 'script'),
    modules: units.filter((unit) => unit.kind === 'module'),
  };
}

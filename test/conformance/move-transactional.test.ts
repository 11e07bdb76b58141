import { APTOS_FORMAT, encode } from '../../src/vm-preview/move/core/format';
import { AssemblyError, assemble, disassemble, expand } from '../support/masm';
import { Session } from './move-transactional/session';
import { tasksOf } from './move-transactional/tasks';

const SOURCE = `module 0x66::m
struct S<T: store> has key
  v: vector<T>

enum E has copy+drop
  A
    x: u64
  B
    x: u64
    y: |u8|u16 has copy

#[persistent] public fun f<T: copy+drop>(a: &mut u64, t: T): (u64, T)
    local i: u64
    ld_i8 -5
    pop
    copy_loc a
    read_ref
    st_loc i
  again:
    copy_loc i
    ld_u64 0
    eq
    br_true done
    branch again
done: move_loc a
    pop
    ld_u64 7
    pack_variant E, A
    pop
    move_loc i
    move_loc t
    ret
`;

function failureOf(source: string): string {
  try {
    assemble(source, new Map());
  } catch (error) {
    if (error instanceof AssemblyError) return error.message;
    throw error;
  }
  return '';
}

describe('the assembler of the transactional tests', () => {
  it('reads what it prints as the same bytes', () => {
    const module = assemble(SOURCE, new Map());
    // Names of parameters and locals are in neither.
    const again = assemble(disassemble(module), new Map());
    expect(encode(again, APTOS_FORMAT)).toEqual(encode(module, APTOS_FORMAT));
  });

  it('points at what is wrong', () => {
    expect(failureOf('module 0x1::m\nfun f()\n    ld_u8 256\n    ret')).toBe(
      [
        'error: number 256 out of range (max 255)',
        '  ┌─ test:3:5',
        '  │',
        '3 │     ld_u8 256',
        '  │     ^^^^^^^^^',
        '\n',
      ].join('\n'),
    );
    expect(failureOf('module 0x1::m\nfun f()\n    call g\n    ret')).toContain(
      'undeclared function `g` in `0000000000000000000000000000000000000000000000000000000000000001::m`',
    );
  });

  it('expands loops, conditions and macros of templates', () => {
    const template = `{% import "macros" as macros %}
{% for a in ["x", "y"] %}{% for b in ["x", "z"] %}{% if a != b %}{{a}}{{b}} {% endif %}{% endfor %}{% endfor %}`;
    expect(expand(template).trim()).toBe('xz yx yz');
  });
});

describe('a session', () => {
  it('publishes, runs, keeps what was stored and says how a run failed', () => {
    const session = new Session();
    const tasks = tasksOf(`//# publish
module 0x66::n
struct R has key
    v: u64
public fun put(s: &signer, v: u64)
    move_loc s
    move_loc v
    pack R
    move_to R
    ret
public fun get(a: address): u64 acquires R
    move_loc a
    borrow_global R
    borrow_field R, v
    read_ref
    ret

//# run 0x66::n::put --signers 0x42 --args 9

//# run 0x66::n::get --args @0x42

//# run 0x66::n::get --args @0x43
`);
    expect(tasks.map((task) => session.run(task))).toEqual([
      undefined,
      undefined,
      'return values: 9',
      [
        'Error: Function execution failed with VMError: {',
        '    major_status: MISSING_DATA,',
        '    sub_status: None,',
        '    location: 0x66::n,',
        '    indices: [],',
        '    offsets: [(FunctionDefinitionIndex(1), 1)],',
        '}',
      ].join('\n'),
    ]);
  });
});

/**
 * The conformance matrix's own transactions, each in its own world, with more added and things gone
 * wrong: every instruction of every program that the matrix has is searched around.
 */
import { parseTransaction } from '../../../../src/vm-preview/svm';
import { Bench } from '../../svm-matrix/bench';
import type { Cell } from '../../svm-matrix/cell';
import { CELLS } from '../../svm-matrix/cells';
import { type Mode, worldOf } from '../../svm-matrix/modes';
import type { Case, Placed, Scene } from '../case';
import type { Random } from '../random';
import { addInstruction, breakMessage, breakSomeAccount } from './mutations';

/** Signature programs' cells make new keys in each run, so that a case would not come again. */
const UNREPEATABLE = /ed25519|secp256/i;

/** Cells that tell our side what litesvm cannot be told are left to the matrix. */
export const SEARCHED_CELLS: readonly Cell[] = CELLS.filter(
  ({ program, environment }) => environment === undefined && !UNREPEATABLE.test(program),
);

export function cellScene(cell: Cell, mode: Mode): Scene {
  const bench = new Bench(cell.world ?? worldOf(mode));
  const { version, header, staticKeys, recentBlockhash, instructions, lookups, config } =
    parseTransaction(cell.build(bench));
  const base = { version, header, staticKeys, recentBlockhash, instructions, lookups, config };
  const { world } = bench;
  return { world, next };

  function next(random: Random): Case {
    let message: Case['message'] = base;
    const accounts: Placed[] = [];
    for (let count = random.below(3); count > 0; count--) message = addInstruction(random, message);
    const isBroken = random.chance(40);
    for (let count = isBroken ? 1 + random.below(2) : 0; count > 0; count--) {
      if (random.chance(60)) message = breakMessage(random, message);
      else {
        const placed = breakSomeAccount(random, message, world);
        if (placed !== undefined) accounts.push(placed);
      }
    }
    return { message, accounts };
  }
}

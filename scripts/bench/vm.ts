/** The VM beside litesvm. Bundled by `main.ts` as the snap is, since that is what users run. */
import { benchElf } from './elf';
import { benchInterpreter } from './interpreter';
import { benchProgram } from './program';
import { benchSyscalls } from './syscalls';
import { benchTransfer } from './transfer';

export async function benchVm(): Promise<void> {
  await benchInterpreter();
  await benchElf();
  await benchTransfer();
  await benchProgram();
  await benchSyscalls();
}

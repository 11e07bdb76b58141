/** The VMs beside litesvm and the Sui Move VM. Bundled by `main.ts` as the snap is, since that is what users run. */
import { benchElf } from './elf';
import { benchInterpreter } from './interpreter';
import { benchMove } from './move';
import { benchAptos } from './move-aptos';
import { benchSui } from './move-sui';
import { benchProgram } from './program';
import { benchSyscalls } from './syscalls';
import { benchTransfer } from './transfer';

export async function benchVm(): Promise<void> {
  await benchInterpreter();
  await benchElf();
  const transfer = await benchTransfer();
  await benchProgram();
  await benchSyscalls();
  await benchMove();
  benchAptos(transfer);
  await benchSui();
}

/**
 * `npm run bench`: speed as ratios to the native VM in the same run, and sizes. Absolute times are of this
 * machine and this moment; the ratios are what to compare.
 */
import { benchElf } from './elf';
import { benchInterpreter } from './interpreter';
import { benchProgram } from './program';
import { benchSnap } from './snap';
import { benchSnapInChromium } from './snap-chromium';
import { benchTransfer } from './transfer';

async function main(): Promise<void> {
  await benchInterpreter();
  await benchElf();
  await benchTransfer();
  await benchProgram();
  await benchSnap();
  await benchSnapInChromium();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

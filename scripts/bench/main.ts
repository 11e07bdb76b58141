/**
 * `npm run bench`: speed as ratios to the native VM in the same run, and sizes. Absolute times are of this
 * machine and this moment; the ratios are what to compare. The VM is measured in the form that the snap
 * has: bundled and minified, warmed up, ours and native in turns in one process.
 */
import { bundled } from './bundle';
import { benchSnap } from './snap';
import { benchSnapInChromium } from './snap-chromium';

async function main(): Promise<void> {
  console.log('The VM, bundled and minified as in the snap:');
  const vm: typeof import('./vm') = await import(await bundled('vm.ts'));
  await vm.benchVm();
  console.log('The snap:');
  await benchSnap();
  await benchSnapInChromium();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

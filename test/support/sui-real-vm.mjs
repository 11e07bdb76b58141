// Compiles a package (`dump`), or runs its Move unit tests on the Sui VM; its files come as JSON. A process of its
// own, since the VM comes as a module that jest cannot load.
import { readFileSync } from 'node:fs';
import {
  dumpMovePackage,
  initMovePackageBuilder,
  MovePackageFetcher,
  testMovePackage,
} from '@zktx.io/sui-move-builder/full';

class Nothing extends MovePackageFetcher {
  async fetch(url) {
    throw new Error(`${url} is not needed`);
  }
}

const files = JSON.parse(readFileSync(0, 'utf8'));
await initMovePackageBuilder();
const input = {
  files,
  fetcher: new Nothing(),
  network: 'mainnet',
  ansiColor: false,
  silenceWarnings: true,
};
const isDump = process.argv[2] === 'dump';
const result = await (isDump ? dumpMovePackage(input) : testMovePackage(input));
if ('error' in result) process.stdout.write(result.error);
else process.stdout.write(isDump ? JSON.stringify(result.modules) : result.output);

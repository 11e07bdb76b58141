// Runs the Move unit tests of a package, given as JSON of its files, on the Sui VM; a process of its own,
// since the VM comes as a module that jest cannot load.
import { readFileSync } from 'node:fs';
import {
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
const result = await testMovePackage({
  files,
  fetcher: new Nothing(),
  network: 'mainnet',
  ansiColor: false,
});
process.stdout.write('error' in result ? result.error : result.output);

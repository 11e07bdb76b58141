/** What every commit must hold, whatever it changes. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

const TRACKED = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '');

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const SOURCES = TRACKED.filter((path) => /\.(ts|tsx|mjs|css|html|json|md)$/.test(path));

describe('the repository', () => {
  it('locks dependencies without the addresses they came from', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved":/);
  });

  it('tracks a manifest that the build completes', () => {
    const manifest = JSON.parse(read('snap.manifest.json')) as { source?: object };
    expect(JSON.stringify(manifest)).not.toMatch(/shasum|registry/);
  });

  it('tracks nothing that is built', () => {
    expect(TRACKED.filter((path) => /\.generated\.|^dist\/|^build\/|\.wasm$/.test(path))).toEqual(
      [],
    );
  });

  it('leaves nothing for later in the code', () => {
    const marks = new RegExp(
      `\\b(${['TO', 'FIX'].map((mark, i) => mark + ['DO', 'ME'][i]).join('|')})\\b`,
    );
    expect(
      SOURCES.filter((path) => path !== 'package-lock.json' && marks.test(read(path))),
    ).toEqual([]);
  });

  it('has licences that we may ship with for everything the snap bundles', () => {
    const { dependencies } = JSON.parse(read('package.json')) as {
      dependencies: Record<string, string>;
    };
    const foreign = Object.keys(dependencies).filter((name) => {
      const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
        license: string;
      };
      return !/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|Unlicense|\(?MIT)/.test(license);
    });
    expect(foreign).toEqual([]);
  });
});

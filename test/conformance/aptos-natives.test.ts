import { readFileSync } from 'node:fs';
import { REFUSED } from '../../src/vm-preview/move/aptos/natives/refused';
import { listedNatives, NATIVES_PAGE, nativesPage, registeredNatives } from './aptos-natives';
import { declaredNatives } from './aptos-natives-recorded';

const recorded = declaredNatives();

it('the page of natives is what the registry says', () => {
  expect(readFileSync(NATIVES_PAGE, 'utf8')).toBe(nativesPage());
});

it('every native that a framework declares has an entry, carried out or refused with a reason', () => {
  const registered = registeredNatives();
  expect([...listedNatives().keys()].filter((name) => !registered.has(name))).toEqual([]);
  expect([...REFUSED].filter(([, reason]) => reason === '')).toEqual([]);
});

(recorded.size > 0 ? it : it.skip)(
  recorded.size > 0
    ? 'the list of natives is what the recorded frameworks declare'
    : 'skipped: no fixtures',
  () => {
    const networks = [...recorded].map(([name, on]): [string, string] => [name, on.join(' ')]);
    expect(Object.fromEntries(listedNatives())).toEqual(Object.fromEntries(networks));
  },
);

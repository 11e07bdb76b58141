import { readFileSync } from 'node:fs';
import { REFUSED } from '../../src/vm-preview/move/sui/natives/refused';
import { FRAMEWORK_VERSIONS } from '../support/sui-framework';
import { SUI_NATIVES } from '../support/sui-native-names';
import {
  declaredNatives,
  NATIVES_PAGE,
  nativesPage,
  registeredNatives,
  spanOf,
} from './sui-natives';

it('the page of natives is what the registry says', () => {
  expect(readFileSync(NATIVES_PAGE, 'utf8')).toBe(nativesPage());
});

it('every native that a framework declares has an entry, carried out or refused with a reason', () => {
  const registered = registeredNatives();
  expect(Object.keys(SUI_NATIVES).filter((name) => !registered.has(name))).toEqual([]);
  expect([...REFUSED].filter(([, reason]) => reason === '')).toEqual([]);
});

const newest = FRAMEWORK_VERSIONS[FRAMEWORK_VERSIONS.length - 1];
(newest === undefined ? it.skip : it)(
  newest === undefined
    ? 'skipped: no fixtures'
    : 'the list of natives is what the recorded frameworks declare',
  () => {
    const declared = [...declaredNatives(FRAMEWORK_VERSIONS)].map(
      ([name, versions]) => [name, spanOf(versions, newest ?? 0)] as const,
    );
    expect(Object.fromEntries(declared)).toEqual(SUI_NATIVES);
  },
);

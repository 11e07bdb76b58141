/** Sui's natives by the rules of the newest protocol that the VM knows. */
import type { ModuleSource } from '../../../src/vm-preview/move/core/loader';
import { NEWEST_KNOWN, ProtocolConfig } from '../../../src/vm-preview/move/sui';
import {
  type SuiNativesOptions,
  type TestSuiNatives,
  testSuiNatives,
} from '../../support/sui-native-context';

export function newestNatives(
  modules: ModuleSource,
  transaction: SuiNativesOptions['transaction'] = {},
): TestSuiNatives {
  const { features, numbers } = ProtocolConfig.ofVersion(NEWEST_KNOWN, 'other').settings;
  return testSuiNatives({
    version: NEWEST_KNOWN,
    features: [...features].flatMap(([name, isOn]) => (isOn ? [name] : [])),
    limits: Object.fromEntries(numbers),
    modules,
    transaction,
  });
}

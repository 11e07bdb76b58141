/** The rules that a test runs by. */
import { ProtocolConfig, type SuiEnvironment } from '../../../src/vm-preview/move/sui';
import type { Checkout } from './checkout';
import type { Options } from './tasks';

const REFERENCE_GAS_PRICE = 500n;
/** Of no network that has a name. */
const CHAIN = new Uint8Array(32);
/** Tests make what is large on purpose. Microseconds. */
const HOST_BUDGET = 60_000_000;

/** What an option of the test's turns on, by the names of the protocol's settings. */
const TURNED_ON: Readonly<Record<string, readonly string[]>> = {
  'allow-references-in-ptbs': ['allow_references_in_ptbs'],
  'enable-accumulators': ['enable_accumulators'],
  'enable-authenticated-event-streams': [
    'enable_accumulators',
    'enable_authenticated_event_streams',
  ],
  'enable-non-exclusive-write-objects': ['enable_non_exclusive_writes'],
};

/** Overrides before what is asked for. */
class Overlay<V> extends Map<string, V> {
  constructor(
    overrides: Iterable<readonly [string, V]>,
    private readonly below: (name: string) => V | undefined,
  ) {
    super(overrides);
  }

  override get(name: string): V | undefined {
    return super.get(name) ?? this.below(name);
  }
}

/**
 * @param isV2 - whether the second version of programmable transactions' execution is to run, where outputs
 *   of both are recorded
 */
export function environmentOf(
  options: Options | undefined,
  { protocolVersion: newest, hasBothVersions }: Checkout,
  isV2: boolean,
): SuiEnvironment {
  const version = Number(options?.number('protocol-version') ?? newest);
  const base = ProtocolConfig.ofVersion(version, 'other');
  const features = new Map<string, boolean>();
  const numbers = new Map<string, bigint>();
  if (hasBothVersions) features.set('enable_ptb_execution_v2', isV2 && version >= newest);
  for (const [option, names] of Object.entries(TURNED_ON))
    if (options?.has(option)) for (const name of names) features.set(name, true);
  const deletion = options?.one('shared-object-deletion');
  if (deletion !== undefined) features.set('shared_object_deletion', deletion === 'true');
  const most = options?.number('max-gas');
  if (most !== undefined) numbers.set('max_tx_gas', most);
  return {
    epoch: 0n,
    epochTimestampMs: 0n,
    protocolVersion: version,
    protocolConfig: {
      features: new Overlay(features, (name) => base.feature(name)),
      numbers: new Overlay(numbers, (name) => base.number(name)),
    },
    referenceGasPrice: options?.number('reference-gas-price') ?? REFERENCE_GAS_PRICE,
    chainIdentifier: CHAIN,
    hostBudget: HOST_BUDGET,
  };
}

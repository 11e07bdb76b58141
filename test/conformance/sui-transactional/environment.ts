/** The rules that a test runs by. */
import { ProtocolConfig, type SuiEnvironment } from '../../../src/vm-preview/move/sui';
import type { Options } from './tasks';
import { UnsupportedError } from './unsupported';

const REFERENCE_GAS_PRICE = 500n;
/** Of no network that has a name. */
const CHAIN = new Uint8Array(32);
/** Tests make what is large on purpose. Microseconds. */
const HOST_BUDGET = 60_000_000;

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
 * @param newest - protocol version of the checkout
 * @param isV2 - whether the second version of programmable transactions' execution is to run
 */
export function environmentOf(
  options: Options | undefined,
  newest: number,
  isV2: boolean,
): SuiEnvironment {
  if (options?.has('simulator'))
    throw new UnsupportedError('runs on a simulator with validators and checkpoints');
  const version = Number(options?.number('protocol-version') ?? newest);
  const base = ProtocolConfig.ofVersion(version, 'other');
  const features = new Map<string, boolean>();
  const numbers = new Map<string, bigint>();
  features.set('enable_ptb_execution_v2', isV2 && version >= newest);
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
    referenceGasPrice: REFERENCE_GAS_PRICE,
    chainIdentifier: CHAIN,
    hostBudget: HOST_BUDGET,
  };
}

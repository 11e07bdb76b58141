/** Move functions run by our interpreter with our natives, and what they end in as the chain's test runner says it. */
import { decodeModule, SUI_FORMAT } from '../../../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../../../src/vm-preview/move/core/gas/gas';
import { moduleId } from '../../../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../../../src/vm-preview/move/core/loader/module-id';
import {
  Interpreter,
  MOVE_STATUS,
  MoveError,
  type Native,
} from '../../../../../src/vm-preview/move/core/runtime';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { CHANGES, VERSION_1 } from '../../../../../src/vm-preview/move/sui/protocol/versions';
import { hex, testSuiNatives } from '../../../../support/sui-native-context';

/** What the transaction is on both VMs. */
export const TRANSACTION = {
  sender: '0xa11ce',
  digest: '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  epoch: 246,
  epochTimestampMs: 1000,
  referenceGasPrice: 750,
  gasPrice: 751,
  gasBudget: 10_000_000,
  sponsor: '0x5',
} as const;

const ORACLE = Address.parse('0xacc');
const MAX_INSTRUCTIONS = 1_000_000;
/** The rules before sizes were reckoned anew, all of whose features the test runner has. */
const VERSION = 70;
const PROTOCOL = CHANGES.filter(({ version }) => version <= VERSION);
const FEATURES = [
  ...PROTOCOL.flatMap(({ features = {} }) =>
    Object.entries(features).flatMap(([name, isOn]) => (isOn ? [name] : [])),
  ),
  // Of later versions.
  ...['enable_accumulators', 'enable_authenticated_event_streams'],
];
const LIMITS = Object.fromEntries(
  [VERSION_1, ...PROTOCOL.map(({ numbers = {} }) => numbers)].flatMap((numbers) =>
    Object.entries(numbers).map(([name, value]) => [name, BigInt(value)]),
  ),
);

export type OwnOutcome =
  /** BCS of what it gives; undefined where it gives nothing. */
  | { readonly kind: 'value'; readonly bytes: Uint8Array | undefined }
  /** In the words of the chain's test runner. */
  | { readonly kind: 'error'; readonly words: string };

export interface NativeRuns {
  /** @param name - `module::function` of the tests' package */
  run(name: string): OwnOutcome;
  /** Natives that were called by now. */
  readonly called: ReadonlySet<string>;
}

/** @param modules - of the chain's compiler, all that the functions need */
export function nativeRuns(modules: readonly Uint8Array[]): NativeRuns {
  const decoded = modules.map((bytes) => decodeModule(bytes, SUI_FORMAT));
  const byKey = new Map(
    decoded.flatMap((module) => {
      const self = module.moduleHandles[module.selfModule];
      return self === undefined ? [] : [[moduleIdOf(module, self).key, module] as const];
    }),
  );
  const source = { module: ({ key }: { readonly key: string }) => byKey.get(key) ?? null };
  const called = new Set<string>();
  return { called, run };

  function run(name: string): OwnOutcome {
    const [module = '', fn = ''] = name.split('::');
    const { natives, loader } = testSuiNatives({
      modules: source,
      version: VERSION,
      features: FEATURES,
      limits: LIMITS,
      transaction: {
        sender: Address.parse(TRANSACTION.sender),
        sponsor: Address.parse(TRANSACTION.sponsor),
        digest: hex(TRANSACTION.digest),
        epoch: BigInt(TRANSACTION.epoch),
        epochTimestampMs: BigInt(TRANSACTION.epochTimestampMs),
        referenceGasPrice: BigInt(TRANSACTION.referenceGasPrice),
        gasPrice: BigInt(TRANSACTION.gasPrice),
        gasBudget: BigInt(TRANSACTION.gasBudget),
      },
    });
    const noted = new Map(
      [...natives].map(([key, native]): [string, Native] => [
        key,
        (call) => {
          called.add(key);
          return native(call);
        },
      ]),
    );
    const machine = new Interpreter({
      loader,
      natives: noted,
      gas: freeGas(),
      maxInstructions: MAX_INSTRUCTIONS,
    });
    const declared = loader.function(moduleId(ORACLE, module), fn);
    try {
      const [value] = machine.run(declared.instance([]), []);
      const [type] = declared.results;
      if (value === undefined || type === undefined) return { kind: 'value', bytes: undefined };
      return { kind: 'value', bytes: loader.codec.encode(value, type) };
    } catch (error) {
      if (error instanceof MoveError) return { kind: 'error', words: wordsOf(error) };
      throw error;
    }
  }
}

const NAMES: Readonly<Record<string, string>> = { '0x1': 'std', '0x2': 'sui', '0xacc': 'oracle' };

function wordsOf({ location, status, subStatus }: MoveError): string {
  const [address = '', module = ''] = (location?.module ?? '').split('::');
  const place = `originating in the module ${NAMES[address] ?? address}::${module}`;
  const sub = subStatus === undefined ? '' : ` with sub-status ${subStatus}`;
  switch (status) {
    case 'ABORTED':
      return `aborted with code ${subStatus} ${place}`;
    case 'ARITHMETIC_ERROR':
      return `gave an arithmetic error ${place}`;
    case 'VECTOR_OPERATION_ERROR':
      return `gave a vector operation error${sub} ${place}`;
    default:
      return `gave a ${status} (code ${MOVE_STATUS[status]}) error${sub} ${place}`;
  }
}

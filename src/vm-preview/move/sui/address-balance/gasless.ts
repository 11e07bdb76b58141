/**
 * Transfers of some stablecoins that cost nothing (sui-types, transaction.rs `validate_gasless_transaction`;
 * sui-adapter, temporary_store.rs `check_gasless_execution_requirements`).
 */
import { CannotPreview } from '../../../errors';
import { type TypeTag, typeTagText } from '../../core/types';
import { Address } from '../../core/values';
import {
  balanceCurrency,
  coinCurrency,
  commandArguments,
  type MoveCall,
  type ProgrammableTransaction,
} from '../data';
import { ExecutionError } from '../execution/error';
import { ensure } from '../execution/refused';
import type { TemporaryStore } from '../execution/temporary-store';
import { type Network, networkOf, type ProtocolConfig } from '../protocol';
import type { SuiEnvironment } from '../types';
import type { Reserved } from './withdrawals';
import { type AccumulatorWrite, signedAmount } from './writes';

/** `gasless_allowed_token_types` of the versions of a network's protocol, where the chain does not say. */
interface KnownList {
  readonly network: Network;
  readonly from: number;
  readonly to: number;
  /** Currencies and the least that may be sent. */
  readonly tokens: ReadonlyMap<string, bigint>;
}

const listOf = (least: bigint, ...names: readonly (readonly [string, string])[]) =>
  new Map(names.map(([digits, name]) => [`0x${digits}::${name}`, least] as const));

/** Source: sui-protocol-config, the recorded settings of mainnet 129, 130 and 138, and testnet 124, 130 and 138. */
const KNOWN: readonly KnownList[] = [
  {
    network: 'mainnet',
    from: 129,
    to: 138,
    tokens: listOf(
      10_000n,
      ['dba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7', 'usdc::USDC'],
      ['44f838219cf67b058f3b37907b655f226153c18e33dfcd0da559a844fea9b1c1', 'usdsui::USDSUI'],
      ['41d587e5336f1c86cad50d38a7136db99333bb9bda91cea4ba69115defeb1402', 'sui_usde::SUI_USDE'],
      ['960b531667636f39e85867775f52f6b1f220a058c4de786905bdf761e06a56bb', 'usdy::USDY'],
      ['f16e6b723f242ec745dfd7634ad072c42d5c1d9ac9d62a39c381303eaa57693a', 'fdusd::FDUSD'],
      ['2053d08c1e2bd02791056171aab0fd12bd7cd7efad2ab8f6b9c8902f14df2ff2', 'ausd::AUSD'],
      ['e14726c336e81b32328e92afc37345d159f5b550b09fa92bd43640cfdd0a0cfd', 'usdb::USDB'],
    ),
  },
  {
    network: 'testnet',
    from: 124,
    to: 138,
    tokens: listOf(0n, [
      'a1ec7fc00a6f40db9693ad1415d0c193ad3906494428cf252621037bd7117e29',
      'usdc::USDC',
    ]),
  },
];

function knownTokens({
  chainIdentifier,
  protocolVersion,
}: Pick<SuiEnvironment, 'chainIdentifier' | 'protocolVersion'>) {
  const network = networkOf(chainIdentifier);
  return KNOWN.find(
    (list) =>
      list.network === network && list.from <= protocolVersion && protocolVersion <= list.to,
  )?.tokens;
}

/** Currencies that may be sent for nothing. */
export class GaslessTokens {
  readonly #known: ReadonlyMap<string, bigint> | undefined;

  constructor(
    environment: Pick<SuiEnvironment, 'chainIdentifier' | 'gaslessTokens' | 'protocolVersion'>,
  ) {
    this.#known = environment.gaslessTokens ?? knownTokens(environment);
  }

  /**
   * The least that may be sent of it, in its smallest unit; undefined where it costs gas.
   *
   * @throws CannotPreview where the list is not known
   */
  least(currency: TypeTag): bigint | undefined {
    if (this.#known === undefined)
      throw new CannotPreview('sui-gasless-tokens', 'a transfer without gas', {
        missing: 'gasless_allowed_token_types',
      });
    return this.#known.get(typeTagText(currency, 'full'));
  }
}

/** Whether a function's type argument is the currency, or the balance of it. */
const FUNCTIONS: Readonly<Record<string, 'currency' | 'balance'>> = {
  'balance::send_funds': 'currency',
  'balance::redeem_funds': 'currency',
  'balance::split': 'currency',
  'balance::zero': 'currency',
  'funds_accumulator::withdrawal_split': 'balance',
  'coin::into_balance': 'currency',
  'coin::redeem_funds': 'currency',
  'coin::send_funds': 'currency',
  'coin::put': 'currency',
};

const FRAMEWORK = Address.parse('0x2').bytes;

/** What a gasless transaction may say. @throws RefusedError Unsupported */
export function checkGaslessProgram(
  program: ProgrammableTransaction,
  protocol: ProtocolConfig,
  tokens: GaslessTokens,
): void {
  const { inputs, commands } = program;
  must(commands.length > 0, 'a transaction without gas must have a command');
  must(
    !inputs.some((input) => input.kind === 'object' && input.object.kind === 'receiving'),
    'transactions without gas cannot receive objects',
  );
  for (const command of commands) {
    if (command.kind === 'moveCall') checkCall(command.call, tokens);
    else
      must(
        command.kind === 'mergeCoins' || command.kind === 'splitCoins',
        'transactions without gas only move allowed coins',
      );
  }
  checkInputs(program, protocol);
}

function must(holds: boolean, text: string): asserts holds {
  ensure(holds, 'Unsupported', text);
}

function checkCall(call: MoveCall, tokens: GaslessTokens): void {
  const name = `${call.module}::${call.function}`;
  const isFramework = call.package.every((byte, i) => byte === FRAMEWORK[i]);
  const takes = isFramework && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  must(takes !== undefined, `${name} is not allowed in transactions without gas`);
  const [type, ...more] = call.typeArguments;
  must(type !== undefined && more.length === 0, `${name} takes one type argument`);
  const currency = takes === 'currency' ? type : balanceCurrency(type);
  must(currency !== undefined, `${name} takes the type of a balance`);
  must(
    tokens.least(currency) !== undefined,
    `${typeTagText(currency)} may not be sent without gas`,
  );
}

/** Every object and withdrawal is used; few bytes are not. */
function checkInputs(
  { inputs, commands }: ProgrammableTransaction,
  protocol: ProtocolConfig,
): void {
  const used = new Set(
    commands.flatMap(commandArguments).flatMap((one) => (one.kind === 'input' ? [one.index] : [])),
  );
  const longest = protocol.limit('gasless_max_pure_input_bytes');
  let unused = 0;
  for (const [i, input] of inputs.entries()) {
    if (input.kind === 'pure')
      must(input.bytes.length <= longest, `an input without gas has at most ${longest} bytes`);
    else must(used.has(i), `input ${i} of a transaction without gas is not used`);
    if (!used.has(i)) unused++;
  }
  const most = protocol.limit('gasless_max_unused_inputs');
  must(unused <= most, `a transaction without gas has at most ${most} unused inputs`);
}

/**
 * What a gasless transaction may have done: destroyed its coins, and sent enough of each.
 *
 * @returns how it fails, undefined where it does not
 */
export function gaslessFailure(
  store: TemporaryStore,
  reserved: readonly Reserved[],
  protocol: ProtocolConfig,
  tokens: GaslessTokens,
): ExecutionError | undefined {
  const { written, deleted } = store.results;
  const fail = (text: string): ExecutionError =>
    new ExecutionError({ kind: 'InsufficientGas' }, text);
  if (written.size > 0) return fail('Gasless transactions cannot create or mutate objects');
  const coins = [...store.inputs].flatMap(([id, { data }]) =>
    data.kind === 'move' && coinCurrency(data.type) !== undefined ? [id] : [],
  );
  if (coins.length !== deleted.size || !coins.every((id) => deleted.has(id)))
    return fail('Gasless transaction must destroy exactly its input Coins');
  const net = netAmounts(store.accumulators);
  for (const { amount, currency, owner } of net.values()) {
    const least = tokens.least(currency) ?? 0n;
    if (amount > 0n && amount < least)
      return fail(
        `Gasless transfer of ${amount} to ${Address.fromBytes(owner)} is below minimum ${least} ` +
          `for token type ${typeTagText(currency)}`,
      );
  }
  if (!protocol.feature('gasless_verify_remaining_balance')) return undefined;
  for (const one of reserved) {
    const rest = one.amount + (net.get(keyOf(one.owner, one.currency))?.amount ?? 0n);
    const least = tokens.least(one.currency) ?? 0n;
    if (rest > 0n && rest < least)
      return fail(
        `Gasless withdrawal leaves ${rest} unused for ${Address.fromBytes(one.owner)}, ` +
          `below minimum ${least} for token type ${typeTagText(one.currency)}`,
      );
  }
  return undefined;
}

const keyOf = (owner: Uint8Array, currency: TypeTag): string =>
  `${Address.fromBytes(owner).hex} ${typeTagText(currency, 'full')}`;

interface Net {
  readonly owner: Uint8Array;
  readonly currency: TypeTag;
  readonly amount: bigint;
}

function netAmounts(writes: readonly AccumulatorWrite[]): ReadonlyMap<string, Net> {
  const found = new Map<string, Net>();
  for (const write of writes) {
    const currency = balanceCurrency(write.type);
    if (currency === undefined) continue;
    const key = keyOf(write.address, currency);
    const amount = (found.get(key)?.amount ?? 0n) + signedAmount(write);
    found.set(key, { owner: write.address, currency, amount });
  }
  return found;
}

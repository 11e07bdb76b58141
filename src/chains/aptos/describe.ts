/** What an outcome means, as a preview. */
import type { Change, DecodedCall, Expiry, Preview } from '../../vm-preview/model/preview';
import type { StateKey } from '../../vm-preview/move/aptos/state';
import type { AptosOutcome } from '../../vm-preview/move/aptos/types';
import { addressText } from '../../vm-preview/move/core/types';
import type { Network } from '../chain';
import type { Usage } from '../http';
import { fullAddress, isSpecial } from './address';
import type { AptosCache } from './cache';
import { decodeCall } from './decode/call';
import { MoveDecoder } from './decode/decoder';
import { detailsOf } from './details';
import { type Effects, effectContext, effectsOf } from './effects';
import { AssetBook } from './effects/assets';
import { storesOf } from './effects/balances';
import { viewsOf } from './effects/view';
import { moduleKey, packageKey } from './load/keys';
import type { Loader } from './load/loader';
import { OPEN_PAYER } from './load/presumed-payer';
import { StateLookup } from './lookup';
import { eventViews, feeOf, rawOutcome, sentence, verdictOf } from './outcome';
import { packageOf } from './package';
import {
  awaitsFeePayer,
  coinAsset,
  feePayerOf,
  type ParsedAptosTransaction,
  signerAddresses,
} from './transaction';
import { warningsOf } from './warnings';
import type { CalledCode } from './warnings/context';

export interface Telling {
  readonly network: Network;
  readonly cache: AptosCache;
  /** Who signs. */
  readonly account: string | undefined;
  /** All of the user's addresses. */
  readonly mine: ReadonlySet<string>;
  /** Whether other transactions come first. */
  readonly hasBase: boolean;
  /** Whether to say what was read, and what changes by its fields. */
  readonly detailed: boolean;
}

const MICROS = 1_000_000n;

/** @returns the preview, and keys by which it would say more */
export function describe(
  parsed: ParsedAptosTransaction,
  outcome: AptosOutcome,
  loader: Loader,
  usage: Usage,
  { account, cache, detailed, hasBase, mine, network }: Telling,
): { preview: Preview; wanted: readonly StateKey[] } {
  const { hints, ledger, state } = loader;
  const decoder = new MoveDecoder({ code: (id) => loader.code(id), decoded: cache.modules });
  const views = viewsOf(outcome.changes, decoder);
  const events = eventViews(outcome, decoder);
  const lookup = new StateLookup(state, decoder, views);
  const coin = coinAsset(network.coin);
  const assets = new AssetBook(coin, lookup.find, hints.tokens);
  const context = effectContext(views, events, assets, lookup.find);
  const effects = settledEffects(effectsOf(context, mine), parsed);
  const verdict = verdictOf(outcome);
  const abi = {
    decoder,
    coin: (type: string) => assets.coin(type),
    asset: (metadata: string) => assets.asset(metadata),
  };
  const call = decodeCall(parsed, coin, abi);
  const foreignModule = foreignModuleOf(parsed);
  const warnings = warningsOf({
    transaction: parsed,
    outcome,
    verdict,
    effects,
    stores: storesOf(context),
    assets,
    coin,
    mine,
    account,
    code: foreignModule === undefined ? undefined : calledCode(parsed, loader),
    foreignModule,
    nowMicros: ledger.timestampMicros,
  });
  const version = ledger.version.toString();
  const preview: Preview = {
    chain: 'aptos',
    network: networkView(network),
    ...(account === undefined ? {} : { account }),
    verdict,
    changes: effects.own,
    othersChanges: effects.others,
    fee: feeOf(outcome, feePayerOf(parsed), coin),
    warnings,
    request: [{ ...call, ...unitsOf(outcome) }],
    provenance: {
      host: loader.rest.host,
      height: { from: version, to: version },
      // Any other transaction may change the state before this one lands.
      certainty: 'conditional',
      assumptions: assumptionsOf(parsed, outcome, loader, account, hasBase),
      expiry: expiryOf(parsed, ledger.timestampMicros),
      load: { rounds: loader.rounds, ...usage },
    },
    raw: {
      ...rawOutcome(outcome, events, parsed),
      ...(detailed ? detailsOf(outcome, views, (key) => state.peek(key)?.bytes.length) : {}),
    },
  };
  return { preview, wanted: lookup.wanted };
}

/** Of the one call that there is; nothing where the chain would not begin with it. */
function unitsOf({ fee, status }: AptosOutcome): Pick<DecodedCall, 'units'> {
  return status.kind === 'discarded' ? {} : { units: fee.executionGas.toString() };
}

/** What a payer that is only presumed has is nobody's. */
function settledEffects(effects: Effects, parsed: ParsedAptosTransaction): Effects {
  if (!awaitsFeePayer(parsed)) return effects;
  const isSettled = ({ address, owner }: Change) => (owner ?? address) !== OPEN_PAYER;
  return { own: effects.own, others: effects.others.filter(isSettled) };
}

function networkView({ coin, explorer, id, isTest, name }: Network): Preview['network'] {
  return { id, name, coin, isTest, ...(explorer === undefined ? {} : { explorer }) };
}

/** What is called, where it is none of the chain's own packages. */
function foreignModuleOf({ executable }: ParsedAptosTransaction): string | undefined {
  if (executable.kind !== 'entryFunction') return undefined;
  const { address, module } = executable.call;
  return isSpecial(fullAddress(address)) ? undefined : `${address}::${module}`;
}

function calledCode(
  { executable }: ParsedAptosTransaction,
  { hints, state }: Loader,
): CalledCode | undefined {
  if (executable.kind !== 'entryFunction') return undefined;
  const { address, module } = executable.call;
  const owner = fullAddress(address);
  const registry = state.peek(packageKey(owner));
  const found = registry == null ? undefined : packageOf(registry.bytes, module);
  if (found === undefined) return undefined;
  const name = `${addressText(address.bytes)}::${found.untrustedName}`;
  const seen = hints.packages.get(name);
  const created = state.peek(moduleKey(owner, module))?.metadata?.creationTimeMicros;
  return {
    ...found,
    module: `${address}::${module}`,
    ...(seen === undefined ? {} : { upgradesBefore: BigInt(seen) }),
    ...(created === undefined ? {} : { createdMicros: created }),
  };
}

/** Keeps how often the called package had been upgraded. */
export function rememberCode(parsed: ParsedAptosTransaction, loader: Loader): void {
  const code = calledCode(parsed, loader);
  if (code === undefined || parsed.executable.kind !== 'entryFunction') return;
  const { address } = parsed.executable.call;
  const name = `${addressText(address.bytes)}::${code.untrustedName}`;
  loader.hints.packages.set(name, code.upgrades.toString());
}

function expiryOf({ raw }: ParsedAptosTransaction, nowMicros: bigint): Expiry {
  const remaining = raw.expirationTimestampSecs - nowMicros / MICROS;
  if (remaining <= 0n) return { kind: 'expired' };
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return { kind: 'seconds', remaining: Number(remaining > most ? most : remaining) };
}

function assumptionsOf(
  parsed: ParsedAptosTransaction,
  outcome: AptosOutcome,
  loader: Loader,
  account: string | undefined,
  hasBase: boolean,
): string[] {
  const missing = signerAddresses(parsed).filter(
    (signer) => signer !== account && !parsed.given.has(signer),
  );
  return [
    ...missing.map((signer) => `The signature of ${signer} is still missing and is presumed.`),
    ...(awaitsFeePayer(parsed)
      ? ['Who pays the fee is not settled yet; somebody who can is presumed.']
      : []),
    ...(hasBase
      ? ['The transactions before this one are sent first, with the outcome shown.']
      : []),
    ...(loader.usesKeptFramework
      ? ['The chain’s own modules are those read earlier in the same epoch.']
      : []),
    ...(loader.rest.hasMetadata
      ? []
      : ['The node does not say what was paid for storage: refunds are not known.']),
    ...outcome.estimates.map((reason) => sentence(`the fee is an estimate: ${reason}`)),
  ];
}

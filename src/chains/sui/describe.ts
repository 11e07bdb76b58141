/** What an outcome means, as a preview. */
import type { Asset, Expiry, Preview } from '../../vm-preview/model/preview';
import type { SuiOutcome } from '../../vm-preview/move/sui/types';
import type { Network } from '../chain';
import { equalBytes } from '../hex';
import type { Usage } from '../http';
import { addressBytes, fullAddress, isSpecial, SUI_TYPE, typeText } from './address';
import { gasReservation, type Reservation, reservationsOf, reservedType } from './balances';
import type { SuiCache } from './cache';
import { decodeCommands, objectId } from './decode/commands';
import { MoveDecoder } from './decode/decoder';
import { parameterKinds } from './decode/parameters';
import { detailsOf } from './details';
import { type Effects, effectsOf } from './effects';
import { CoinBook, type CoinDelta, coinDeltas } from './effects/coins';
import { isTold } from './effects/objects';
import { holderOf } from './effects/owners';
import { Extras, type Wishes } from './extras';
import { inputsOf } from './load/ahead';
import type { Loader } from './load/loader';
import { commandCosts, feeOf, rawOutcome, sentence, verdictOf } from './outcome';
import {
  calledPackages,
  coinAsset,
  type ParsedSuiTransaction,
  signerAddresses,
} from './transaction';
import { warningsOf } from './warnings';

export interface Telling {
  readonly network: Network;
  readonly cache: SuiCache;
  /** Who signs. */
  readonly account: string | undefined;
  /** All of the user's addresses. */
  readonly mine: ReadonlySet<string>;
  /** Whether the gas was put in here. */
  readonly gasWasOpen: boolean;
  /** Whether to say what was read, and what changes by its fields. */
  readonly detailed: boolean;
}

/** An epoch of the public networks; others may have longer or shorter ones. */
const EPOCH_MS = 86_400_000n;
/** That every transaction may use, without their zeros. */
const SYSTEM_OBJECTS: Readonly<Record<string, string>> = {
  '0x5': 'the state of the chain’s system',
  '0x6': 'the clock',
  '0x8': 'the chain’s randomness',
  '0x403': 'the coins’ deny list',
};
/** Rounds for packages that only name things. */
const NAMING_ROUNDS = 3;

export class Describer {
  readonly #extras = new Extras();
  readonly #coin: Asset;
  readonly #coins: CoinBook;
  readonly #deltas: readonly CoinDelta[];

  constructor(
    private readonly parsed: ParsedSuiTransaction,
    private readonly outcome: SuiOutcome,
    private readonly loader: Loader,
    private readonly telling: Telling,
  ) {
    this.#coin = coinAsset(telling.network.coin);
    this.#coins = new CoinBook(this.#coin, loader.hints.coins);
    this.#deltas = coinDeltas(outcome);
  }

  /** Reads what names things, and says it all. @throws StateError */
  async preview(usage: Usage): Promise<Preview> {
    const { hints, node, service } = this.loader;
    await this.#extras.load(this.#wishes(), node, service.checkpoint, hints);
    for (let round = 0; ; round += 1) {
      const decoder = this.#decoder();
      const preview = this.#tell(decoder, usage);
      if (decoder.wanted.length === 0 || round === NAMING_ROUNDS) return preview;
      await this.loader.load(decoder.wanted);
    }
  }

  /** Keeps which versions of packages were called. */
  remember(): void {
    const decoder = this.#decoder();
    for (const id of this.#foreignPackages()) {
      const first = decoder.originalId(addressBytes(id));
      if (first !== undefined) this.loader.hints.packages.set(first, id);
    }
  }

  #tell(decoder: MoveDecoder, usage: Usage): Preview {
    const { loader, outcome, parsed, telling } = this;
    const { account, mine, network } = telling;
    const { data, programmable } = parsed;
    const verdict = verdictOf(outcome);
    const effects = this.#effects(decoder);
    const checkpoint = loader.service.checkpoint.toString();
    return {
      chain: 'sui',
      network: networkView(network),
      ...(account === undefined ? {} : { account }),
      verdict,
      changes: effects.own,
      othersChanges: effects.others,
      fee: feeOf(outcome, fullAddress(data.gas.owner), this.#coin),
      warnings: warningsOf({
        parsed,
        outcome,
        verdict,
        effects,
        deltas: this.#deltas,
        reservations: this.#reservations(),
        coins: this.#coins,
        coin: this.#coin,
        extras: this.#extras,
        mine,
        account,
        packages: this.#foreignPackages().map((id) => ({
          id,
          ...this.#packageFacts(id, decoder),
        })),
        nowMs: loader.service.timestampMs,
        referenceGasPrice: loader.service.referenceGasPrice,
      }),
      request: decodeCommands(programmable, {
        coin: this.#coin,
        asset: (coinType) => this.#coins.asset(coinType),
        reserved: (ref) => {
          const { service, state } = this.loader;
          return reservedType(ref, service.chainIdentifier, (id) => state.latest(id));
        },
        parameters: (call) => parameterKinds(call, decoder),
        gas: commandCosts(outcome, data),
      }),
      provenance: {
        host: loader.node.host,
        height: { from: checkpoint, to: checkpoint },
        certainty: this.#isExact() ? 'exact' : 'conditional',
        assumptions: this.#assumptions(),
        expiry: this.#expiry(),
        load: { rounds: loader.rounds, ...usage },
      },
      raw: {
        ...rawOutcome(outcome, parsed, decoder),
        ...(telling.detailed ? detailsOf(outcome, decoder) : {}),
      },
    };
  }

  #decoder(): MoveDecoder {
    const { environment, state } = this.loader;
    return new MoveDecoder(state, this.telling.cache.vm.packages, environment);
  }

  #effects(decoder: MoveDecoder): Effects {
    const { hints } = this.loader;
    const names = { decoder, displays: hints.displays };
    const sender = fullAddress(this.parsed.data.sender);
    const context = {
      outcome: this.outcome,
      coins: this.#coins,
      names,
      extras: this.#extras,
      sender,
    };
    return effectsOf(context, this.telling.mine);
  }

  #wishes(): Wishes {
    const { mine } = this.telling;
    const changed = this.#deltas.filter(({ after, before }) => after !== before);
    const objects = this.outcome.changes.filter(isTold);
    const types = objects.flatMap(({ after, before }) => {
      const { data } = after ?? before ?? {};
      return data?.kind === 'move' ? [typeText(data.type)] : [];
    });
    const given = [
      ...changed.filter((one) => one.isAccount && one.after > one.before).map(({ owner }) => owner),
      ...objects.flatMap(({ after, before }) => {
        const to = after?.owner.kind === 'address' ? holderOf(after) : null;
        return to === null || to === holderOf(before) ? [] : [to];
      }),
    ];
    const strangers = given.filter((address) => !mine.has(address) && !isSpecial(address));
    return {
      coins: unique([
        ...changed.map(({ coinType }) => coinType),
        ...this.#reservations().flatMap(({ coinType }) => coinType ?? []),
      ]).filter((type) => type !== SUI_TYPE),
      displays: unique(types),
      // The user's first: there is a bound.
      balances: changed
        .filter(({ isAccount, owner }) => isAccount && !isSpecial(owner))
        .sort((left, right) => Number(mine.has(right.owner)) - Number(mine.has(left.owner)))
        .map(({ coinType, owner }) => ({ address: owner, coinType })),
      addresses: unique(strangers),
      packages: this.#foreignPackages(),
    };
  }

  /** That are called and are none of the chain's own. */
  #foreignPackages(): string[] {
    return calledPackages(this.parsed.programmable).filter((id) => !isSpecial(id));
  }

  #packageFacts(id: string, decoder: MoveDecoder) {
    const object = this.loader.state.packages().find((one) => fullAddress(one.id) === id);
    const first = object === undefined ? undefined : decoder.originalId(object.id);
    return {
      version: object?.version,
      lastUsed: first === undefined ? undefined : this.loader.hints.packages.get(first),
    };
  }

  #sharedInputs(): string[] {
    const inputs = inputsOf(this.parsed.programmable).filter(({ kind }) => kind === 'shared');
    const ids = [...inputs.map(objectId), ...this.outcome.dependsOnShared].map(fullAddress);
    return unique(ids);
  }

  /** Balances of addresses change with every payment, other than objects that only their owner uses. */
  #usesBalances(): boolean {
    const { chainIdentifier } = this.loader.service;
    return (
      gasReservation(this.parsed, chainIdentifier).length > 0 ||
      this.#reservations().length > 0 ||
      // Also of objects, which need no reservation.
      this.outcome.accumulators.some(({ delta }) => delta < 0n)
    );
  }

  #reservations(): Reservation[] {
    const { service, state } = this.loader;
    return reservationsOf(this.parsed, service.chainIdentifier, (id) => state.latest(id));
  }

  #isExact(): boolean {
    return (
      this.#sharedInputs().length === 0 &&
      !this.#usesBalances() &&
      this.outcome.estimates.length === 0
    );
  }

  #assumptions(): string[] {
    const { account, gasWasOpen } = this.telling;
    const { data } = this.parsed;
    const shared = this.#sharedInputs();
    const tokens = this.#deltas.some(({ coinType }) => coinType !== SUI_TYPE);
    const missing = signerAddresses(data).filter((signer) => signer !== account);
    return [
      ...missing.map((signer) => `The signature of ${signer} is still missing and is presumed.`),
      ...(shared.length === 0
        ? []
        : [
            `Others may change what it uses before it lands, and with it the outcome: ${shared.map((id) => this.#sharedName(id)).join(', ')}.`,
          ]),
      ...(this.#usesBalances() ? ['It uses a balance that other payments may change first.'] : []),
      ...(this.#isExact() ? [exactWords(tokens)] : []),
      ...(tokens && !this.#isExact()
        ? ['A coin’s issuer may bar one of the accounts before it lands.']
        : []),
      ...(gasWasOpen
        ? [
            'The site left the gas open: Lookahead chose its price, its budget and the coins that pay.',
          ]
        : []),
      ...(this.loader.usesKeptFramework
        ? [
            'The chain’s own programs were read earlier in this epoch, in which they stay as they are.',
          ]
        : []),
      ...this.outcome.estimates.map(sentence),
    ];
  }

  /** `moon::Tap 0xfa1f…`: what it is says more than where. */
  #sharedName(id: string): string {
    const known = SYSTEM_OBJECTS[short(id)];
    if (known !== undefined) return known;
    const data = this.loader.state.latest(addressBytes(id))?.data;
    return data?.kind === 'move' ? `${data.type.module}::${data.type.name} ${id}` : id;
  }

  #expiry(): Expiry {
    const { expiration } = this.parsed.data;
    const { chainIdentifier, epoch, epochTimestampMs, timestampMs } = this.loader.service;
    if (expiration.kind === 'none') {
      return {
        kind: 'never',
        reason: 'It can be sent as long as the objects that it names stay as they are.',
      };
    }
    if (expiration.kind !== 'epoch' && !equalBytes(expiration.chain, chainIdentifier)) {
      return { kind: 'expired' };
    }
    const last = expiration.kind === 'epoch' ? expiration.epoch : expiration.maxEpoch;
    if (last === undefined) return { kind: 'unknown' };
    if (last < epoch) return { kind: 'expired' };
    const end = epochTimestampMs + (last - epoch + 1n) * EPOCH_MS;
    const remaining = (end - timestampMs) / 1_000n;
    return remaining > 0n && remaining < BigInt(Number.MAX_SAFE_INTEGER)
      ? { kind: 'seconds', remaining: Number(remaining) }
      : { kind: 'unknown' };
  }
}

function exactWords(tokens: boolean): string {
  const unless = tokens ? ', unless a coin’s issuer bars an account' : '';
  return `Nobody else can change what it uses${unless}: until this epoch of the chain ends, it does just this.`;
}

function networkView({ coin, explorer, id, isTest, name }: Network): Preview['network'] {
  return { id, name, coin, isTest, ...(explorer === undefined ? {} : { explorer }) };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** As people know them: `0x6` is the clock. */
function short(id: string): string {
  return id.replace(/^0x0+(?=.)/, '0x');
}

/** What can be asked and told. Source: the GraphQL schema of `@mysten/sui`. */
import { toHex } from '../../../src/chains/hex';
import { digestText, fullAddress } from '../../../src/chains/sui/address';
import { LookaheadError } from '../../../src/vm-preview/errors';
import { coinCurrency, sameType } from '../../../src/vm-preview/move/sui/data';
import type { ObjectRequest, SuiObject } from '../../../src/vm-preview/move/sui/state';
import { type Chain, type Executed, Refusal } from '../chain';
import { SignatureError } from '../signatures';
import { simulate } from '../simulate';
import { type Answer, Answers, fits, type ObjectFilter } from './answers';
import { addressOf, base64Of, typeOf, u53Of, unsupported, userError } from './errors';
import { type PageArgs, pageOf } from './page';

interface ObjectKey {
  readonly address: unknown;
  readonly version?: unknown;
  readonly rootVersion?: unknown;
  readonly atCheckpoint?: unknown;
}

interface BalanceKey {
  readonly address: unknown;
  readonly coinType: string;
}

interface TransactionFilter {
  readonly affectedAddress?: unknown;
  readonly sentAddress?: unknown;
  readonly affectedObject?: unknown;
}

const MAX_KEYS = 200;

export function rootOf(chain: Chain): Answer {
  return { ...queryOf(chain, undefined), executeTransaction: executing(chain) };
}

/** @param viewed - the checkpoint as of which everything is answered; the newest when undefined */
function queryOf(chain: Chain, viewed: number | undefined): Answer {
  const answers = new Answers(chain);
  const asOf = (asked: unknown): number => {
    const checkpoint = asked == null ? (viewed ?? chain.ledger.checkpoint) : u53Of(asked);
    if (checkpoint > chain.ledger.checkpoint)
      throw userError(`Checkpoint ${checkpoint} in the future`);
    if (checkpoint < chain.ledger.oldest)
      throw userError(`Requested data outside available range: checkpoint ${checkpoint} is pruned`);
    return checkpoint;
  };
  const object = (key: ObjectKey): SuiObject | null => {
    const bounds = [key.version, key.rootVersion, key.atCheckpoint].filter(
      (bound) => bound != null,
    );
    if (bounds.length > 1)
      throw userError(
        'At most one of a version, a root version, or a checkpoint bound can be specified when fetching an object',
      );
    const id = addressOf(key.address);
    const read = (bound: ObjectRequest['bound']) => chain.ledger.object({ id, bound });
    if (key.version != null) return read({ kind: 'exact', version: BigInt(u53Of(key.version)) });
    if (key.rootVersion != null)
      return read({ kind: 'atMost', version: BigInt(u53Of(key.rootVersion)) });
    return chain.ledger.at(id, asOf(key.atCheckpoint));
  };
  const objectAnswer = (key: ObjectKey): Answer | null => {
    const found = object(key);
    return found === null ? null : answers.object(found);
  };
  const balance = ({ address, coinType }: BalanceKey): Answer =>
    answers.balance(addressOf(address), coinType, asOf(undefined));
  const many = <T, A>(keys: readonly T[], answer: (key: T) => A): A[] => {
    if (keys.length > MAX_KEYS)
      throw userError(`Too many keys supplied (${keys.length} > ${MAX_KEYS})`);
    return keys.map(answer);
  };
  return {
    __typename: 'Query',
    chainIdentifier: () => digestText(chain.environment.chainIdentifier),
    checkpoint: ({ digest, sequenceNumber }: { digest?: string; sequenceNumber?: unknown }) => {
      if (digest != null) throw unsupported('checkpoints by their digests');
      if (sequenceNumber == null && viewed === undefined) chain.tick();
      const number = sequenceNumber == null ? asOf(undefined) : u53Of(sequenceNumber);
      const found = chain.checkpoint(number);
      if (found === undefined) return null;
      return { ...answers.checkpoint(found), query: () => queryOf(chain, asOf(number)) };
    },
    epoch: ({ epochId }: { epochId?: unknown }) =>
      epochId == null || BigInt(u53Of(epochId)) === chain.environment.epoch
        ? answers.epoch()
        : null,
    protocolConfigs: ({ version }: { version?: unknown }) =>
      version == null || u53Of(version) === chain.environment.protocolVersion
        ? answers.protocolConfigs()
        : null,
    address: ({ address, atCheckpoint, name, rootVersion }: ObjectKey & { name?: string }) => {
      if (name != null) throw unsupported('names');
      if (rootVersion != null) throw unsupported('addresses as of a root version');
      return answers.address(addressOf(address), asOf(atCheckpoint));
    },
    object: objectAnswer,
    multiGetObjects: ({ keys }: { keys: readonly ObjectKey[] }) => many(keys, objectAnswer),
    multiGetBalances: ({ keys }: { keys: readonly BalanceKey[] }) => many(keys, balance),
    package: (key: ObjectKey) => {
      const found = object(key);
      return found?.data.kind === 'package' ? answers.object(found, 'MovePackage') : null;
    },
    objects: ({ filter, ...page }: PageArgs & { filter: ObjectFilter }) => {
      if (filter.type == null && filter.owner == null && filter.ownerKind == null)
        throw userError('Either a type, an owner, or an owner kind must be provided');
      if (filter.ownerKind != null) throw unsupported('objects by the kind of their owners');
      const checkpoint = asOf(undefined);
      const all =
        filter.owner == null
          ? chain.ledger.all(checkpoint)
          : chain.ledger.ownedBy(addressOf(filter.owner), checkpoint);
      return pageOf(
        all.filter((one) => fits(one, filter)),
        page,
        (one) => answers.object(one),
      );
    },
    coinMetadata: ({ coinType }: { coinType: string }) => coinMetadata(chain, answers, coinType),
    transaction: ({ digest }: { digest: string }) => {
      const found = chain.find(digest);
      return found === undefined ? null : answers.transaction(found);
    },
    transactionEffects: ({ digest }: { digest: string }) => {
      const found = chain.find(digest);
      return found === undefined ? null : answers.effects(found);
    },
    transactions: ({ filter, ...page }: PageArgs & { filter?: TransactionFilter | null }) =>
      pageOf(
        [...chain.transactions].filter((one) => touches(one, filter ?? {})),
        page,
        (one) => answers.transaction(one),
      ),
    simulateTransaction: (args: { transaction: unknown; doGasSelection?: boolean }) => {
      const executed = refusing(() =>
        simulate(chain, args.transaction, args.doGasSelection ?? false),
      );
      return { effects: () => answers.effects(executed) };
    },
  };
}

function executing(chain: Chain) {
  return (args: { transactionDataBcs: unknown; signatures: readonly unknown[] }): Answer => {
    const bytes = base64Of(args.transactionDataBcs);
    const signatures = args.signatures.map(base64Of);
    const executed = refusing(() => chain.submit(bytes, signatures));
    return { effects: () => new Answers(chain).effects(executed) };
  };
}

function refusing(run: () => Executed): Executed {
  try {
    return run();
  } catch (error) {
    const isTheirs =
      error instanceof Refusal ||
      error instanceof SignatureError ||
      error instanceof LookaheadError;
    if (!isTheirs) throw error;
    throw userError(`Transaction execution failed: ${error.message}`);
  }
}

function coinMetadata(chain: Chain, answers: Answers, coinType: string): Answer | null {
  const wanted = typeOf(coinType);
  const metadata = chain.ledger.all(chain.ledger.checkpoint).find(({ data }) => {
    if (data.kind !== 'move' || data.type.name !== 'CoinMetadata') return false;
    const [currency] = data.type.typeArguments;
    const isCoins = data.type.module === 'coin' && coinCurrency({ ...data.type, name: 'Coin' });
    return isCoins !== undefined && currency !== undefined && sameType(currency, wanted);
  });
  if (metadata?.data.kind !== 'move') return null;
  const json = answers.json(metadata.data.contents, metadata.data.type);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const fields: Answer = { ...json };
  return {
    __typename: 'CoinMetadata',
    address: fullAddress(metadata.id),
    decimals: fields['decimals'],
    name: fields['name'],
    symbol: fields['symbol'],
    description: fields['description'],
    iconUrl: null,
  };
}

function touches(executed: Executed, filter: TransactionFilter): boolean {
  const { data, outcome } = executed;
  const same = (asked: unknown, bytes: Uint8Array): boolean =>
    toHex(addressOf(asked)) === toHex(bytes);
  const { affectedAddress, affectedObject, sentAddress } = filter;
  const others = Object.entries(filter).find(
    ([name, value]) =>
      value != null && !['affectedAddress', 'affectedObject', 'sentAddress'].includes(name),
  );
  if (others !== undefined) throw unsupported(`transactions by ${others[0]}`);
  if (sentAddress != null && !same(sentAddress, data.sender)) return false;
  if (affectedObject != null && !outcome.changes.some(({ id }) => same(affectedObject, id)))
    return false;
  if (affectedAddress == null) return true;
  const owners = outcome.changes.flatMap(({ after, before }) =>
    [after?.owner, before?.owner].flatMap((owner) =>
      owner?.kind === 'address' || owner?.kind === 'consensusAddress' ? [owner.address] : [],
    ),
  );
  return [data.sender, data.gas.owner, ...owners].some((address) => same(affectedAddress, address));
}

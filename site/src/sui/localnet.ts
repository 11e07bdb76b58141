/** What the page asks of the local Sui chain: money, the demo's package, and whether a transaction landed. */
import {
  array,
  create,
  nullable,
  number,
  type Struct,
  string,
  type,
  unknown,
} from '@metamask/superstruct';
import { LocalnetError } from '../local/error';
import type { OwnedObject } from './build';

const TIMEOUT_MS = 10_000;
const SUI = '0x2::sui::SUI';

/** Accounts of the local chain. Everyone knows their keys. */
export const ALICE = '0x1b88d076724ac769a443ceab5bffc6650e6277070c7807b9ad555c52d00c11e3';
export const BOB = '0x095b2cf0ba672ca692d49e73691f136f6838ff74d2a02c3d64298e86a4237bf7';
/** Published the demo. */
export const PUBLISHER = '0x2528d34a3d38baedeec27598991b1801f070b021332c05b625ea6fcda8bdbc87';

const chainShape = type({ chainIdentifier: string() });
const balanceShape = type({
  address: type({ balance: nullable(type({ totalBalance: string() })) }),
});
const landedShape = type({
  transactionEffects: nullable(
    type({
      status: string(),
      checkpoint: nullable(type({ sequenceNumber: number() })),
      executionError: nullable(type({ message: string() })),
    }),
  ),
});
const stateShape = type({
  version: number(),
  asMovePackage: nullable(type({ address: string() })),
  asMoveObject: nullable(type({ contents: type({ type: type({ repr: string() }) }) })),
});
const demoShape = type({
  transactions: type({
    nodes: array(
      type({
        effects: type({
          objectChanges: type({
            nodes: array(type({ address: string(), outputState: nullable(stateShape) })),
          }),
        }),
      }),
    ),
  }),
});
const ownedShape = type({
  address: type({
    objects: type({
      nodes: array(type({ address: string(), version: number(), digest: string() })),
    }),
  }),
});
const refusalShape = type({ errors: array(type({ message: string() })) });

const DEMO = `query Demo($publisher: SuiAddress!) {
  transactions(first: 1, filter: { sentAddress: $publisher }) {
    nodes { effects { objectChanges(first: 50) { nodes {
      address
      outputState {
        version
        asMovePackage { address }
        asMoveObject { contents { type { repr } } }
      }
    } } } }
  }
}`;

const OWNED = `query Owned($owner: SuiAddress!, $type: String!) {
  address(address: $owner) {
    objects(first: 1, filter: { type: $type }) { nodes { address version digest } }
  }
}`;

const LANDED = `query Landed($digest: String!) {
  transactionEffects(digest: $digest) {
    status checkpoint { sequenceNumber } executionError { message }
  }
}`;

export interface SuiDemo {
  /** Ids, 0x and 64 digits. */
  readonly package: string;
  /** Of `moon::Tap`, a shared object from which anyone mints. */
  readonly tap: string;
  /** The version that it became shared at. */
  readonly tapVersion: bigint;
  /** Of `exchange::Pool`, a shared object that gives MOON for SUI. */
  readonly pool: string;
  readonly poolVersion: bigint;
}

export class SuiLocalnet {
  /** @param endpoint - of the GraphQL service */
  constructor(readonly endpoint: string) {}

  /** Digest of the genesis checkpoint, base58. */
  async chainIdentifier(): Promise<string> {
    return (await this.#query(chainShape, '{ chainIdentifier }')).chainIdentifier;
  }

  /** Of a currency, in its smallest unit; MIST unless told. */
  async balance(address: string, coinType: string = SUI): Promise<string> {
    const { address: found } = await this.#query(
      balanceShape,
      `query Balance($address: SuiAddress!, $coinType: String!) {
        address(address: $address) { balance(coinType: $coinType) { totalBalance } }
      }`,
      { address, coinType },
    );
    return found.balance?.totalBalance ?? '0';
  }

  /** Where the demo's package is. It was the publisher's first transaction. */
  async demo(): Promise<SuiDemo> {
    const { transactions } = await this.#query(demoShape, DEMO, { publisher: PUBLISHER });
    const changes = transactions.nodes[0]?.effects.objectChanges.nodes ?? [];
    const published = changes.find(({ outputState }) => outputState?.asMovePackage != null);
    const tap = changes.find(({ outputState }) =>
      outputState?.asMoveObject?.contents.type.repr.endsWith('::moon::Tap'),
    );
    const pool = changes.find(({ outputState }) =>
      outputState?.asMoveObject?.contents.type.repr.endsWith('::exchange::Pool'),
    );
    if (published === undefined || tap === undefined || pool === undefined) {
      throw new LocalnetError('The local Sui chain has no demo.');
    }
    return {
      package: published.address,
      tap: tap.address,
      tapVersion: BigInt(tap.outputState?.version ?? 0),
      pool: pool.address,
      poolVersion: BigInt(pool.outputState?.version ?? 0),
    };
  }

  /** An object of a type that somebody owns. @throws LocalnetError where there is none */
  async owned(owner: string, type: string): Promise<OwnedObject> {
    const { address } = await this.#query(ownedShape, OWNED, { owner, type });
    const [found] = address.objects.nodes;
    if (found === undefined) {
      const [name = ''] = type.split('::').slice(-1);
      throw new LocalnetError(
        `The account of the local Sui chain has no ${name} any more. Start the chain anew.`,
      );
    }
    return { id: found.address, version: BigInt(found.version), digest: found.digest };
  }

  /** 10 SUI. The node's port answers for the faucet, too. */
  async fund(address: string): Promise<void> {
    const { origin } = new URL(this.endpoint);
    const body = { FixedAmountRequest: { recipient: address } };
    const answer = await this.#post(`${origin}/v2/gas`, body);
    const status = statusOf(answer);
    if (status !== 'Success') throw new LocalnetError(`The local faucet failed: ${status}.`);
  }

  /** The checkpoint that a transaction is in and its error; waits up to half a minute. */
  async landed(digest: string): Promise<{ checkpoint: number; error: string | undefined }> {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const { transactionEffects } = await this.#query(landedShape, LANDED, { digest });
      const { checkpoint, executionError, status } = transactionEffects ?? {};
      if (checkpoint != null) {
        const error = status === 'SUCCESS' ? undefined : (executionError?.message ?? 'no reason');
        return { checkpoint: checkpoint.sequenceNumber, error };
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new LocalnetError('The local chain has not seen the transaction in half a minute.');
  }

  async #query<T, S>(
    shape: Struct<T, S>,
    query: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const answer = await this.#post(this.endpoint, { query, variables });
    if (refusalShape.is(answer)) {
      throw new LocalnetError(answer.errors[0]?.message ?? 'The local chain gave no reason.');
    }
    return create(create(answer, type({ data: unknown() })).data, shape);
  }

  async #post(url: string, body: unknown): Promise<unknown> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await response.json();
    } catch {
      throw LocalnetError.away(this.endpoint);
    }
  }
}

/** `Success`, or why not: the faucet says that as an object. */
function statusOf(answer: unknown): string {
  const failure = type({ status: type({ Failure: type({ internal: string() }) }) });
  if (failure.is(answer)) return answer.status.Failure.internal;
  return create(answer, type({ status: string() })).status;
}

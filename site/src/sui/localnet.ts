/** What the page asks of the local Sui chain: money, and the demo's package and objects. */
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

/** Accounts of the local chain. Everyone knows their keys. */
export const ALICE = '0x1b88d076724ac769a443ceab5bffc6650e6277070c7807b9ad555c52d00c11e3';
export const BOB = '0x095b2cf0ba672ca692d49e73691f136f6838ff74d2a02c3d64298e86a4237bf7';
/** Published the demo. */
export const PUBLISHER = '0x2528d34a3d38baedeec27598991b1801f070b021332c05b625ea6fcda8bdbc87';

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

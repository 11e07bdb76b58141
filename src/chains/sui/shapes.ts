/** What a Sui node answers, as far as it is read. Source: the GraphQL schema of `@mysten/sui`. */
import { array, boolean, define, nullable, string, type } from '@metamask/superstruct';

const u53 = define<number>(
  'u53',
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
);

/** `BigInt`: digits. */
const big = define<string | number>(
  'integer',
  (value) =>
    (typeof value === 'string' && /^\d{1,20}$/.test(value)) ||
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0),
);

const decimals = define<number>(
  'decimals',
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256,
);

const bcs = type({ objectBcs: nullable(string()) });

export const serviceShape = type({
  chainIdentifier: string(),
  checkpoint: type({
    sequenceNumber: u53,
    timestamp: string(),
    epoch: type({
      epochId: u53,
      referenceGasPrice: big,
      startTimestamp: string(),
      protocolConfigs: type({ protocolVersion: u53 }),
    }),
  }),
});

export const protocolShape = type({
  protocolConfigs: type({
    protocolVersion: u53,
    configs: array(type({ key: string(), value: nullable(string()) })),
    featureFlags: array(type({ key: string(), value: boolean() })),
  }),
});

export const objectsShape = type({ multiGetObjects: array(nullable(bcs)) });

export const ownedShape = type({
  address: nullable(
    type({
      objects: type({
        pageInfo: type({ hasNextPage: boolean(), endCursor: nullable(string()) }),
        nodes: array(bcs),
      }),
    }),
  ),
});

const balance = type({ totalBalance: nullable(big), addressBalance: nullable(big) });

export const balanceShape = type({ address: nullable(type({ balance: nullable(balance) })) });

export const balancesShape = type({
  checkpoint: nullable(type({ query: nullable(type({ multiGetBalances: array(balance) })) })),
});

export const coinShape = type({
  coinMetadata: nullable(
    type({ decimals: nullable(decimals), name: nullable(string()), symbol: nullable(string()) }),
  ),
});

export const displayShape = type({ objects: nullable(type({ nodes: array(bcs) })) });

export const usedShape = type({
  transactions: nullable(type({ nodes: array(type({ digest: string() })) })),
});

export const publishedShape = type({
  object: nullable(
    type({
      previousTransaction: nullable(
        type({ effects: nullable(type({ timestamp: nullable(string()) })) }),
      ),
    }),
  ),
});

const failure = nullable(type({ message: string() }));

export const executeShape = type({
  executeTransaction: type({
    effects: nullable(
      type({
        digest: string(),
        status: nullable(string()),
        effectsBcs: nullable(string()),
        executionError: failure,
      }),
    ),
  }),
});

export const effectsShape = type({
  transactionEffects: nullable(
    type({
      digest: string(),
      status: nullable(string()),
      checkpoint: nullable(type({ sequenceNumber: u53 })),
      executionError: failure,
    }),
  ),
});

/** A Sui chain on this machine, for the demo and the tests: GraphQL over the project's own VM, kept in memory. */
import { digestText } from '../../src/chains/sui/address';
import { NEWEST_KNOWN } from '../../src/vm-preview/move/sui/protocol';
import { listenForBoth } from '../listening';
import { ACCOUNTS, FAUCET, type LocalAccount, PUBLISHER } from './accounts';
import { Chain } from './chain';
import { type Demo, publishDemo } from './demo';
import { fund, type Sent } from './faucet';
import {
  genesisCoins,
  newestRecorded,
  ownFramework,
  recordedFramework,
  suiMetadata,
} from './genesis';
import { suiServer } from './server';
import { accumulatorRoot } from './settlement';

export type { LocalAccount } from './accounts';

export interface SuiLocalnetOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** For the faucet, which the node's port answers, too. None by default. */
  readonly faucetPort?: number;
  /** Folder of recorded chain data: the real framework. Without one there, the small framework of this folder. */
  readonly fixtures?: string | undefined;
  /** By whose rules it runs; the newest that is known and suits the framework by default. */
  readonly protocolVersion?: number;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

export interface SuiLocalnet {
  /** Of the GraphQL service. */
  readonly url: string;
  readonly faucetUrl: string;
  /** Digest of the genesis checkpoint, base58. */
  readonly chainIdentifier: string;
  /** Which framework it runs: one that was recorded, by its protocol version, or the small one. */
  readonly framework: string;
  /** Funded; everyone knows their keys. */
  readonly accounts: typeof ACCOUNTS;
  /** Who published the demo. */
  readonly publisher: LocalAccount;
  readonly demo: Demo;
  readonly chain: Chain;
  /** Gives MIST, by a transaction. */
  fund(address: string, mist: bigint): Sent;
  close(): Promise<void>;
}

/** MIST in each of the accounts' coins: 100 SUI and 5. */
const COINS = [100_000_000_000n, 5_000_000_000n];

/** The small framework asks its `TxContext` who sends, which later versions leave empty. */
const OWN_PROTOCOL = 92;

/** @throws when a port is taken */
export async function startSuiLocalnet(options: SuiLocalnetOptions = {}): Promise<SuiLocalnet> {
  const { faucetPort, fixtures, now = Date.now, port = 0, protocolVersion } = options;
  const recorded = fixtures === undefined ? undefined : newestRecorded(fixtures, protocolVersion);
  const framework =
    fixtures === undefined || recorded === undefined
      ? ownFramework()
      : recordedFramework(fixtures, recorded);
  const funded = [...Object.values(ACCOUNTS), PUBLISHER].map(
    ({ address }) => [address, COINS] as const,
  );
  const chain = new Chain(
    [
      ...framework,
      suiMetadata(),
      ...accumulatorRoot(framework),
      ...genesisCoins(funded, FAUCET.address),
    ],
    now,
    protocolVersion ?? (recorded === undefined ? OWN_PROTOCOL : NEWEST_KNOWN),
  );
  const demo = publishDemo(chain);
  const { close, faucet, node } = await listenForBoth(() => suiServer(chain), port, faucetPort);
  return {
    url: `${node}/graphql`,
    faucetUrl: faucet,
    chainIdentifier: digestText(chain.environment.chainIdentifier),
    framework: recorded === undefined ? 'own' : String(recorded),
    accounts: ACCOUNTS,
    publisher: PUBLISHER,
    demo,
    chain,
    fund: (address, mist) => fund(chain, address, mist),
    close,
  };
}

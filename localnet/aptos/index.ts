/** An Aptos chain on this machine, for the demo and the tests: REST over the project's own VM, kept in memory. */
import type { Server } from 'node:http';
import { listenForBoth } from '../listening';
import { ACCOUNTS, FAUCET, type LocalAccount } from './accounts';
import { Chain, type Executed } from './chain';
import { fund } from './faucet';
import { DEMO, ownGenesis, withDemo } from './framework';
import { CHAIN_ID, recordedGenesis } from './genesis';
import { faucetAnswer, isFaucetPath } from './http/faucet';
import { nodeAnswer } from './http/routes';
import { restServer } from './http/server';

export type { LocalAccount } from './accounts';

export interface AptosLocalnetOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** For the faucet, which the node's port answers, too. None by default. */
  readonly faucetPort?: number;
  /** Folder of recorded chain data: devnet's framework. Without it the small framework of this folder. */
  readonly fixtures?: string | undefined;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

export interface AptosLocalnet {
  /** Of the node, with `/v1`. */
  readonly url: string;
  readonly faucetUrl: string;
  readonly chainId: number;
  /** Which framework it runs. */
  readonly framework: 'devnet' | 'own';
  /** Funded; everyone knows their keys. */
  readonly accounts: typeof ACCOUNTS;
  /** Where the demo's modules are: `dollar`, `moon_coin`, `ticket`, `lessons`. */
  readonly demo: string;
  /** The account that may mint. */
  readonly faucet: LocalAccount;
  readonly chain: Chain;
  /** Gives octas, by a transaction. */
  fund(address: string, octas: bigint): Executed;
  close(): Promise<void>;
}

/** Octas that each of the accounts begins with: 100 APT. */
const FUNDS = 10_000_000_000n;

/** @throws when a port is taken */
export async function startAptosLocalnet(
  options: AptosLocalnetOptions = {},
): Promise<AptosLocalnet> {
  const { faucetPort, fixtures, now = Date.now, port = 0 } = options;
  const genesis = fixtures === undefined ? ownGenesis() : withDemo(recordedGenesis(fixtures));
  const chain = new Chain(CHAIN_ID, genesis, now);
  for (const { address } of Object.values(ACCOUNTS)) fund(chain, address, FUNDS);
  const { close, faucet, node } = await listenForBoth(() => serverOf(chain), port, faucetPort);
  return {
    url: `${node}/v1`,
    faucetUrl: faucet,
    chainId: CHAIN_ID,
    framework: fixtures === undefined ? 'own' : 'devnet',
    accounts: ACCOUNTS,
    demo: DEMO,
    faucet: FAUCET,
    chain,
    fund: (address, octas) => fund(chain, address, octas),
    close,
  };
}

/** Node and faucet in one. */
function serverOf(chain: Chain): Server {
  return restServer(chain, (request) =>
    isFaucetPath(request) ? faucetAnswer(chain, request) : nodeAnswer(chain, request),
  );
}

/** An Aptos chain on this machine, for the demo and the tests: REST over the project's own VM, kept in memory. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const HOST = '127.0.0.1';
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
  const servers = [await listen(chain, port)];
  try {
    if (faucetPort !== undefined) servers.push(await listen(chain, faucetPort));
  } catch (error) {
    await Promise.all(servers.map(close));
    throw error;
  }
  const [node = '', faucet = node] = servers.map((server) => `http://${HOST}:${portOf(server)}`);
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
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

/** Node and faucet in one. */
async function listen(chain: Chain, port: number): Promise<Server> {
  const server = restServer(chain, (request) =>
    isFaucetPath(request) ? faucetAnswer(chain, request) : nodeAnswer(chain, request),
  ).listen(port, HOST);
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

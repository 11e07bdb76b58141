/** A Solana chain on this machine, for the demo and the tests: JSON-RPC over litesvm, kept in memory. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Keypair, PublicKey } from '@solana/web3.js';
import type { WebSocketServer } from 'ws';
import { HOST, type Listening, listen } from '../listening';
import { rpcServer } from '../rpc-server';
import { Bank } from './bank';
import { GENESIS_HASH, type LocalToken, NONCE, openGenesis, TOKENS, WALLETS } from './genesis';
import { accountMethods } from './methods/accounts';
import { chainMethods } from './methods/chain';
import { localnetMethods } from './methods/localnet';
import { transactionMethods } from './methods/transactions';
import { subscriptionServer } from './subscriptions';

export type { LocalToken } from './genesis';

export interface SolanaLocalnetOptions {
  /** 0, the default, takes a free one. The port after it is for subscriptions. */
  readonly port?: number;
  /** 400 by default; with 0 slots pass only by `advanceSlots`. */
  readonly slotMilliseconds?: number;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

export interface SolanaLocalnet {
  readonly url: string;
  /** Always the same. */
  readonly genesisHash: string;
  /** Funded; everyone knows their keys. */
  readonly wallets: {
    readonly faucet: Keypair;
    readonly alice: Keypair;
    readonly bob: Keypair;
    readonly carol: Keypair;
  };
  /** USDL on Token, LOOK on Token-2022 with metadata, FEES with a transfer fee of 1 %. */
  readonly tokens: readonly LocalToken[];
  readonly nonceAccount: PublicKey;
  readonly lookupTable: PublicKey;
  /** For setting states that no transaction leads to. */
  readonly bank: Bank;
  advanceSlots(slots: number): void;
  close(): Promise<void>;
}

/** @throws when the port, or the one after it, is taken */
export async function startSolanaLocalnet(
  options: SolanaLocalnetOptions = {},
): Promise<SolanaLocalnet> {
  const { port = 0, slotMilliseconds = 400, now = Date.now } = options;
  const bank = new Bank({ slotMilliseconds, now });
  const genesis = openGenesis(bank);
  const { node, subscriptions } = await listenWithSubscriptions(bank, port, () =>
    rpcServer({
      ...chainMethods(bank, GENESIS_HASH),
      ...accountMethods(bank),
      ...transactionMethods(bank),
      ...localnetMethods(bank, genesis),
    }),
  );
  return {
    url: node.url,
    genesisHash: GENESIS_HASH,
    wallets: WALLETS,
    tokens: TOKENS,
    nonceAccount: NONCE.publicKey,
    lookupTable: genesis.lookupTable,
    bank,
    advanceSlots: (slots) => bank.advance(BigInt(slots)),
    async close() {
      for (const client of subscriptions.clients) client.terminate();
      subscriptions.close();
      await node.close();
    },
  };
}

/** Any free port whose neighbour is free too may take some tries. */
const TRIES = 20;

async function listenWithSubscriptions(
  bank: Bank,
  port: number,
  create: () => Server,
): Promise<{ node: Listening; subscriptions: WebSocketServer }> {
  for (let attempt = 1; ; attempt += 1) {
    const node = await listen(create(), port);
    const subscriptions = subscriptionServer(bank, HOST, node.port + 1);
    try {
      await once(subscriptions, 'listening');
      return { node, subscriptions };
    } catch (error) {
      await node.close();
      if (port !== 0 || attempt === TRIES) throw error;
    }
  }
}

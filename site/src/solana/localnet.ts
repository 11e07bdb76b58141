/** What the page asks of the local chain: who is on it, money, and whether a transaction landed. */

import {
  array,
  create,
  type Infer,
  literal,
  nullable,
  number,
  type Struct,
  string,
  tuple,
  type,
  unknown,
} from '@metamask/superstruct';
import { base58 } from '@scure/base';
import { LocalnetError } from '../local/error';
import { fromBase64 } from '../parts/base64';

const tokenShape = type({
  symbol: string(),
  name: string(),
  mint: string(),
  program: string(),
  decimals: number(),
});
export type LocalToken = Infer<typeof tokenShape>;

const infoShape = type({
  tokens: array(tokenShape),
  wallets: type({ alice: string(), bob: string(), carol: string() }),
  /** Of alice's. */
  nonceAccount: string(),
});
export type LocalnetInfo = Infer<typeof infoShape>;

const blockhashShape = type({ value: type({ blockhash: string() }) });
const balanceShape = type({ value: number() });
const tokenAmountShape = type({ tokenAmount: type({ amount: string() }) });
const tokenAccountsShape = type({
  value: array(
    type({ account: type({ data: type({ parsed: type({ info: tokenAmountShape }) }) }) }),
  ),
});
const statusesShape = type({
  value: array(nullable(type({ slot: number(), err: unknown() }))),
});
const accountShape = type({ value: type({ data: tuple([string(), literal('base64')]) }) });
const answerShape = type({ result: unknown(), error: unknown() });
const errorShape = type({ message: string() });

const TIMEOUT_MS = 10_000;
/** After version, state and authority. */
const NONCE_OFFSET = 40;

export class Localnet {
  constructor(readonly endpoint: string) {}

  info(): Promise<LocalnetInfo> {
    return this.#call(infoShape, 'localnet_info');
  }

  genesisHash(): Promise<string> {
    return this.#call(string(), 'getGenesisHash');
  }

  async latestBlockhash(): Promise<string> {
    const { value } = await this.#call(blockhashShape, 'getLatestBlockhash');
    return value.blockhash;
  }

  /** What a nonce account holds, in base58: it stands in the place of a blockhash. */
  async nonce(account: string): Promise<string> {
    const params = [account, { encoding: 'base64' }];
    const { value } = await this.#call(accountShape, 'getAccountInfo', params);
    const data = fromBase64(value.data[0]);
    return base58.encode(data.subarray(NONCE_OFFSET, NONCE_OFFSET + 32));
  }

  /** Lamports. */
  async balance(address: string): Promise<string> {
    const { value } = await this.#call(balanceShape, 'getBalance', [address]);
    return String(value);
  }

  /** Smallest units of a mint that an owner has, over all accounts. */
  async tokenBalance(owner: string, mint: string): Promise<string> {
    const params = [owner, { mint }, { encoding: 'jsonParsed' }];
    const { value } = await this.#call(tokenAccountsShape, 'getTokenAccountsByOwner', params);
    return value
      .reduce((sum, { account }) => sum + BigInt(account.data.parsed.info.tokenAmount.amount), 0n)
      .toString();
  }

  /** 2 SOL and 100 of each token. */
  async fund(address: string, tokens: readonly LocalToken[]): Promise<void> {
    await this.#call(string(), 'requestAirdrop', [address, 2_000_000_000]);
    for (const { mint, decimals } of tokens) {
      const amount = `100${'0'.repeat(decimals)}`;
      await this.#call(string(), 'localnet_mintTo', [mint, address, amount]);
    }
  }

  /** The slot a transaction landed in and its error; waits up to half a minute. */
  async landed(signature: string): Promise<{ slot: number; error: string | undefined }> {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const { value } = await this.#call(statusesShape, 'getSignatureStatuses', [[signature]]);
      const status = value[0] ?? null;
      if (status !== null) {
        const { slot, err } = status;
        return { slot, error: err === null ? undefined : JSON.stringify(err) };
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new LocalnetError('The local chain has not seen the transaction in half a minute.');
  }

  async #call<T, S>(
    shape: Struct<T, S>,
    method: string,
    params: readonly unknown[] = [],
  ): Promise<T> {
    let answer: Infer<typeof answerShape>;
    try {
      const response = await fetch(this.endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      answer = create(await response.json(), answerShape);
    } catch {
      throw LocalnetError.away(this.endpoint);
    }
    if (answer.error !== undefined) {
      throw new LocalnetError(create(answer.error, errorShape).message);
    }
    return create(answer.result, shape);
  }
}

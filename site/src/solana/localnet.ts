/** What the page asks of the local chain: who is on it, what transactions start from, and money. */

import {
  array,
  create,
  type Infer,
  literal,
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

  /** 2 SOL and 100 of each token. */
  async fund(address: string, tokens: readonly LocalToken[]): Promise<void> {
    await this.#call(string(), 'requestAirdrop', [address, 2_000_000_000]);
    for (const { mint, decimals } of tokens) {
      const amount = `100${'0'.repeat(decimals)}`;
      await this.#call(string(), 'localnet_mintTo', [mint, address, amount]);
    }
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

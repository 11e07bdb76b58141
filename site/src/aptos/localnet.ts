/** What the page asks of the local Aptos chain: what transactions start from, and money. */
import { create, number, type Struct, string, type } from '@metamask/superstruct';
import { LocalnetError } from '../local/error';

const ledgerShape = type({ chain_id: number(), ledger_timestamp: string() });
const accountShape = type({ sequence_number: string() });
const gasShape = type({ gas_estimate: number() });
const problemShape = type({ message: string() });

/** What a transaction of an account is built with. */
export interface AccountFacts {
  readonly sequenceNumber: bigint;
  readonly chainId: number;
  /** Of the chain's clock, since 1970. */
  readonly seconds: bigint;
  /** Octas. */
  readonly gasUnitPrice: bigint;
}

const MICROS = 1_000_000n;
const TIMEOUT_MS = 10_000;

/** Accounts of the local chain. Everyone knows their keys. */
export const ALICE = '0xc46b65e02621f32b252d0dd979a3a919002307c5aae586715fcaced8ea947955';
export const BOB = '0x99d0a99fa92dc42b6153417725430bf3e26894f446e438bed9b30e3565d12c08';

/** Where the demo's modules are. */
export const DEMO = '0xde30000000000000000000000000000000000000000000000000000000000001';

export class AptosLocalnet {
  /** @param endpoint - of the REST interface, with `/v1` */
  constructor(readonly endpoint: string) {}

  async facts(address: string): Promise<AccountFacts> {
    const [ledger, account, gas] = await Promise.all([
      this.#get(ledgerShape, '/'),
      this.#find(accountShape, `/accounts/${address}`),
      this.#get(gasShape, '/estimate_gas_price'),
    ]);
    return {
      sequenceNumber: BigInt(account?.sequence_number ?? 0),
      chainId: ledger.chain_id,
      seconds: BigInt(ledger.ledger_timestamp) / MICROS,
      gasUnitPrice: BigInt(gas.gas_estimate),
    };
  }

  /** 10 APT. The node's port answers for the faucet, too. */
  async fund(address: string): Promise<void> {
    const { origin } = new URL(this.endpoint);
    const response = await this.#ask(`${origin}/mint?address=${address}&amount=1000000000`, 'POST');
    if (!response.ok) throw await problemOf(response);
  }

  async #get<T, S>(shape: Struct<T, S>, path: string): Promise<T> {
    const response = await this.#ask(`${this.endpoint}${path}`);
    if (!response.ok) throw await problemOf(response);
    return create(await response.json(), shape);
  }

  /** Undefined where the chain has no such thing. */
  async #find<T, S>(shape: Struct<T, S>, path: string): Promise<T | undefined> {
    const response = await this.#ask(`${this.endpoint}${path}`);
    if (response.status === 404) return undefined;
    if (!response.ok) throw await problemOf(response);
    return create(await response.json(), shape);
  }

  async #ask(url: string, method: 'GET' | 'POST' = 'GET'): Promise<Response> {
    try {
      return await fetch(url, {
        method,
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw LocalnetError.away(this.endpoint);
    }
  }
}

async function problemOf(response: Response): Promise<LocalnetError> {
  try {
    return new LocalnetError(create(await response.json(), problemShape).message);
  } catch {
    return new LocalnetError(`The local chain answered with status ${response.status}.`);
  }
}

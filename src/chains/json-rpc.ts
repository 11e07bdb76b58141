/** JSON-RPC 2.0 over the bounded HTTP client. */
import { is, type Struct } from '@metamask/superstruct';
import { StateError } from '../vm-preview/errors';
import { endpointHost, endpointUrl } from './endpoint';
import { type HttpOptions, parseJson, requestBytes, sleep } from './http';

export interface JsonRpcOptions extends HttpOptions {
  /** Whether an error of this code may pass if asked again. */
  readonly transientErrors?: ReadonlySet<number>;
}

const RETRIES = 2;
const RETRY_DELAY_MS = 250;

/** A caller of one endpoint. Ids count up, so that an answer to another request shows. */
export class JsonRpcClient {
  #nextId = 1;

  constructor(
    readonly endpoint: string,
    private readonly options: JsonRpcOptions = {},
  ) {
    endpointUrl(endpoint);
  }

  get host(): string {
    return endpointHost(this.endpoint);
  }

  /**
   * Calls a method and checks the shape of its result.
   *
   * @throws StateError those of `requestBytes` and `node-rpc-error`, `node-http-error`,
   * `node-answered-html`, `node-answered-not-json`, `node-answer-wrong-id`, `node-answer-malformed`
   */
  async call<T, S>(
    method: string,
    params: readonly unknown[],
    result: Struct<T, S>,
    limits: Pick<HttpOptions, 'maxBytes' | 'timeoutMs' | 'retries'> = {},
  ): Promise<T> {
    const retries = limits.retries ?? this.options.retries ?? RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(method, params, result, limits);
      } catch (error) {
        if (attempt >= retries || !this.#isTransient(error)) throw error;
        const delay = (this.options.retryDelayMs ?? RETRY_DELAY_MS) * 2 ** attempt;
        await sleep(delay, this.options.signal);
      }
    }
  }

  #isTransient(error: unknown): boolean {
    if (!(error instanceof StateError) || error.code !== 'node-rpc-error') return false;
    const { rpcCode } = error.context;
    return typeof rpcCode === 'number' && (this.options.transientErrors?.has(rpcCode) ?? false);
  }

  async #once<T, S>(
    method: string,
    params: readonly unknown[],
    result: Struct<T, S>,
    limits: Pick<HttpOptions, 'maxBytes' | 'timeoutMs' | 'retries'>,
  ): Promise<T> {
    const id = this.#nextId;
    this.#nextId += 1;
    const { host } = this;
    const answer = await requestBytes(
      this.endpoint,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
      },
      { ...this.options, ...limits },
    );
    if (answer.status < 200 || answer.status > 299) {
      throw new StateError('node-http-error', `${host} answered with HTTP error ${answer.status}`, {
        host,
        status: answer.status,
        method,
      });
    }
    const envelope = parseJson(answer, host);
    if (!isRecord(envelope)) throw malformed(host, method);
    if (isRecord(envelope.error)) throw rpcError(host, method, envelope.error);
    if (envelope.id !== id) {
      throw new StateError('node-answer-wrong-id', `${host} answered another request`, {
        host,
        method,
      });
    }
    if (!is(envelope.result, result)) throw malformed(host, method);
    return envelope.result;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rpcError(host: string, method: string, error: Record<string, unknown>): StateError {
  const rpcCode = typeof error.code === 'number' ? error.code : 0;
  const rpcMessage = typeof error.message === 'string' ? error.message.slice(0, 300) : '';
  return new StateError('node-rpc-error', `${host} refused ${method}: ${rpcMessage}`, {
    host,
    method,
    rpcCode,
    rpcMessage,
  });
}

function malformed(host: string, method: string): StateError {
  return new StateError(
    'node-answer-malformed',
    `${host} answered ${method} in a shape that is not the one of this method`,
    { host, method },
  );
}

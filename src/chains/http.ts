/**
 * The one way to a node, for all chains: every request is bounded in time and bytes, goes to one
 * endpoint only, and ends in a value or in one StateError.
 */
import { StateError } from '../vm-preview/errors';
import { endpointUrl } from './endpoint';

/** What requests have cost so far; shown with the preview. */
export interface Usage {
  requests: number;
  /** Bytes of answers. */
  bytes: number;
}

export interface HttpOptions {
  readonly fetch?: typeof fetch;
  /** Per attempt, headers and body together. */
  readonly timeoutMs?: number;
  /** Largest answer that is read. */
  readonly maxBytes?: number;
  /** Further attempts after the first, for what may pass: 429, 5xx, a broken connection. */
  readonly retries?: number;
  /** Wait before the first further attempt; doubles each time. */
  readonly retryDelayMs?: number;
  readonly signal?: AbortSignal;
  readonly usage?: Usage;
}

export const HTTP_DEFAULTS = {
  timeoutMs: 12_000,
  maxBytes: 1024 * 1024,
  retries: 2,
  retryDelayMs: 250,
} as const;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Appended to the endpoint's path. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Sends a request to the endpoint and reads the whole answer, whatever its status.
 *
 * @throws StateError `endpoint-not-allowed`, `cancelled`, `node-timeout`, `node-unreachable`,
 * `node-http-error` (429 and 5xx that did not pass), `node-answer-too-large`
 */
export async function requestBytes(
  endpoint: string,
  request: HttpRequest,
  options: HttpOptions = {},
): Promise<HttpAnswer> {
  const url = endpointUrl(endpoint);
  if (request.path !== undefined) url.pathname = joinPath(url.pathname, request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.set(name, value);
  }
  const retries = options.retries ?? HTTP_DEFAULTS.retries;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await once(url, request, options);
      if (!mayPass(answer.status)) return answer;
      throw httpError(url, answer);
    } catch (error) {
      if (attempt >= retries || !isTransient(error)) throw error;
      const delay = (options.retryDelayMs ?? HTTP_DEFAULTS.retryDelayMs) * 2 ** attempt;
      await sleep(delay, options.signal);
    }
  }
}

/**
 * Like `requestBytes`, for an answer that must be JSON with status 2xx. Integers that a double cannot
 * hold come as strings of digits.
 *
 * @throws StateError also `node-http-error`, `node-answered-html`, `node-answered-not-json`
 */
export async function requestJson(
  endpoint: string,
  request: HttpRequest,
  options: HttpOptions = {},
): Promise<unknown> {
  const answer = await requestBytes(endpoint, request, options);
  if (answer.status < 200 || answer.status > 299) throw httpError(endpointUrl(endpoint), answer);
  return parseJson(answer, endpointUrl(endpoint).host);
}

/** Of an answer that is not one of success. */
export function answerError(endpoint: string, answer: HttpAnswer): StateError {
  return httpError(endpointUrl(endpoint), answer);
}

/** The answer's JSON. @throws StateError `node-answered-html`, `node-answered-not-json` */
export function parseJson(answer: HttpAnswer, host: string): unknown {
  const text = new TextDecoder().decode(answer.body);
  const type = answer.headers.get('content-type') ?? '';
  if (type.includes('text/html') || /^\s*</.test(text.slice(0, 64))) {
    throw new StateError('node-answered-html', `${host} answered with a web page, not with data`, {
      host,
    });
  }
  try {
    return JSON.parse(quoteLargeIntegers(text));
  } catch {
    throw new StateError('node-answered-not-json', `${host} answered with something not JSON`, {
      host,
    });
  }
}

/** Waits, or ends early with `cancelled`. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const onAbort = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function joinPath(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function mayPass(status: number): boolean {
  return status === 429 || status >= 500;
}

const TRANSIENT = new Set(['node-unreachable', 'node-http-error']);

function isTransient(error: unknown): boolean {
  if (!(error instanceof StateError) || !TRANSIENT.has(error.code)) return false;
  const status = error.context.status;
  return typeof status !== 'number' || mayPass(status);
}

function httpError(url: URL, answer: HttpAnswer): StateError {
  const { host } = url;
  const status = answer.status;
  const text =
    status === 429
      ? `${host} refuses because of too many requests (429)`
      : `${host} answered with HTTP error ${status}`;
  return new StateError('node-http-error', text, { host, status });
}

function cancelled(): StateError {
  return new StateError('cancelled', 'the request was cancelled');
}

/** One attempt. The timer decides, even where `fetch` does not heed its signal. */
async function once(url: URL, request: HttpRequest, options: HttpOptions): Promise<HttpAnswer> {
  const { host } = url;
  const { signal } = options;
  if (signal?.aborted) throw cancelled();
  const timeoutMs = options.timeoutMs ?? HTTP_DEFAULTS.timeoutMs;
  const abort = new AbortController();
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new StateError('node-timeout', `${host} did not answer within ${timeoutMs / 1000} s`, {
          host,
        }),
      );
      abort.abort();
    }, timeoutMs);
    const onAbort = () => {
      reject(cancelled());
      abort.abort();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([exchange(url, request, options, abort), stopped]);
  } finally {
    stop?.();
  }
}

async function exchange(
  url: URL,
  request: HttpRequest,
  options: HttpOptions,
  abort: AbortController,
): Promise<HttpAnswer> {
  const { host } = url;
  const send = options.fetch ?? fetch;
  if (options.usage) options.usage.requests += 1;
  let response: Response;
  try {
    response = await send(url.toString(), {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
      signal: abort.signal,
      // Another host would see the user's addresses, and was never agreed to.
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const body = await readBody(response, options, host, abort);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError('node-unreachable', `${host} could not be reached`, { host });
  }
}

/** Reads at most `maxBytes`: as a stream where there is one, else whole (a snap has no streams). */
async function readBody(
  response: Response,
  options: HttpOptions,
  host: string,
  abort: AbortController,
): Promise<Uint8Array> {
  const maxBytes = options.maxBytes ?? HTTP_DEFAULTS.maxBytes;
  const tooLarge = () => {
    abort.abort();
    return new StateError(
      'node-answer-too-large',
      `${host} answered with more than ${maxBytes} bytes`,
      { host, maxBytes },
    );
  };
  const announced = Number(response.headers.get('content-length') ?? '0');
  if (announced > maxBytes) throw tooLarge();
  const count = (bytes: number) => {
    if (options.usage) options.usage.bytes += bytes;
  };
  const reader = response.body?.getReader?.();
  if (reader === undefined) {
    const body = new Uint8Array(await response.arrayBuffer());
    count(body.length);
    if (body.length > maxBytes) throw tooLarge();
    return body;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    count(value.length);
    if (length > maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

/**
 * Puts quotes around integers of 16 digits or more, which JSON.parse would round: a u64 of lamports or
 * a rent epoch is one. Works string by string, since a regular expression over megabytes of base64
 * overflows.
 */
export function quoteLargeIntegers(json: string): string {
  let out = '';
  let position = 0;
  for (;;) {
    const open = json.indexOf('"', position);
    const end = open === -1 ? json.length : open;
    const plain = json.slice(position, end);
    out += plain.replace(/(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g, '"$&"');
    if (open === -1) return out;
    let close = json.indexOf('"', open + 1);
    while (close !== -1 && isEscaped(json, close)) close = json.indexOf('"', close + 1);
    if (close === -1) return out + json.slice(open);
    out += json.slice(open, close + 1);
    position = close + 1;
  }
}

function isEscaped(json: string, quote: number): boolean {
  let backslashes = 0;
  while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

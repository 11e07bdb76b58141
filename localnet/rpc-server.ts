/** JSON-RPC 2.0 over HTTP; batches allowed. */
import type { IncomingMessage, Server } from 'node:http';
import {
  type HttpAnswer,
  httpServer,
  isPreflight,
  json,
  PREFLIGHT,
  plainText,
  readBody,
} from './http';
import { asRecord, type Json, writeJson } from './json';

/** Bytes; agave's own limit. */
const MAX_BODY_BYTES = 50 * 1024;
const MAX_BATCH = 100;

/** An error that the caller is told, with the code that the real node gives. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: Json,
  ) {
    super(message);
  }
}

export function invalidParams(message: string): RpcError {
  return new RpcError(-32602, message);
}

export type RpcMethod = (params: readonly unknown[]) => Json;
export type RpcMethods = Readonly<Record<string, RpcMethod>>;

export function rpcServer(methods: RpcMethods): Server {
  return httpServer((request) =>
    answerHttp(methods, request).catch((error: unknown) =>
      json(writeJson(failure(null, error)), 500),
    ),
  );
}

async function answerHttp(methods: RpcMethods, request: IncomingMessage): Promise<HttpAnswer> {
  if (isPreflight(request)) return PREFLIGHT;
  if (request.method === 'GET' && request.url === '/health') return plainText('ok');
  if (request.method !== 'POST') {
    return plainText('Used HTTP Method is not allowed. POST or OPTIONS is required\n', 405);
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) return plainText('The request is too large.\n', 413);
  return json(answer(methods, body.toString('utf8')));
}

/** The answer to a request's text, be it one call or a batch. */
export function answer(methods: RpcMethods, text: string): string {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return writeJson(failure(null, new RpcError(-32700, 'Parse error')));
  }
  if (!Array.isArray(request)) return writeJson(call(methods, request));
  if (request.length === 0 || request.length > MAX_BATCH) {
    return writeJson(failure(null, new RpcError(-32600, 'Invalid request')));
  }
  return writeJson(request.map((one) => call(methods, one)));
}

function call(methods: RpcMethods, request: unknown): Json {
  const { id, method, params } = asRecord(request);
  const callId = typeof id === 'string' || typeof id === 'number' ? id : null;
  try {
    if (typeof method !== 'string') throw new RpcError(-32600, 'Invalid request');
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (handler === undefined) throw new RpcError(-32601, 'Method not found');
    if (params !== undefined && !Array.isArray(params)) {
      throw invalidParams('Invalid params: a list is expected.');
    }
    return { jsonrpc: '2.0', id: callId, result: handler(params ?? []) };
  } catch (error) {
    return failure(callId, error);
  }
}

function failure(id: string | number | null, error: unknown): Json {
  const { code, message, data } =
    error instanceof RpcError
      ? error
      : {
          code: -32603,
          message: `Internal error: ${error instanceof Error ? error.message : String(error)}`,
          data: undefined,
        };
  return { jsonrpc: '2.0', id, error: { code, message, data } };
}

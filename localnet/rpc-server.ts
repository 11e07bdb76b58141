/** JSON-RPC 2.0 over HTTP, open to any page on this machine; batches allowed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Json, writeJson } from './json';

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
  return createServer((request, response) => {
    answerHttp(methods, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, writeJson(failure(null, error)));
    });
  });
}

async function answerHttp(
  methods: RpcMethods,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS') return send(response, 204, '');
  if (request.method === 'GET' && request.url === '/health') return send(response, 200, 'ok');
  if (request.method !== 'POST') {
    return send(response, 405, 'Used HTTP Method is not allowed. POST or OPTIONS is required\n');
  }
  const body = await readBody(request);
  if (body === undefined) return send(response, 413, 'The request is too large.\n');
  send(response, 200, answer(methods, body));
}

/** The body of a request, or `undefined` when it is larger than allowed. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'Content-Type':
      body.startsWith('{') || body.startsWith('[') ? 'application/json' : 'text/plain',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Solana-Client',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'no-store',
  });
  response.end(body);
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

/** The members of a JSON object; none when it is something else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

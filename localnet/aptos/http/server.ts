/** A node's REST interface over HTTP, open to any page on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MalformedError } from '../../../src/vm-preview/errors';
import { BcsError } from '../../../src/vm-preview/move/core/bcs';
import { writeJson } from '../../json';
import type { Chain } from '../chain';
import { type Answer, ApiError, invalidInput, type Request } from './answer';

/** The chain's own limit on transactions is 64 KiB, and ten times that for a package of governance. */
const MAX_BODY_BYTES = 1024 * 1024;
const BCS = 'application/x-bcs';
/** Which of its headers a page may read. */
const EXPOSED = [
  'X-Aptos-Chain-Id',
  'X-Aptos-Ledger-Version',
  'X-Aptos-Ledger-Oldest-Version',
  'X-Aptos-Ledger-TimestampUsec',
  'X-Aptos-Epoch',
  'X-Aptos-Block-Height',
  'X-Aptos-Oldest-Block-Height',
  'X-Aptos-Gas-Used',
  'X-Aptos-Cursor',
].join(', ');

export type Handler = (request: Request) => Answer | Promise<Answer>;

export function restServer(chain: Chain, handle: Handler): Server {
  return createServer((request, response) => {
    serve(chain, handle, request, response).catch(() => response.destroy());
  });
}

async function serve(
  chain: Chain,
  handle: Handler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS') return send(response, 204, 'text/plain', '', chain, request);
  const answer = await answerTo(handle, request);
  const { headers = {}, status } = answer;
  if ('bcs' in answer) send(response, status, BCS, answer.bcs, chain, request, headers);
  else send(response, status, 'application/json', writeJson(answer.json), chain, request, headers);
}

async function answerTo(handle: Handler, message: IncomingMessage): Promise<Answer> {
  try {
    return await handle(await readRequest(message));
  } catch (error) {
    return failure(error).answer;
  }
}

function failure(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof MalformedError || error instanceof BcsError) return invalidInput(text);
  return new ApiError(500, 'internal_error', text);
}

async function readRequest(message: IncomingMessage): Promise<Request> {
  const url = new URL(message.url ?? '/', 'http://localnet');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (length > MAX_BODY_BYTES)
    throw new ApiError(413, 'web_framework_error', 'the payload is too large');
  const path = url.pathname.replace(/^\/v1(?=\/|$)/, '');
  return {
    method: message.method ?? 'GET',
    parts: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: url.searchParams,
    body: new Uint8Array(Buffer.concat(chunks)),
    contentType: (message.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '',
    wantsBcs: (message.headers.accept ?? '').includes(BCS),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidInput(`${part} is no part of a path`);
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  chain: Chain,
  request: IncomingMessage,
  headers: Record<string, string> = {},
): void {
  const { epoch, height, oldestVersion, timestampMicros, version } = chain.head;
  response.writeHead(status, {
    'Content-Type': type,
    'X-Aptos-Chain-Id': String(chain.chainId),
    'X-Aptos-Ledger-Version': String(version),
    'X-Aptos-Ledger-Oldest-Version': String(oldestVersion),
    'X-Aptos-Ledger-TimestampUsec': timestampMicros.toString(),
    'X-Aptos-Epoch': epoch.toString(),
    'X-Aptos-Block-Height': String(height),
    'X-Aptos-Oldest-Block-Height': '0',
    // As the real node does it: browsers send it cookies, and take no '*' for an answer then.
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Expose-Headers': EXPOSED,
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body);
}

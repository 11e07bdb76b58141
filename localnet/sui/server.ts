/** The endpoints over HTTP, open to any page on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseAddress } from '../../src/chains/sui/address';
import { LookaheadError } from '../../src/vm-preview/errors';
import { type Json, writeJson } from '../json';
import { asRecord } from '../rpc-server';
import type { Chain } from './chain';
import { fund } from './faucet';
import { answerGraphql } from './graphql/service';

/** A transaction of 128 KiB, in base64, and room for what is asked of it. */
const MAX_BODY_BYTES = 512 * 1024;

interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** GraphQL and the faucet in one. */
export function suiServer(chain: Chain): Server {
  return createServer((request, response) => {
    serve(chain, request)
      .then((answer) => send(request, response, answer))
      .catch(() => response.destroy());
  });
}

async function serve(chain: Chain, request: IncomingMessage): Promise<HttpAnswer> {
  const { pathname } = new URL(request.url ?? '/', 'http://localnet');
  if (request.method === 'OPTIONS') return { status: 204, body: '' };
  if (request.method === 'GET' && (pathname === '/health' || pathname === '/'))
    return { status: 200, body: 'OK', type: 'text/plain' };
  if (request.method !== 'POST')
    return { status: 405, body: 'Method Not Allowed', type: 'text/plain' };
  const body = await bodyOf(request);
  if (body === undefined) return { status: 413, body: 'Payload Too Large', type: 'text/plain' };
  if (pathname === '/graphql') {
    const answered = await answerGraphql(chain, body);
    return { status: 200, body: JSON.stringify(answered) };
  }
  if (['/gas', '/v1/gas', '/v2/gas'].includes(pathname)) return faucet(chain, body);
  return { status: 404, body: 'Not Found', type: 'text/plain' };
}

/** As `requestSuiFromFaucetV2` of `@mysten/sui/faucet` asks and reads it. */
function faucet(chain: Chain, body: string): HttpAnswer {
  const answer = (status: number, json: Json): HttpAnswer => ({ status, body: writeJson(json) });
  const failure = (status: number, internal: string): HttpAnswer =>
    answer(status, { status: { Failure: { internal } }, coins_sent: null });
  let recipient: unknown;
  try {
    recipient = asRecord(asRecord(JSON.parse(body))['FixedAmountRequest'])['recipient'];
  } catch {
    return failure(400, 'the body is no JSON');
  }
  try {
    const { amount, digest, id } = fund(chain, parseAddress(String(recipient)));
    const sent = { amount, id, transferTxDigest: digest };
    return answer(201, { status: 'Success', coins_sent: [sent] });
  } catch (error) {
    if (error instanceof LookaheadError) return failure(400, error.message);
    return failure(500, error instanceof Error ? error.message : String(error));
  }
}

/** Undefined when it is larger than allowed; the rest is read and dropped, so that the answer is seen. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { body, status, type = 'application/json' }: HttpAnswer,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

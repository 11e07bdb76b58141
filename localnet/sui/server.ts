/** The endpoints over HTTP. */
import type { IncomingMessage, Server } from 'node:http';
import { parseAddress } from '../../src/chains/sui/address';
import { LookaheadError } from '../../src/vm-preview/errors';
import {
  type HttpAnswer,
  httpServer,
  isPreflight,
  json,
  PREFLIGHT,
  plainText,
  readBody,
} from '../http';
import { asRecord, type Json, writeJson } from '../json';
import type { Chain } from './chain';
import { fund } from './faucet';
import { answerGraphql } from './graphql/service';

/** A transaction of 128 KiB, in base64, and room for what is asked of it. */
const MAX_BODY_BYTES = 512 * 1024;

/** GraphQL and the faucet in one. */
export function suiServer(chain: Chain): Server {
  return httpServer((request) => serve(chain, request));
}

async function serve(chain: Chain, request: IncomingMessage): Promise<HttpAnswer> {
  const { pathname } = new URL(request.url ?? '/', 'http://localnet');
  if (isPreflight(request)) return PREFLIGHT;
  if (request.method === 'GET' && (pathname === '/health' || pathname === '/'))
    return plainText('OK');
  if (request.method !== 'POST') return plainText('Method Not Allowed', 405);
  const read = await readBody(request, MAX_BODY_BYTES);
  if (read === undefined) return plainText('Payload Too Large', 413);
  const body = read.toString('utf8');
  if (pathname === '/graphql') {
    return json(JSON.stringify(await answerGraphql(chain, body)));
  }
  if (['/gas', '/v1/gas', '/v2/gas'].includes(pathname)) return faucet(chain, body);
  return plainText('Not Found', 404);
}

/** As `requestSuiFromFaucetV2` of `@mysten/sui/faucet` asks and reads it. */
function faucet(chain: Chain, body: string): HttpAnswer {
  const answer = (status: number, value: Json): HttpAnswer => json(writeJson(value), status);
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

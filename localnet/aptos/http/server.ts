/** A node's REST interface over HTTP. */
import type { IncomingMessage, Server } from 'node:http';
import { MalformedError } from '../../../src/vm-preview/errors';
import { BcsError } from '../../../src/vm-preview/move/core/bcs';
import { type HttpAnswer, httpServer, isPreflight, json, PREFLIGHT, readBody } from '../../http';
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
  return httpServer(async (request) => {
    const answer = isPreflight(request) ? PREFLIGHT : written(await answerTo(handle, request));
    return { ...answer, headers: { ...headersOf(chain, request), ...answer.headers } };
  });
}

function written(answer: Answer): HttpAnswer {
  const { headers = {}, status } = answer;
  return 'bcs' in answer
    ? { status, type: BCS, body: answer.bcs, headers }
    : { ...json(writeJson(answer.json), status), headers };
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
  const body = await readBody(message, MAX_BODY_BYTES);
  if (body === undefined)
    throw new ApiError(413, 'web_framework_error', 'the payload is too large');
  const path = url.pathname.replace(/^\/v1(?=\/|$)/, '');
  return {
    method: message.method ?? 'GET',
    parts: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: url.searchParams,
    body: new Uint8Array(body),
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

/** What every answer says of the chain, and to whom it is open. */
function headersOf(chain: Chain, request: IncomingMessage): Record<string, string> {
  const { epoch, height, oldestVersion, timestampMicros, version } = chain.head;
  return {
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
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

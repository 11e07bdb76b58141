/** HTTP with bounded bodies, open to any page on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  /** Besides those that open it to pages, or in their place. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (body: string, status = 200): HttpAnswer => ({
  status,
  type: 'application/json',
  body,
});

export const plainText = (body: string, status = 200): HttpAnswer => ({
  status,
  type: 'text/plain',
  body,
});

/** Before a page asks, its browser asks whether it may; the headers say that. */
export const isPreflight = ({ method }: IncomingMessage): boolean => method === 'OPTIONS';
export const PREFLIGHT: HttpAnswer = plainText('', 204);

/** @param answer - a connection for which it throws is cut */
export function httpServer(answer: (request: IncomingMessage) => Promise<HttpAnswer>): Server {
  return createServer((request, response) => {
    answer(request)
      .then((answered) => send(request, response, answered))
      .catch(() => response.destroy());
  });
}

/** The body of a request, or `undefined` when it is larger than allowed. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (length <= maxBytes) chunks.push(chunk);
  }
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { body, headers, status, type }: HttpAnswer,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '86400',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body);
}

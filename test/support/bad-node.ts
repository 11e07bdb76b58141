/** A node between the snap and a good one, which misbehaves when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

type Answer = (response: ServerResponse) => void;

const json = (response: ServerResponse, body: string): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...CORS }).end(body);
};

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

export const MISBEHAVIOURS = {
  'an error': (response) =>
    json(response, '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no \u202e such"}}'),
  HTML: (response) =>
    response.writeHead(200, { 'content-type': 'text/html', ...CORS }).end('<h1>Welcome</h1>'),
  'half an answer': (response) => json(response, '{"jsonrpc":"2.0","id":1,"result":{"con'),
  'something else': (response) => json(response, '{"jsonrpc":"2.0","id":1,"result":{"value":42}}'),
  'a failure of its own': (response) => response.writeHead(403, CORS).end('no'),
  '100 MB': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...CORS });
    let left = 100;
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    const more = (): void => {
      left -= 1;
      if (response.destroyed) return;
      if (left < 0) response.end();
      else if (response.write(megabyte)) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  },
  nothing: () => undefined,
} as const satisfies Record<string, Answer>;

export interface BadNode {
  readonly url: string;
  /** From now on; `undefined` for good behaviour. */
  misbehave(how: Misbehaviour | undefined): void;
  close(): Promise<void>;
}

/** @param good - URL of the node that answers while this one behaves */
export async function startBadNode(good: string): Promise<BadNode> {
  let mood: Misbehaviour | undefined;
  const server = createServer((request, response) => {
    if (mood !== undefined) {
      request.resume();
      MISBEHAVIOURS[mood](response);
      return;
    }
    forward(good, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    misbehave: (how) => {
      mood = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(
  good: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const answer = await fetch(good, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.concat(parts),
  });
  json(response, await answer.text());
}

/** A node on this machine that misbehaves as told. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Behaviour = (
  request: { readonly id: number; readonly method: string; readonly params: readonly unknown[] },
  response: ServerResponse,
) => void;

export interface BadNode {
  readonly url: string;
  /** Methods asked for so far, in order. */
  readonly asked: string[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

export async function startBadNode(): Promise<BadNode> {
  let behaviour: Behaviour = (_request, response) => response.end();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((text) => {
        const call = text === '' ? { id: 0, method: '', params: [] } : JSON.parse(text);
        asked.push(call.method);
        behaviour(call, response);
      })
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    behave(next) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answer(response: ServerResponse, id: number, result: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
}

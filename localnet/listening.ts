/** Servers that only this machine reaches. */
import { once } from 'node:events';
import type { Server } from 'node:http';

export const HOST = '127.0.0.1';

export interface Listening {
  /** Without a path: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Open connections are cut. */
  close(): Promise<void>;
}

/**
 * @param port - 0 takes a free one
 * @throws when the port is taken
 */
export async function listen(server: Server, port: number): Promise<Listening> {
  await once(server.listen(port, HOST), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface NodeAndFaucet {
  readonly node: string;
  /** The node's own where the faucet has no port of its own. */
  readonly faucet: string;
  close(): Promise<void>;
}

/**
 * A node that is the faucet too, and answers to either at each of the two ports.
 *
 * @throws when a port is taken; none stays open then
 */
export async function listenForBoth(
  create: () => Server,
  port: number,
  faucetPort: number | undefined,
): Promise<NodeAndFaucet> {
  const node = await listen(create(), port);
  if (faucetPort === undefined) return { node: node.url, faucet: node.url, close: node.close };
  try {
    const faucet = await listen(create(), faucetPort);
    const close = async () => {
      await Promise.all([node.close(), faucet.close()]);
    };
    return { node: node.url, faucet: faucet.url, close };
  } catch (error) {
    await node.close();
    throw error;
  }
}

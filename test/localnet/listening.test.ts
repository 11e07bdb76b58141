/** What the local chains' servers have in common: they are reached at one address, and leave nothing open. */
import { createServer, type Server } from 'node:http';
import { listen, listenForBoth } from '../../localnet/listening';

const greeter = (): Server => createServer((_request, response) => response.end('here'));
const greeting = async (url: string) => (await fetch(url)).text();

describe('listening', () => {
  it('answers at a free port until it is closed', async () => {
    const { close, port, url } = await listen(greeter(), 0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await greeting(url)).toBe('here');
    await close();
    await expect(greeting(url)).rejects.toThrow('fetch failed');
  });

  it('says that a port is taken', async () => {
    const first = await listen(greeter(), 0);
    await expect(listen(greeter(), first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });

  it('lets the node answer for the faucet where that has no port of its own', async () => {
    const { close, faucet, node } = await listenForBoth(greeter, 0, undefined);
    expect(faucet).toBe(node);
    await close();
    await expect(greeting(node)).rejects.toThrow('fetch failed');
  });

  it('opens and closes both', async () => {
    const { close, faucet, node } = await listenForBoth(greeter, 0, 0);
    expect(faucet).not.toBe(node);
    expect(await Promise.all([node, faucet].map(greeting))).toEqual(['here', 'here']);
    await close();
    await expect(greeting(node)).rejects.toThrow('fetch failed');
    await expect(greeting(faucet)).rejects.toThrow('fetch failed');
  });

  it('leaves nothing open when the port of the faucet is taken', async () => {
    const other = await listen(greeter(), 0);
    const opened: Server[] = [];
    const create = () => {
      const server = greeter();
      opened.push(server);
      return server;
    };
    await expect(listenForBoth(create, 0, other.port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect(opened.map(({ listening }) => listening)).toEqual([false, false]);
    await other.close();
  });
});

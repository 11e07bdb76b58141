/** What serves the snap and the site serves their files and nothing beside them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFolder } from '../../scripts/static-server.mjs';

let root: string;
let server: Server;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lookahead-'));
  mkdirSync(join(root, 'site'));
  writeFileSync(join(root, 'site/index.html'), '<p>here</p>');
  writeFileSync(join(root, 'secret.txt'), 'no');
  server = await serveFolder(join(root, 'site'), 0);
});

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

/** Without the clean-up of paths that fetch does. */
function get(
  path: string,
  method = 'GET',
): Promise<{ status: number; body: string; cors: unknown }> {
  const address = server.address();
  const port = address !== null && typeof address !== 'string' ? address.port : 0;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        const cors = response.headers['access-control-allow-origin'];
        resolve({ status: response.statusCode ?? 0, body, cors });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

it('serves a folder’s page to anyone', async () => {
  expect(await get('/')).toEqual({ status: 200, body: '<p>here</p>', cors: '*' });
});

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e%5csecret.txt',
  '/none.js',
  '/%',
  '//',
])('serves nothing at %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

it('takes no other method', async () => {
  expect((await get('/', 'POST')).status).toBe(404);
});

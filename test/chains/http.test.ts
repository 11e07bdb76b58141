import { number, string, type } from '@metamask/superstruct';
import { endpointUrl } from '../../src/chains/endpoint';
import { quoteLargeIntegers, requestJson, type Usage } from '../../src/chains/http';
import { JsonRpcClient } from '../../src/chains/json-rpc';
import { StateError } from '../../src/vm-preview/errors';
import { answer, type BadNode, startBadNode } from './bad-node';

let node: BadNode;
beforeAll(async () => {
  node = await startBadNode();
});
afterAll(() => node.close());
beforeEach(() => {
  node.asked.length = 0;
});

const quick = { timeoutMs: 300, retryDelayMs: 5, retries: 2, maxBytes: 10_000 };

async function errorOf(work: Promise<unknown>): Promise<StateError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const call = (options = {}) =>
  new JsonRpcClient(node.url, { ...quick, ...options }).call('ask', [1], string());

describe('a node that misbehaves', () => {
  test('never answers: node-timeout, within the time, and not asked again', async () => {
    node.behave(() => undefined);
    const start = Date.now();
    expect((await errorOf(call())).code).toBe('node-timeout');
    expect(Date.now() - start).toBeLessThan(1_500);
    expect(node.asked).toHaveLength(1);
  });

  test('begins to answer and stalls: node-timeout', async () => {
    node.behave((_request, response) => {
      response.write('{"jsonrpc":"2.0",');
    });
    expect((await errorOf(call())).code).toBe('node-timeout');
  });

  test('a fetch that heeds no signal does not hold us', async () => {
    const deaf: typeof fetch = () => new Promise(() => undefined);
    expect((await errorOf(call({ fetch: deaf }))).code).toBe('node-timeout');
  });

  test('an HTTP error that may pass is tried again, then told', async () => {
    node.behave((_request, response) => {
      response.statusCode = 503;
      response.end('busy');
    });
    const error = await errorOf(call());
    expect(error.code).toBe('node-http-error');
    expect(error.context.status).toBe(503);
    expect(node.asked).toHaveLength(3);
  });

  test('an HTTP error that passes leaves no trace but its requests', async () => {
    const usage: Usage = { requests: 0, bytes: 0 };
    node.behave(({ id }, response) => {
      if (node.asked.length < 3) {
        response.statusCode = 429;
        response.end();
      } else {
        answer(response, id, 'fine');
      }
    });
    expect(await call({ usage })).toBe('fine');
    expect(usage.requests).toBe(3);
  });

  test('an HTTP error that will not pass is not tried again', async () => {
    node.behave((_request, response) => {
      response.statusCode = 403;
      response.end('{}');
    });
    expect((await errorOf(call())).code).toBe('node-http-error');
    expect(node.asked).toHaveLength(1);
  });

  test('a broken connection is tried again, then told', async () => {
    node.behave((_request, response) => response.destroy());
    expect((await errorOf(call())).code).toBe('node-unreachable');
    expect(node.asked).toHaveLength(3);
  });

  test('an RPC error keeps its code and words', async () => {
    node.behave(({ id }, response) => {
      response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32602, message: 'no' } }));
    });
    const error = await errorOf(call());
    expect(error.code).toBe('node-rpc-error');
    expect(error.context).toMatchObject({ rpcCode: -32602, rpcMessage: 'no' });
    expect(node.asked).toHaveLength(1);
  });

  test('an RPC error that may pass is tried again', async () => {
    node.behave(({ id }, response) => {
      if (node.asked.length > 1) return answer(response, id, 'late');
      response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32005, message: 'no' } }));
    });
    expect(await call({ transientErrors: new Set([-32005]) })).toBe('late');
    expect(node.asked).toHaveLength(2);
  });

  test('HTML', async () => {
    node.behave((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><h1>Hello</h1>');
    });
    expect((await errorOf(call())).code).toBe('node-answered-html');
  });

  test('something not JSON', async () => {
    node.behave((_request, response) => {
      response.end('{"jsonrpc":"2.0", "id": 1, "result": ');
    });
    expect((await errorOf(call())).code).toBe('node-answered-not-json');
  });

  test('too much, announced: refused before it is read', async () => {
    node.behave((_request, response) => {
      response.setHeader('content-length', String(100 * 1024 * 1024));
      response.write(Buffer.alloc(1000));
    });
    const usage: Usage = { requests: 0, bytes: 0 };
    expect((await errorOf(call({ usage }))).code).toBe('node-answer-too-large');
    expect(usage.bytes).toBe(0);
  });

  test('100 MB, not announced: cut off at the bound', async () => {
    let sent = 0;
    node.behave((_request, response) => {
      const pump = () => {
        while (sent < 100 * 1024 * 1024 && !response.destroyed) {
          sent += 64 * 1024;
          if (!response.write(Buffer.alloc(64 * 1024))) {
            response.once('drain', pump);
            return;
          }
        }
      };
      pump();
    });
    const usage: Usage = { requests: 0, bytes: 0 };
    const error = await errorOf(call({ usage, maxBytes: 1_000_000, timeoutMs: 5_000 }));
    expect(error.code).toBe('node-answer-too-large');
    expect(usage.bytes).toBeLessThan(2_000_000);
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  test('too much where there are no streams', async () => {
    const streamless: typeof fetch = async () => {
      const response = new Response('x'.repeat(20_000));
      Object.defineProperty(response, 'body', { value: undefined });
      return response;
    };
    expect((await errorOf(call({ fetch: streamless }))).code).toBe('node-answer-too-large');
  });

  test('a result of another shape', async () => {
    node.behave(({ id }, response) => answer(response, id, { not: 'a string' }));
    expect((await errorOf(call())).code).toBe('node-answer-malformed');
  });

  test.each([['[]'], ['null'], ['3']])('an answer that is no object: %s', async (text) => {
    node.behave((_request, response) => {
      response.end(text);
    });
    expect((await errorOf(call())).code).toBe('node-answer-malformed');
  });

  test('the answer to another request', async () => {
    node.behave(({ id }, response) => answer(response, id + 1, 'x'));
    expect((await errorOf(call())).code).toBe('node-answer-wrong-id');
  });

  test('a redirect is not followed', async () => {
    node.behave((_request, response) => {
      response.statusCode = 307;
      response.setHeader('location', `${node.url}/elsewhere`);
      response.end();
    });
    expect((await errorOf(call({ retries: 0 }))).code).toBe('node-unreachable');
    expect(node.asked).toHaveLength(1);
  });

  test('is left alone once the caller gives up', async () => {
    node.behave(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    expect((await errorOf(call({ signal: controller.signal }))).code).toBe('cancelled');
    const done = new AbortController();
    done.abort();
    node.asked.length = 0;
    expect((await errorOf(call({ signal: done.signal }))).code).toBe('cancelled');
    expect(node.asked).toHaveLength(0);
  });
});

test('a plain JSON request goes to the path below the endpoint', async () => {
  const asked: string[] = [];
  const spy: typeof fetch = async (input) => {
    asked.push(String(input));
    return new Response('{"height": 7}');
  };
  const found = await requestJson(
    'https://node.example/v1/',
    { method: 'GET', path: '/accounts/0x1' },
    { fetch: spy },
  );
  expect(asked).toEqual(['https://node.example/v1/accounts/0x1']);
  expect(type({ height: number() }).is(found)).toBe(true);
});

describe('endpoints', () => {
  test.each([
    'https://api.mainnet-beta.solana.com',
    'http://localhost:8899',
    'http://127.0.0.1:8899',
    'http://[::1]:8899',
  ])('%s', (endpoint) => {
    expect(endpointUrl(endpoint).href).toContain('://');
  });

  test.each([
    'http://api.mainnet-beta.solana.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'ftp://localhost',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@node.example',
    'node.example',
    '',
  ])('not %s', (endpoint) => {
    expect(() => endpointUrl(endpoint)).toThrow(StateError);
  });
});

describe('large integers', () => {
  test('keep their digits', () => {
    const text = '{"a":18446744073709551615,"b":[9007199254740993, -9007199254740993],"c":12}';
    expect(JSON.parse(quoteLargeIntegers(text))).toEqual({
      a: '18446744073709551615',
      b: ['9007199254740993', '-9007199254740993'],
      c: 12,
    });
  });

  test('strings and fractions stay as they are', () => {
    const value = {
      text: 'says "12345678901234567890" and \\',
      '12345678901234567890': 'key',
      half: 0.12345678901234568,
    };
    const text = JSON.stringify(value);
    expect(JSON.parse(quoteLargeIntegers(text))).toEqual(value);
  });

  test('a string of megabytes is no trouble', () => {
    const value = { data: 'A'.repeat(5_000_000), lamports: 1 };
    expect(JSON.parse(quoteLargeIntegers(JSON.stringify(value)))).toEqual(value);
  });
});

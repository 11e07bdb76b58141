/** Parts of the playground that need no chain: links, differences by field and by byte, logs by depth. */
import { linkTo, type SharedTransaction, transactionIn } from '../../../site/src/playground/link';
import { endpointOf } from '../../../site/src/playground/networks';
import { bytesDiff } from '../../../site/src/preview/bytes-diff';
import { jsonDiff } from '../../../site/src/preview/json-diff';
import { nested } from '../../../site/src/preview/nesting';

jest.mock('../../../site/src/local/networks', () => {
  const network = (chain: string, id: string) => ({ chain, id, endpoint: 'http://127.0.0.1:1' });
  return {
    LOCAL_NETWORKS: {
      solana: network('solana', 'localnet'),
      aptos: network('aptos', 'localnet-aptos'),
      sui: network('sui', 'localnet-sui'),
    },
  };
});

const SHARED: SharedTransaction = {
  chain: 'sui',
  network: 'sui-mainnet',
  bytes: 'AA+/+w==',
  account: '0xa1',
  endpoint: undefined,
};

const queryOf = (link: string | undefined) => new URLSearchParams((link ?? '').split('?')[1]);

describe('a link', () => {
  it('is read back as it was made', () => {
    const link = linkTo(SHARED);
    expect(link).toMatch(/^#\/playground\?/);
    expect(transactionIn(queryOf(link))).toEqual({ ...SHARED, bytes: 'AA+/+w' });
  });

  it('carries one’s own node only when told, and only one that may be asked', () => {
    const custom = { ...SHARED, network: 'custom' };
    expect(transactionIn(queryOf(linkTo(custom)))?.endpoint).toBeUndefined();
    const endpoint = 'https://node.example/key';
    expect(transactionIn(queryOf(linkTo({ ...custom, endpoint })))?.endpoint).toBe(endpoint);
    const bad = linkTo({ ...custom, endpoint: 'javascript:alert(1)' });
    expect(transactionIn(queryOf(bad))?.endpoint).toBeUndefined();
    // A built-in network is asked at its own address, whatever a link says.
    const forged = linkTo({ ...SHARED, endpoint });
    expect(transactionIn(queryOf(forged))?.endpoint).toBeUndefined();
  });

  it.each([
    ['without a transaction', 'chain=sui&network=sui-mainnet'],
    ['of no chain of ours', 'chain=bitcoin&network=x&tx=AAAA'],
    ['of a chain that objects have', 'chain=toString&network=x&tx=AAAA'],
    ['with another alphabet', 'chain=sui&network=x&tx=<script>'],
    ['that is too long', `chain=sui&network=x&tx=${'A'.repeat(20_001)}`],
  ])('%s does nothing', (_, query) => {
    expect(transactionIn(new URLSearchParams(query))).toBeUndefined();
  });

  it('is not made of what is too long', () => {
    expect(linkTo({ ...SHARED, bytes: 'A'.repeat(20_004) })).toBeUndefined();
  });
});

it.each([
  ['https://node.example', true],
  ['http://localhost:8899', true],
  ['http://127.0.0.1:8899', true],
  ['http://[::1]:8899', true],
  ['http://node.example', false],
  ['ftp://node.example', false],
  ['javascript:alert(1)', false],
  ['node.example', false],
  ['', false],
])('%s may be asked: %s', (text, may) => {
  expect(endpointOf(text) !== undefined).toBe(may);
});

describe('differences by field', () => {
  it('name what changes, comes and goes', () => {
    const before = { amount: '5', holder: 'a', list: [1, 2], gone: true };
    const after = { amount: '7', holder: 'a', list: [1, 3], come: { deep: null } };
    expect(jsonDiff(before, after)).toEqual({
      changed: [
        { path: 'amount', before: '5', after: '7' },
        { path: 'list[1]', before: '2', after: '3' },
        { path: 'gone', before: 'true', after: undefined },
        { path: 'come.deep', before: undefined, after: 'none' },
      ],
      same: 2,
      isCut: false,
    });
  });

  it('are bounded', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => index);
    expect(jsonDiff(null, many)).toMatchObject({ isCut: true });
    expect(jsonDiff(null, many).changed.length).toBeLessThanOrEqual(500);
  });
});

describe('differences by byte', () => {
  it('name stretches, near ones together', () => {
    const before = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    const after = Uint8Array.of(1, 0, 3, 0, 5, 6, 7, 8, 9, 10, 11, 0, 13);
    expect(bytesDiff(before, after)).toEqual({
      changes: [
        { offset: 1, before: '020304', after: '000300', left: 0 },
        { offset: 11, before: '0c', after: '000d', left: 0 },
      ],
      more: 0,
    });
  });

  it('are bounded', () => {
    const { changes, more } = bytesDiff(
      new Uint8Array(1_000),
      Uint8Array.from({ length: 1_000 }, (_, index) => (index % 10 === 0 ? 1 : 0)),
    );
    expect(changes.length + more).toBe(100);
    expect(changes.length).toBe(12);
    expect(bytesDiff(new Uint8Array(0), new Uint8Array(100).fill(1)).changes).toEqual([
      { offset: 0, before: '', after: '01'.repeat(32), left: 68 },
    ]);
  });
});

it('puts each line of the logs as far in as the call that wrote it', () => {
  const program = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
  const lines = [
    [0, `Program ${program} invoke [1]`],
    [1, 'Program log: outer'],
    [1, `Program ${program} invoke [2]`],
    [2, 'Program log: inner'],
    [1, `Program ${program} failed: custom program error: 0x1`],
    [0, `Program ${program} success`],
    [0, `Program ${program} success`],
  ] as const;
  expect(nested(lines.map(([, text]) => text)).map(({ depth }) => depth)).toEqual(
    lines.map(([depth]) => depth),
  );
});

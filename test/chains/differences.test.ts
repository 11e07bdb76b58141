import { differences } from '../../src/chains/differences';
import type { Asset, Change, Preview, Warning } from '../../src/vm-preview/model/preview';

const SOL: Asset = { kind: 'native', decimals: 9, symbol: 'SOL', named: 'builtin' };
const USD: Asset = { kind: 'token', id: 'usd', decimals: 2, symbol: 'USD', named: 'metadata' };

const balance = (delta: bigint, asset = SOL, address = 'me'): Change => ({
  kind: 'balance',
  address,
  asset,
  before: '1000000',
  after: (1_000_000n + delta).toString(),
  delta: delta.toString(),
});
const allowance = (after: string, spender = 'dex'): Change => ({
  kind: 'allowance',
  address: 'mine',
  asset: USD,
  spender,
  before: '0',
  after,
  unlimited: false,
});
const object = (after: string): Change => ({
  kind: 'object',
  address: 'ape',
  before: 'me',
  after,
  item: { untrustedName: 'Ape' },
});
const name = (target: string): Change => ({
  kind: 'name',
  address: 'record',
  action: 'points-elsewhere',
  untrustedName: 'me.apt',
  target,
});
const collectible = (delta: string): Change => ({
  kind: 'collectible',
  address: 'me',
  item: { untrustedName: 'Ape', untrustedCollection: 'Apes' },
  before: '5',
  after: '4',
  delta,
});
const code = (module: string): Change => ({
  kind: 'code',
  address: 'me',
  action: 'deployed',
  module,
});
const warning = (code: string, severity: Warning['severity'] = 'high'): Warning => ({
  code,
  severity,
  text: 'Beware.',
  evidence: [],
});

function preview(change: Partial<Preview> = {}): Preview {
  return {
    chain: 'solana',
    network: { id: 'n', name: 'N', coin: { symbol: 'SOL', decimals: 9 }, isTest: true },
    account: 'me',
    verdict: { kind: 'success' },
    changes: [balance(-1000n)],
    othersChanges: [balance(900n, SOL, 'bob')],
    fee: { payer: 'me', total: '5000', parts: [], asset: SOL },
    warnings: [],
    request: [],
    provenance: {
      height: { from: '1', to: '1' },
      certainty: 'conditional',
      assumptions: [],
      expiry: { kind: 'unknown' },
    },
    raw: { logs: [], units: { used: '1', limit: '2' }, diff: [] },
    ...change,
  };
}

const failed = (code: string): Preview['verdict'] => ({
  kind: 'failure',
  error: { code, text: 'No.' },
});

const codes = (shown: Preview, fresh: Preview, tolerance = 100) =>
  differences(shown, fresh, tolerance).map(({ code }) => code);

test('the same again, at another height and with other logs, is no difference', () => {
  const fresh = preview({
    provenance: { ...preview().provenance, height: { from: '9', to: '9' } },
    raw: { logs: ['other'], units: { used: '7', limit: '9' }, diff: [] },
  });
  expect(differences(preview(), fresh, 0)).toEqual([]);
});

test.each<[string, Partial<Preview>, Partial<Preview>, readonly string[]]>([
  ['it fails now', {}, { verdict: failed('X') }, ['status']],
  ['it succeeds now', { verdict: failed('X') }, {}, ['status']],
  ['it fails for another reason', { verdict: failed('X') }, { verdict: failed('Y') }, ['status']],
  ['it fails for the same reason', { verdict: failed('X') }, { verdict: failed('X') }, []],
  [
    'it would be refused, where it would have failed',
    { verdict: failed('X') },
    { verdict: { kind: 'refused', error: { code: 'X', text: 'No.' } } },
    ['status'],
  ],
  ['one percent worse, within the tolerance', {}, { changes: [balance(-1010n)] }, []],
  ['more than one percent worse', {}, { changes: [balance(-1011n)] }, ['amount']],
  ['better', {}, { changes: [balance(-1n)] }, []],
  ['a gain that shrinks', { changes: [balance(1000n)] }, { changes: [balance(980n)] }, ['amount']],
  ['a gain that grows', { changes: [balance(1000n)] }, { changes: [balance(2000n)] }, []],
  [
    'a gain that turns into a loss',
    { changes: [balance(5n)] },
    { changes: [balance(-5n)] },
    ['amount'],
  ],
  [
    'a change that was not shown',
    {},
    { changes: [balance(-1000n), balance(-1n, USD)] },
    ['new-change'],
  ],
  [
    'a change that no longer happens',
    { changes: [balance(-1000n), balance(50n, USD)] },
    {},
    ['change-gone'],
  ],
  [
    'another new owner of an object',
    { changes: [object('friend')] },
    { changes: [object('thief')] },
    ['new-change', 'change-gone'],
  ],
  ['the same new owner', { changes: [object('friend')] }, { changes: [object('friend')] }, []],
  [
    'a name that points elsewhere',
    { changes: [name('me')] },
    { changes: [name('thief')] },
    ['new-change', 'change-gone'],
  ],
  [
    'other collectibles',
    { changes: [collectible('-1')] },
    { changes: [collectible('-2')] },
    ['new-change', 'change-gone'],
  ],
  [
    'another module',
    { changes: [code('one')] },
    { changes: [code('one'), code('two')] },
    ['new-change'],
  ],
  [
    'another spender',
    { changes: [allowance('5')] },
    { changes: [allowance('5', 'thief')] },
    ['new-change', 'change-gone'],
  ],
  [
    'a larger allowance',
    { changes: [allowance('100')] },
    { changes: [allowance('102')] },
    ['amount'],
  ],
  ['a smaller allowance', { changes: [allowance('100')] }, { changes: [allowance('2')] }, []],
  [
    'another owner',
    {
      changes: [{ kind: 'owner', address: 'mine', role: 'holder', before: 'me', after: 'bob' }],
    },
    {
      changes: [{ kind: 'owner', address: 'mine', role: 'holder', before: 'me', after: 'eve' }],
    },
    ['new-change', 'change-gone'],
  ],
  [
    'a counterparty that was not shown',
    {},
    { othersChanges: [balance(900n, SOL, 'bob'), balance(5n, SOL, 'eve')] },
    ['counterparty'],
  ],
  ['less for a counterparty', {}, { othersChanges: [balance(1n, SOL, 'bob')] }, []],
  ['a new warning', {}, { warnings: [warning('approval')] }, ['warning']],
  ['the same warning', { warnings: [warning('a')] }, { warnings: [warning('a')] }, []],
  [
    'a warning that became worse',
    { warnings: [warning('a', 'medium')] },
    { warnings: [warning('a', 'critical')] },
    ['warning'],
  ],
  ['a warning that went away', { warnings: [warning('a')] }, {}, []],
  ['a higher fee', {}, { fee: { payer: 'me', total: '6000', parts: [], asset: SOL } }, ['fee']],
])('%s', (_title, shown, fresh, expected) => {
  expect(codes(preview(shown), preview(fresh))).toEqual(expected);
});

test('each is one sentence', () => {
  const found = differences(
    preview(),
    preview({
      verdict: failed('X'),
      changes: [balance(-2000n), balance(-1n, USD)],
      warnings: [warning('a')],
    }),
    0,
  );
  expect(found.map(({ code }) => code)).toEqual(['status', 'amount', 'new-change', 'warning']);
  for (const { text } of found) expect(text).toMatch(/^[A-Z][^\n]*\.$/);
});

test('with no tolerance one lamport is a difference', () => {
  expect(codes(preview(), preview({ changes: [balance(-1001n)] }), 0)).toEqual(['amount']);
});

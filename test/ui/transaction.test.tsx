import { assertJSXElement } from '@metamask/snaps-sdk/jsx';
import { TRANSACTION_BUTTONS, TransactionDialog, type TransactionPage } from '../../src/ui';
import type { Preview } from '../../src/vm-preview/model/preview';
import { FAILING, OTHER, OWN, TAKEOVER, TRANSFER } from '../support/previews';
import { controls, texts, types } from '../support/tree';

const HEADER = {
  origin: 'https://dapp.example',
  action: 'send',
  network: { name: 'Solana', isTest: false },
  account: OWN,
} as const;

function draw(page: TransactionPage) {
  const tree = <TransactionDialog header={HEADER} page={page} />;
  // What the platform version of this SDK takes; MetaMask checks the same.
  assertJSXElement(tree);
  return tree;
}

function drawPreview(preview: Preview, next: 'approve' | 'anyway' = 'approve') {
  return draw({ page: 'preview', preview, next, again: [] });
}

it('shows the request at once, and offers nothing to approve', () => {
  const tree = draw({ page: 'reading', calls: TRANSFER.request });
  expect(texts(tree)).toEqual(
    expect.arrayContaining(['https://dapp.example', OWN, '2. TransferChecked · Token']),
  );
  expect(controls(tree)).toEqual([]);
});

it('names both balance changes, the fee, the time left and the source', () => {
  const shown = texts(drawPreview(TRANSFER));
  expect(shown).toEqual(
    expect.arrayContaining([
      '−1,234.5 USDC',
      '+1,234.5 USDC',
      '2,500 USDC before, 1,265.5 USDC after',
      '−0.00204428 SOL',
      'A new token account is opened for USDC',
      `Belongs to ${OTHER}`,
      'Fee, paid by you',
      '0.000005 SOL',
      'In 148 blocks, about 59 seconds',
      'State read from rpc.example.org at slot 312000100. The outcome holds for that state.',
    ]),
  );
});

it('puts warnings before anything else, the most severe first', () => {
  const tree = drawPreview(TAKEOVER);
  const order = types(tree).filter((type) => type === 'Banner' || type === 'Section');
  expect(order.slice(0, 3)).toEqual(['Banner', 'Banner', 'Section']);
  const shown = texts(tree);
  expect(shown.indexOf('Danger')).toBeLessThan(shown.indexOf('Please note'));
  expect(shown).toEqual(
    expect.arrayContaining([
      'Your token account would belong to somebody else.',
      `New owner: ${OTHER}`,
      'The tokens in this account are handed to somebody else',
      'Another account may take all of USDC, at any time',
      'Fee, paid by somebody else',
      `The signature of ${OTHER} is still missing; it is taken for granted.`,
    ]),
  );
});

it('says that it would fail and why, and needs a second step', () => {
  const tree = drawPreview(FAILING, 'anyway');
  expect(texts(tree)).toEqual(
    expect.arrayContaining([
      'This transaction would fail',
      'The account does not hold enough of the token.',
      'InstructionError: Custom(1), in instruction 2',
    ]),
  );
  expect(controls(tree)).not.toContain(TRANSACTION_BUTTONS.approve);
  expect(controls(tree)).not.toContain(TRANSACTION_BUTTONS.confirmAnyway);
});

it('offers to sign unseen only where that is allowed', () => {
  const failure = { kind: 'unsupported', code: 'x', text: 'cannot preview: a proof' } as const;
  const page = { page: 'unknown', calls: [], failure, again: [] } as const;
  expect(controls(draw({ ...page, blindSigning: false }))).toEqual([TRANSACTION_BUTTONS.reject]);
  expect(controls(draw({ ...page, blindSigning: true }))).toEqual([
    TRANSACTION_BUTTONS.reject,
    TRANSACTION_BUTTONS.anyway,
  ]);
});

it('says what changed when it asks again', () => {
  const again = [{ code: 'amount', text: 'You would get less.' }];
  const tree = draw({ page: 'preview', preview: TRANSFER, next: 'approve', again });
  expect(texts(tree)).toEqual(
    expect.arrayContaining(['The outcome changed while you were reading', 'You would get less.']),
  );
});

it('shows logs, units and differences to those who look', () => {
  const shown = texts(draw({ page: 'details', preview: TRANSFER })).join('\n');
  expect(shown).toContain(OWN);
  expect(shown).toContain('28,431 of 400,000');
  expect(shown).toContain('1.1 InitializeAccount3 · Token');
  expect(shown).toContain('invoke [1]');
  expect(shown).toContain('3 requests in 2 rounds, 412,345 bytes');
});

it('offers nothing while it checks, and nothing once it has ended', () => {
  expect(controls(draw({ page: 'checking' }))).toEqual([]);
  expect(controls(draw({ page: 'ended', title: 'Over', text: 'It expired.' }))).toEqual([]);
});

it('stays within MetaMask’s bound on text with as much as a transaction can hold', () => {
  const call = TRANSFER.request[0];
  const change = TRANSFER.changes[0];
  const warning = TAKEOVER.warnings[0];
  if (call === undefined || change === undefined || warning === undefined) throw new Error('none');
  const field = { kind: 'text', label: 'memo', untrustedValue: '\u202e'.repeat(400) } as const;
  const much = drawPreview({
    ...TRANSFER,
    changes: Array.from({ length: 256 }, () => change),
    othersChanges: Array.from({ length: 256 }, () => change),
    warnings: Array.from({ length: 100 }, () => warning),
    request: Array.from({ length: 300 }, () => ({
      ...call,
      fields: [field, ...Array.from({ length: 60 }, () => call.fields[0] ?? field)],
    })),
  });
  expect(texts(much).join('').length).toBeLessThan(50_000);
});

it.each(['\u202eevil', '\u200b', '\u0007'])(
  'never hands MetaMask %j from the chain or the site',
  (bad) => {
    const asset = {
      ...TRANSFER.fee.asset,
      kind: 'token',
      symbol: bad,
      untrustedName: bad,
      id: 'm',
      named: 'metadata',
    } as const;
    const call = {
      index: 0,
      program: { address: 'p', name: bad },
      name: bad,
      fields: [
        { kind: 'text', label: bad, untrustedValue: bad },
        { kind: 'amount', label: bad, value: '1', asset },
      ],
      inner: [],
      data: '',
    } as const;
    const preview: Preview = {
      ...TRANSFER,
      changes: [
        { kind: 'balance', address: 'a', asset, before: '0', after: '1', delta: '1' },
        { kind: 'frozen', address: 'a', asset },
        { kind: 'opened', address: 'a', what: 'token-account', asset },
        {
          kind: 'allowance',
          address: 'a',
          asset,
          spender: 's',
          before: '0',
          after: '1',
          unlimited: false,
        },
      ],
      warnings: [
        { code: 'x', severity: 'high', text: bad, evidence: [{ label: bad, value: bad }] },
      ],
      request: [{ ...call, inner: [call] }],
      verdict: { kind: 'failure', error: { code: bad, text: bad } },
      raw: { ...TRANSFER.raw, logs: [bad] },
    };
    const header = { ...HEADER, origin: `https://${bad}`, network: { name: bad, isTest: true } };
    const pages: TransactionPage[] = [
      { page: 'reading', calls: [call] },
      { page: 'preview', preview, next: 'anyway', again: [{ code: 'x', text: bad }] },
      { page: 'details', preview },
      {
        page: 'unknown',
        calls: [call],
        failure: { kind: 'state', code: 'x', text: bad },
        blindSigning: true,
        again: [],
      },
      { page: 'anyway', reason: 'unknown', text: bad },
    ];
    for (const page of pages) {
      const shown = texts(<TransactionDialog header={header} page={page} />).join('');
      expect(shown).not.toContain(bad[0]);
      expect(shown).toContain('\\u{');
    }
  },
);

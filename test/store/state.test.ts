import {
  consentOf,
  EMPTY_STATE,
  readState,
  resetState,
  updateState,
  withConsent,
} from '../../src/store';
import { SnapHost } from '../support/snap-host';

const ACCOUNT = { chain: 'solana', address: 'addr' } as const;

let host: SnapHost;
beforeEach(() => {
  host = new SnapHost().install();
});

it('remembers nothing at first, and blind signing is off', async () => {
  expect(await readState()).toEqual(EMPTY_STATE);
  expect((await readState()).settings.blindSigning).toBe(false);
});

it('keeps what two updates at once add', async () => {
  await Promise.all([
    updateState((state) => withConsent(state, 'https://a.example', [ACCOUNT], 1)),
    updateState((state) => withConsent(state, 'https://b.example', [ACCOUNT], 2)),
  ]);
  const { consents } = await readState();
  expect(consents.map(({ origin }) => origin)).toEqual(['https://a.example', 'https://b.example']);
});

it('goes on after an update that threw', async () => {
  await expect(
    updateState(() => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await updateState((state) => withConsent(state, 'https://a.example', [ACCOUNT], 1));
  expect((await readState()).consents).toHaveLength(1);
});

it('writes to the encrypted state only', async () => {
  await updateState((state) => withConsent(state, 'https://a.example', [ACCOUNT], 1));
  expect(host.unencrypted).toBeNull();
  expect(host.encrypted).toMatchObject({ version: 1 });
});

it.each([
  ['a field missing', { ...EMPTY_STATE, settings: undefined }],
  ['a field too many', { ...EMPTY_STATE, extra: 1 }],
  ['something else', { hello: 'world' }],
  [
    'a consent without accounts',
    {
      ...EMPTY_STATE,
      consents: [{ origin: 'https://a.example', accounts: [], since: 0 }],
    },
  ],
])('refuses a state with %s, and leaves it there', async (_, broken) => {
  host.encrypted = JSON.parse(JSON.stringify(broken));
  const before = JSON.stringify(host.encrypted);
  await expect(readState()).rejects.toMatchObject({ code: 'state-corrupted' });
  await expect(
    updateState((state) => withConsent(state, 'https://a.example', [ACCOUNT], 1)),
  ).rejects.toMatchObject({ code: 'state-corrupted' });
  expect(JSON.stringify(host.encrypted)).toBe(before);

  await resetState();
  expect(await readState()).toEqual(EMPTY_STATE);
});

it('does not touch what a newer version wrote', async () => {
  host.encrypted = { version: 2, whatever: true };
  await expect(readState()).rejects.toMatchObject({ code: 'state-newer' });
});

it('does not write what it could not read again', async () => {
  await expect(
    updateState((state) => ({
      ...state,
      settings: { ...state.settings, toleranceBasisPoints: -1 },
    })),
  ).rejects.toMatchObject({ code: 'state-corrupted' });
  expect(host.encrypted).toBeNull();
});

describe('consent', () => {
  const state = withConsent(EMPTY_STATE, 'https://a.example', [ACCOUNT], 1);

  it.each([
    'https://a.example/',
    'https://A.example',
    'http://a.example',
    'https://a.example.evil.example',
    'https://a.example:8443',
  ])('of https://a.example is not that of %s', (origin) => {
    expect(consentOf(state, origin)).toBeUndefined();
  });

  it('ends when no account is left', () => {
    expect(withConsent(state, 'https://a.example', [], 2).consents).toEqual([]);
  });

  it('makes room by forgetting the oldest', () => {
    let many = EMPTY_STATE;
    for (let index = 0; index < 501; index += 1) {
      many = withConsent(many, `https://${index}.example`, [ACCOUNT], index);
    }
    expect(many.consents).toHaveLength(500);
    expect(consentOf(many, 'https://0.example')).toBeUndefined();
    expect(consentOf(many, 'https://500.example')).toBeDefined();
  });
});

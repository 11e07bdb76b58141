/** One page, three chains, and whatever MetaMask there is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getWallets } from '@wallet-standard/app';
import {
  MetaMaskMissingError,
  registerLookahead,
  SNAP_VERSION,
  SnapNotAllowedError,
  SnapsUnsupportedError,
  WalletLockedError,
} from '../../../site/provider';
import { ICON } from '../../../site/provider/icon';
import { Session } from '../../../site/provider/session';
import { solana } from '../../../site/provider/solana';
import { sui } from '../../../site/provider/sui';
import { FakeMetaMask, FakePage, touch } from './page';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../../..');
let page: FakePage;

beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.close());

function sessionWith(...wallets: readonly (readonly [string, FakeMetaMask])[]): Session {
  const session = new Session();
  for (const [rdns, provider] of wallets) {
    session.add({ info: { uuid: rdns, name: 'MetaMask', icon: 'data:,', rdns }, provider });
  }
  return session;
}

it('follows the version and the icon of the snap', () => {
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
  expect(JSON.parse(read('package.json'))).toMatchObject({ version: SNAP_VERSION });
  expect(JSON.parse(read('snap.manifest.json'))).toMatchObject({ version: SNAP_VERSION });
  expect(ICON).toBe(`data:image/svg+xml;base64,${btoa(read('images/icon.svg'))}`);
});

describe('of several MetaMasks', () => {
  it('takes the one that has the snap', async () => {
    const other = new FakeMetaMask(page.window);
    page.metamask.installed = true;
    const session = sessionWith(['io.metamask.flask', other], ['io.metamask', page.metamask]);
    await page.approving(session.connect('solana'));
    expect(session.accounts('solana')).toHaveLength(1);
    expect(other.asked).toEqual(['wallet_getSnaps']);
  });

  it('takes Flask where none has it, and what the page chooses where it does', async () => {
    const other = new FakeMetaMask(page.window);
    const both = [
      ['io.metamask', other],
      ['io.metamask.flask', page.metamask],
    ] as const;
    await page.approving(sessionWith(...both).connect('solana'));
    expect(page.metamask.asked).toContain('wallet_connect');

    const choose = jest.fn((wallets) => wallets[1]);
    const session = new Session({ choose });
    for (const [rdns, provider] of both) {
      session.add({ info: { uuid: rdns, name: 'MetaMask', icon: 'data:,', rdns }, provider });
    }
    await page.approving(session.connect('solana'));
    expect(choose).toHaveBeenCalledTimes(1);
    expect(other.asked).toContain('wallet_connect');
  });
});

describe('says what to do', () => {
  it.each([
    ['there is no MetaMask', MetaMaskMissingError, () => sessionWith()],
    [
      'MetaMask has no snaps',
      SnapsUnsupportedError,
      () => {
        page.metamask.hasSnaps = false;
        return sessionWith(['io.metamask', page.metamask]);
      },
    ],
    [
      'MetaMask does not allow the snap',
      SnapNotAllowedError,
      () => {
        page.metamask.refusal = {
          code: -32603,
          message: 'Cannot install version "0.1.0" of snap: The snap is not on the allowlist.',
        };
        return sessionWith(['io.metamask', page.metamask]);
      },
    ],
    [
      'MetaMask is locked',
      WalletLockedError,
      () => {
        page.host.locked = true;
        return sessionWith(['io.metamask', page.metamask]);
      },
    ],
  ])('when %s', async (_, kind, make) => {
    const error = await make()
      .connect('solana')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
  });
});

describe('of several chains', () => {
  it('asks for each when it is wanted, and forgets the site with the last', async () => {
    page.metamask.announce();
    const { session, stop } = registerLookahead([solana, sui]);
    expect(
      getWallets()
        .get()
        .map(({ name, chains }) => `${name} ${chains[0]}`),
    ).toEqual(['Lookahead solana:mainnet', 'Lookahead sui:mainnet']);
    await page.approving(session.connect('solana'));
    expect(session.accounts('sui')).toEqual([]);
    await page.approving(session.connect('sui'));
    expect(session.accounts('sui')).toHaveLength(1);

    await session.disconnect('solana');
    expect(session.accounts('solana')).toEqual([]);
    expect(session.accounts('sui')).toHaveLength(1);
    expect(page.metamask.asked).not.toContain('wallet_disconnect');
    await session.disconnect('sui');
    expect(page.metamask.asked.at(-1)).toBe('wallet_disconnect');
    stop();
    expect(getWallets().get()).toEqual([]);
  });

  it('tells of a revocation that a request comes upon', async () => {
    const session = sessionWith(['io.metamask', page.metamask]);
    await page.approving(session.connect('solana'));
    const changed = jest.fn();
    session.onChange(changed);
    page.metamask.installed = false;
    await expect(session.networks()).rejects.toMatchObject({ name: 'NotConnectedError' });
    await session.look();
    expect(changed).toHaveBeenCalledWith({ accounts: true, networks: false });
    expect(session.accounts('solana')).toEqual([]);
  });

  it('lets no listener stand in another one’s way', async () => {
    const session = sessionWith(['io.metamask', page.metamask]);
    const thrown: unknown[] = [];
    const later = jest.spyOn(globalThis, 'setTimeout');
    session.onChange(() => {
      throw new Error('the page’s own');
    });
    const second = jest.fn();
    session.onChange(second);
    later.mockImplementation(((run: () => void) => {
      try {
        run();
      } catch (error) {
        thrown.push(error);
      }
    }) as never);
    page.metamask.installed = true;
    page.metamask.answers = (method) =>
      method === 'wallet_connect' ? { accounts: [ACCOUNT] } : undefined;
    await session.connect('solana');
    later.mockRestore();
    expect(second).toHaveBeenCalledTimes(1);
    expect(thrown).toEqual([new Error('the page’s own')]);
  });

  it('takes an older look for no news', async () => {
    const session = sessionWith(['io.metamask', page.metamask]);
    await page.approving(session.connect('solana'));
    let answer: (value: unknown) => void = () => undefined;
    page.metamask.answers = (method) =>
      method === 'wallet_getAccounts' ? new Promise((resolve) => (answer = resolve)) : undefined;
    const looking = session.look();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await page.approving(session.connect('sui'));
    answer({ accounts: [] });
    await looking;
    expect(session.accounts('sui')).toHaveLength(1);
  });

  it('does not look before the page has connected', async () => {
    touch(false);
    const session = sessionWith(['io.metamask', page.metamask]);
    await session.look();
    expect(page.metamask.asked).toEqual([]);
  });
});

const ACCOUNT = {
  chain: 'solana',
  address: '11111111111111111111111111111111',
  publicKey: '00'.repeat(32),
  label: 'Solana account 1',
};

/** The page's side of the wallet: which MetaMask is found, and what its refusals become. */
import {
  type Eip1193Provider,
  LookaheadSnap,
  SNAP_RANGE,
  sortWallets,
  toWalletError,
  UserRejectedError,
  type Wallet,
  WalletError,
  watchForMetaMask,
} from '../../../site/provider';

const SNAP_ID = 'local:http://localhost:8080';

function wallet(rdns: string, uuid = rdns): Wallet {
  const provider: Eip1193Provider = { request: async () => null };
  return { info: { uuid, rdns, name: rdns, icon: 'data:,' }, provider };
}

function announce(target: EventTarget, detail: unknown): void {
  target.dispatchEvent(Object.assign(new Event('eip6963:announceProvider'), { detail }));
}

describe('discovery', () => {
  it('asks, and takes only what calls itself MetaMask', () => {
    const target = new EventTarget();
    const asked = jest.fn();
    target.addEventListener('eip6963:requestProvider', asked);
    const found: string[] = [];
    const stop = watchForMetaMask(({ info }) => found.push(info.rdns), target);
    expect(asked).toHaveBeenCalledTimes(1);
    announce(target, wallet('com.other.wallet'));
    announce(target, wallet('io.metamask'));
    announce(target, wallet('io.metamask.flask'));
    expect(found).toEqual(['io.metamask', 'io.metamask.flask']);
    stop();
    announce(target, wallet('io.metamask', 'late'));
    expect(found).toHaveLength(2);
  });

  it('survives announcements that are none', () => {
    const target = new EventTarget();
    const onFound = jest.fn();
    watchForMetaMask(onFound, target);
    target.dispatchEvent(new Event('eip6963:announceProvider'));
    for (const detail of [null, 7, {}, { info: { rdns: 'io.metamask' } }]) announce(target, detail);
    announce(target, { ...wallet('io.metamask'), provider: {} });
    expect(onFound).not.toHaveBeenCalled();
  });

  it('puts Flask first and names each wallet once', () => {
    const stable = wallet('io.metamask');
    const flask = wallet('io.metamask.flask');
    expect(sortWallets([stable, flask, stable])).toEqual([flask, stable]);
  });
});

describe('the snap', () => {
  function snapAnswering(answer: unknown): { snap: LookaheadSnap; asked: unknown[] } {
    const asked: unknown[] = [];
    const provider: Eip1193Provider = {
      async request(args) {
        asked.push(args);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    return { snap: new LookaheadSnap(provider, SNAP_ID), asked };
  }

  it('is installed and called by its id', async () => {
    const { snap, asked } = snapAnswering({ accounts: [] });
    await snap.install();
    await snap.request('wallet_connect', { chains: ['solana'] });
    expect(asked).toEqual([
      { method: 'wallet_requestSnaps', params: { [SNAP_ID]: { version: SNAP_RANGE } } },
      {
        method: 'wallet_invokeSnap',
        params: {
          snapId: SNAP_ID,
          request: { method: 'wallet_connect', params: { chains: ['solana'] } },
        },
      },
    ]);
  });

  it('tells its version', async () => {
    const { snap } = snapAnswering({ [SNAP_ID]: { version: '0.1.0' } });
    expect(await snap.installedVersion()).toBe('0.1.0');
    expect(await snapAnswering({}).snap.installedVersion()).toBeUndefined();
  });

  it('refuses in one kind of error', async () => {
    const rejection = Object.assign(new Error('The user rejected the request.'), {
      code: 4001,
      data: { code: 'user-rejected', kind: 'request', context: {} },
    });
    const error = await snapAnswering(rejection)
      .snap.request('solana_signTransaction', { transaction: '' })
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof WalletError)) throw error;
    expect(error.isRejection).toBe(true);
    expect(error.data).toEqual({ code: 'user-rejected', kind: 'request', context: {} });
    expect(error).toBeInstanceOf(UserRejectedError);
  });

  it.each([[undefined], ['no'], [{}], [{ code: 'x', message: 7 }]])(
    'makes a sentence of %j',
    (thrown) => {
      const error = toWalletError(thrown);
      expect(error.code).toBe(-32603);
      expect(error.message).toBe('MetaMask did not say what failed.');
    },
  );
});

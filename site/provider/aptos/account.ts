/** AIP-62's features of accounts and networks. */
import type {
  AccountInfo,
  AptosChangeNetworkFeature,
  AptosConnectFeature,
  AptosDisconnectFeature,
  AptosGetAccountFeature,
  AptosGetNetworkFeature,
  AptosOnAccountChangeFeature,
  AptosOnNetworkChangeFeature,
  NetworkInfo,
} from '@aptos-labs/wallet-standard';
import type { RpcAccount } from '../../../src/rpc/types';
import { NetworkUnknownError } from '../errors';
import { guarded, type Session } from '../session';
import type { AptosNetworks } from './network';
import { approved, firstAccount } from './response';

export type AccountFeatures = AptosConnectFeature &
  AptosDisconnectFeature &
  AptosGetAccountFeature &
  AptosGetNetworkFeature &
  AptosOnAccountChangeFeature &
  AptosOnNetworkChangeFeature &
  AptosChangeNetworkFeature;

export function accountFeatures(session: Session, networks: AptosNetworks): AccountFeatures {
  const accountListeners = new Set<(account: AccountInfo) => void>();
  const networkListeners = new Set<(network: NetworkInfo) => void>();
  let account: RpcAccount | undefined;
  let network: string | undefined;

  const tellNetwork = async () => {
    const current = await networks.current();
    const info = await networks.info(current);
    // Two looks may have seen the same change.
    if (network === current.id) return;
    network = current.id;
    for (const listener of networkListeners) guarded(() => listener(info));
  };
  const tellAccount = async () => {
    const [now] = session.accounts('aptos');
    if (now === undefined || now.address === account?.address) {
      account = now;
      return;
    }
    account = now;
    const { accountInfo } = await import('./sdk');
    const info = accountInfo(now);
    for (const listener of accountListeners) guarded(() => listener(info));
  };

  session.onChange((change) => {
    if (change.accounts) void tellAccount();
    // A page that is connected nowhere is told nothing, and a node that is down is no change.
    if (change.networks && session.accounts('aptos').length > 0) void tellNetwork().catch(ignore);
  });

  return {
    'aptos:connect': {
      version: '1.0.0',
      connect: (silent, networkInfo) =>
        approved(async ({ accountInfo }) => {
          await session.connect('aptos', silent === true);
          account = firstAccount(session);
          if (networkInfo !== undefined) await networks.choose(networkInfo);
          return accountInfo(account);
        }),
    },
    'aptos:disconnect': { version: '1.0.0', disconnect: () => session.disconnect('aptos') },
    'aptos:account': {
      version: '1.0.0',
      account: async () => {
        const { accountInfo } = await import('./sdk');
        return accountInfo(firstAccount(session));
      },
    },
    'aptos:network': {
      version: '1.0.0',
      network: async () => {
        const current = await networks.current();
        network = current.id;
        return networks.info(current);
      },
    },
    'aptos:changeNetwork': {
      version: '1.0.0',
      changeNetwork: (wanted) =>
        approved(async () => {
          try {
            await networks.choose(wanted);
          } catch (error) {
            if (!(error instanceof NetworkUnknownError)) throw error;
            return { success: false, reason: error.message };
          }
          await tellNetwork();
          return { success: true };
        }),
    },
    'aptos:onAccountChange': {
      version: '1.0.0',
      onAccountChange: async (listener) => {
        accountListeners.add(listener);
      },
    },
    'aptos:onNetworkChange': {
      version: '1.0.0',
      onNetworkChange: async (listener) => {
        networkListeners.add(listener);
      },
    },
  };
}

function ignore(): undefined {
  return undefined;
}

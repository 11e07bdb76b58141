import type { Network } from '../../chains/chain';
import { endpointHost } from '../../chains/endpoint';
import { nativeBalance } from '../../chains/solana';
import type { EntropySource } from '../../keyring';
import type { State } from '../../store';
import { formatUnits, type HomeView, type NetworkChoice } from '../../ui';
import { accountKey, accountLabel, accountView } from '../accounts';
import { currentNetwork, solanaNetworks } from '../networks';

/** By account key; an account that is not in it has a balance that is not known. */
export type Balances = ReadonlyMap<string, string>;

export function homeView(
  state: State,
  sources: readonly EntropySource[],
  balances: Balances,
  problem?: string,
): HomeView {
  const labels = new Map(
    state.accounts.map((account) => [accountKey(account), accountLabel(account, sources)]),
  );
  return {
    accounts: state.accounts.map((account) => {
      const balance = balances.get(accountKey(account));
      return { ...accountView(account, sources), ...(balance === undefined ? {} : { balance }) };
    }),
    sources: sources.map(({ id, name }) => ({ id, name })),
    sites: state.consents.map(({ origin, accounts }) => ({
      origin,
      accounts: accounts.map((account) => labels.get(accountKey(account)) ?? account.address),
    })),
    networks: solanaNetworks(state).map(networkChoice),
    network: currentNetwork(state).id,
    blindSigning: state.settings.blindSigning,
    toleranceBasisPoints: state.settings.toleranceBasisPoints,
    ...(problem === undefined ? {} : { problem }),
  };
}

export function networkChoice(network: Network): NetworkChoice {
  const { id, name, isTest, endpoint, builtin } = network;
  return { id, name, isTest, endpoint, builtin, host: endpointHost(endpoint) };
}

/** Asks the node in use for the balance of each Solana account. One that it does not tell is left out. */
export async function readBalances(state: State): Promise<Balances> {
  const network = currentNetwork(state);
  const { symbol, decimals } = network.coin;
  const accounts = state.accounts.filter(({ chain }) => chain === 'solana');
  const answers = await Promise.allSettled(
    accounts.map(({ address }) => nativeBalance(network, address)),
  );
  const balances = new Map<string, string>();
  for (const [index, account] of accounts.entries()) {
    const answer = answers[index];
    if (answer?.status !== 'fulfilled') continue;
    const amount = formatUnits(answer.value.toString(), decimals);
    balances.set(accountKey(account), `${amount} ${symbol}`);
  }
  return balances;
}

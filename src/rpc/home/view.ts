import type { Chain, Network } from '../../chains/chain';
import { endpointHost } from '../../chains/endpoint';
import type { EntropySource } from '../../keyring';
import type { State, StoredAccount } from '../../store';
import { formatUnits, type HomeView, type NetworkChoice } from '../../ui';
import { accountKey, accountLabel, accountView } from '../accounts';
import { CHAINS } from '../chains';
import { currentNetwork, networksOf } from '../networks';

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
    chains: CHAINS.map(({ id, name }) => ({
      chain: id,
      name,
      networks: networksOf(state, id).map(networkChoice),
      network: currentNetwork(state, id).id,
    })),
    blindSigning: state.settings.blindSigning,
    toleranceBasisPoints: state.settings.toleranceBasisPoints,
    ...(problem === undefined ? {} : { problem }),
  };
}

export function networkChoice(network: Network): NetworkChoice {
  const { id, name, isTest, endpoint, builtin } = network;
  return { id, name, isTest, endpoint, builtin, host: endpointHost(endpoint) };
}

/** Asks each chain's node in use for its accounts' balances. One that it does not tell is left out. */
export async function readBalances(state: State): Promise<Balances> {
  const answers = await Promise.allSettled(
    state.accounts.flatMap((account) => {
      const chain = CHAINS.find(({ id }) => id === account.chain);
      return chain === undefined ? [] : [readBalance(state, chain, account)];
    }),
  );
  return new Map(
    answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
  );
}

async function readBalance(
  state: State,
  chain: Chain,
  account: StoredAccount,
): Promise<readonly [key: string, balance: string]> {
  const network = currentNetwork(state, chain.id);
  const amount = await chain.balance(network, account.address);
  const { symbol, decimals } = network.coin;
  return [accountKey(account), `${formatUnits(amount.toString(), decimals)} ${symbol}`];
}

/**
 * The home page. Each event is answered from what is remembered and from the event alone, so a restart of
 * the snap in between changes nothing.
 */
import { is, object, size, string } from '@metamask/superstruct';
import { type Chain, LookaheadError } from '../../chains/chain';
import { endpointHost } from '../../chains/endpoint';
import { KEYRING_CHAINS } from '../../keyring';
import {
  readState,
  resetState,
  type StoredNetwork,
  StoredNetworkStruct,
  StoreError,
  updateState,
  withConsent,
} from '../../store';
import { HOME_CONTROLS, Home, type HomePage, parseControl } from '../../ui';
import { addAccount, ensureAccounts } from '../accounts';
import { CHAINS, chainOf } from '../chains';
import type { WindowEvent } from '../dialogs/window';
import { RequestError } from '../errors';
import {
  addedNetwork,
  allNetworks,
  withCurrentNetwork,
  withEndpoint,
  withNetwork,
  withoutNetwork,
} from '../networks';
import { isLocked } from '../unlocked';
import { homeView, networkChoice, readBalances } from './view';

/** What an interface carries with it between two events; plain JSON. */
type Context = Readonly<Record<string, unknown>>;

/** @returns id of the interface to show */
export async function openHome(): Promise<string> {
  const page = await firstPage();
  const id = await snap.request({
    method: 'snap_createInterface',
    params: { ui: <Home {...page} />, context: contextOf(page) },
  });
  if (page.page === 'main') refreshBalances(id);
  return id;
}

async function firstPage(): Promise<HomePage> {
  if (await isLocked()) return { page: 'locked' };
  return mainPage();
}

async function mainPage(problem?: string): Promise<HomePage> {
  try {
    const { state, sources } = await ensureAccounts();
    return { page: 'main', view: homeView(state, sources, new Map(), problem) };
  } catch (error) {
    if (error instanceof StoreError) return { page: 'broken', text: error.message };
    throw error;
  }
}

/** Balances come when the node answers; the page does not wait for them. */
function refreshBalances(id: string): void {
  const work = async (): Promise<void> => {
    const { state, sources } = await ensureAccounts();
    const balances = await readBalances(state);
    if (balances.size === 0) return;
    const context = await snap.request({ method: 'snap_getInterfaceContext', params: { id } });
    // The user has gone on to another page meanwhile.
    if (context?.['page'] !== 'main') return;
    await show(id, { page: 'main', view: homeView(state, sources, balances) });
  };
  // The page may be closed by the time that the node answers; then nobody misses the balances.
  work().catch(() => undefined);
}

async function show(id: string, page: HomePage, draft?: StoredNetwork): Promise<void> {
  await snap.request({
    method: 'snap_updateInterface',
    params: { id, ui: <Home {...page} />, context: contextOf(page, draft) },
  });
}

function contextOf({ page }: HomePage, draft?: StoredNetwork) {
  return { kind: 'home', page, ...(draft === undefined ? {} : { draft }) };
}

async function showMain(id: string, problem?: string): Promise<void> {
  const page = await mainPage(problem);
  await show(id, page);
  if (page.page === 'main') refreshBalances(id);
}

/** Handles a click, a change or a form of the home page. */
export async function handleHomeEvent(
  id: string,
  event: WindowEvent,
  context: Context,
): Promise<void> {
  const named = parseControl(event.name);
  if (named === undefined) return;
  if (await isLocked()) {
    await show(id, { page: 'locked' });
    return;
  }
  try {
    await ACTIONS[named.control]?.(id, named.subject, event, context);
  } catch (error) {
    await showMain(id, problemOf(error));
  }
}

/** One sentence for the user; errors without one of ours are the snap's own fault. */
function problemOf(error: unknown): string {
  if (error instanceof LookaheadError || error instanceof RequestError) return error.message;
  if (error instanceof StoreError) return error.message;
  return 'Lookahead failed inside.';
}

type Action = (id: string, subject: string, event: WindowEvent, context: Context) => Promise<void>;

const EndpointForm = object({ [HOME_CONTROLS.endpoint]: size(string(), 1, 2048) });
const NetworkForm = object({
  [HOME_CONTROLS.networkName]: size(string(), 1, 60),
  [HOME_CONTROLS.networkEndpoint]: size(string(), 1, 2048),
  [HOME_CONTROLS.networkCoin]: size(string(), 1, 12),
});

const ACTIONS: Readonly<Partial<Record<string, Action>>> = {
  [HOME_CONTROLS.addAccount]: async (id, subject) => {
    const chain = KEYRING_CHAINS.find((name) => subject.startsWith(`${name}:`));
    if (chain !== undefined) await addAccount(chain, subject.slice(chain.length + 1));
    await showMain(id);
  },
  [HOME_CONTROLS.disconnect]: async (id, origin) => {
    await updateState((state) => withConsent(state, origin, [], Date.now()));
    await showMain(id);
  },
  [HOME_CONTROLS.network]: async (id, _, { value }) => {
    if (typeof value === 'string') await updateState((state) => withCurrentNetwork(state, value));
    await showMain(id);
  },
  [HOME_CONTROLS.editEndpoint]: (id, network) => showEndpoint(id, network),
  [HOME_CONTROLS.endpointForm]: async (id, network, { type, value }) => {
    if (type !== 'submit' || !is(value, EndpointForm)) return;
    await changeEndpoint(id, network, value[HOME_CONTROLS.endpoint].trim());
  },
  [HOME_CONTROLS.defaultEndpoint]: async (id, network) => {
    await updateState((state) => withEndpoint(state, network, undefined));
    await showMain(id);
  },
  [HOME_CONTROLS.removeNetwork]: async (id, network) => {
    await updateState((state) => withoutNetwork(state, network));
    await showMain(id);
  },
  [HOME_CONTROLS.addNetwork]: (id, subject) => showAddNetwork(id, subject),
  [HOME_CONTROLS.addNetworkForm]: async (id, subject, { type, value }) => {
    if (type === 'submit') await draftNetwork(id, subject, value);
  },
  [HOME_CONTROLS.confirmNetwork]: async (id, _, __, context) => {
    const draft = context['draft'];
    if (is(draft, StoredNetworkStruct)) await updateState((state) => withNetwork(state, draft));
    await showMain(id);
  },
  [HOME_CONTROLS.blindSigning]: async (id, _, { value }) => {
    const blindSigning = value === true;
    await updateState((state) => ({ ...state, settings: { ...state.settings, blindSigning } }));
    await showMain(id);
  },
  [HOME_CONTROLS.tolerance]: async (id, _, { value }) => {
    const toleranceBasisPoints = Number(value);
    await updateState((state) => ({
      ...state,
      settings: { ...state.settings, toleranceBasisPoints },
    }));
    await showMain(id);
  },
  [HOME_CONTROLS.refresh]: (id) => showMain(id),
  [HOME_CONTROLS.back]: (id) => showMain(id),
  [HOME_CONTROLS.reset]: (id) => show(id, { page: 'confirm-reset' }),
  [HOME_CONTROLS.confirmReset]: async (id) => {
    await resetState();
    await showMain(id);
  },
};

async function showEndpoint(id: string, networkId: string, problem?: string): Promise<void> {
  const network = allNetworks(await readState()).find((entry) => entry.id === networkId);
  if (network === undefined) {
    await showMain(id);
    return;
  }
  await show(id, {
    page: 'endpoint',
    network: networkChoice(network),
    ...(problem === undefined ? {} : { problem }),
  });
}

/** Takes a node only if it belongs to the network. */
async function changeEndpoint(id: string, networkId: string, endpoint: string): Promise<void> {
  const network = allNetworks(await readState()).find((entry) => entry.id === networkId);
  if (network === undefined) return showMain(id);
  try {
    if ((await chainOf(network.chain).genesis(endpoint)) !== network.genesis) {
      return showEndpoint(id, networkId, `This node does not belong to ${network.name}.`);
    }
  } catch (error) {
    return showEndpoint(id, networkId, problemOf(error));
  }
  await updateState((state) => withEndpoint(state, networkId, endpoint));
  await showMain(id);
}

async function showAddNetwork(id: string, subject: string, problem?: string): Promise<void> {
  const chain = CHAINS.find((candidate) => candidate.id === subject);
  if (chain === undefined) return showMain(id);
  await show(id, addNetworkPage(chain, problem));
}

function addNetworkPage({ id, name, coin }: Chain, problem?: string): HomePage {
  const words = problem === undefined ? {} : { problem };
  return { page: 'add-network', chain: id, chainName: name, coin: coin.symbol, ...words };
}

/** Asks the node what its network is known by, and shows what would be added. */
async function draftNetwork(id: string, subject: string, form: unknown): Promise<void> {
  const chain = CHAINS.find((candidate) => candidate.id === subject);
  if (chain === undefined) return showMain(id);
  if (!is(form, NetworkForm)) {
    return showAddNetwork(id, subject, 'Please fill in all three fields.');
  }
  const endpoint = form[HOME_CONTROLS.networkEndpoint].trim();
  const name = form[HOME_CONTROLS.networkName].trim();
  const symbol = form[HOME_CONTROLS.networkCoin].trim();
  try {
    const host = endpointHost(endpoint);
    const genesis = await chain.genesis(endpoint);
    const draft = addedNetwork({
      chain: chain.id,
      name,
      coin: { symbol, decimals: chain.coin.decimals },
      isTest: false,
      endpoint,
      genesis,
    });
    const view = {
      stage: 'answered',
      chain: chain.id,
      genesisLabel: chain.genesisLabel,
      origin: null,
      host,
      endpoint,
      name,
      coin: symbol,
      genesis,
    } as const;
    await show(id, { page: 'confirm-network', view }, draft);
  } catch (error) {
    await showAddNetwork(id, subject, problemOf(error));
  }
}

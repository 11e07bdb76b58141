// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
/** Each dialog with views made up for looking at it. */

import { APTOS_NETWORKS } from '../../src/chains/aptos/networks';
import type { Network } from '../../src/chains/chain';
import { SUI_NETWORKS } from '../../src/chains/sui/networks';
import {
  AddNetworkDialog,
  ConnectDialog,
  EndedDialog,
  Home,
  type HomeView,
  MessageDialog,
  SignInDialog,
  TransactionDialog,
  type TransactionPage,
} from '../../src/ui';
import { APTOS_OWN, APTOS_TRANSFER, FAILING, OTHER, OWN, TAKEOVER, TRANSFER } from './previews';

const ORIGIN = 'https://dapp.example';
const HOST = '127.0.0.1:8899';
const ENDPOINT = `http://${HOST}`;
const GENESIS = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';

const HEADER = {
  origin: ORIGIN,
  action: 'send',
  network: { name: 'Solana', isTest: false },
  account: OWN,
} as const;

const transaction = (page: TransactionPage) => <TransactionDialog header={HEADER} page={page} />;

const PROOF = {
  kind: 'unsupported',
  code: 'zk-elgamal-proof',
  text: 'cannot preview: a proof of the ZK ElGamal program',
} as const;

const SUI = '0x9f3ab1d0c2f4a18f6c35d1f0e2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5';

const LOCAL = {
  id: 'local',
  name: 'Local chain',
  isTest: true,
  host: HOST,
  endpoint: ENDPOINT,
  builtin: false,
} as const;

const NETWORKS: HomeView['chains'][number]['networks'] = [
  {
    id: 'solana-mainnet',
    name: 'Solana',
    isTest: false,
    host: 'api.mainnet-beta.solana.com',
    endpoint: 'https://api.mainnet-beta.solana.com',
    builtin: true,
  },
  LOCAL,
];

function choiceOf({ id, name, isTest, endpoint, builtin }: Network) {
  return { id, name, isTest, endpoint, builtin, host: new URL(endpoint).host };
}

const HOME: HomeView = {
  accounts: [
    { chain: 'solana', address: OWN, label: 'Solana account 1', balance: '1.5 SOL' },
    { chain: 'solana', address: OTHER, label: 'Solana account 2' },
    { chain: 'aptos', address: APTOS_OWN, label: 'Aptos account 1', balance: '2.5 APT' },
    { chain: 'sui', address: SUI, label: 'Sui account 1', balance: '13.25 SUI' },
    { chain: 'sui', address: `0x${'7'.repeat(64)}`, label: 'Sui account 2' },
  ],
  sources: [{ id: 'default', name: 'Recovery phrase 1' }],
  sites: [{ origin: ORIGIN, accounts: ['Solana account 1', 'Sui account 1'] }],
  chains: [
    { chain: 'solana', name: 'Solana', networks: NETWORKS, network: 'local' },
    {
      chain: 'aptos',
      name: 'Aptos',
      networks: APTOS_NETWORKS.map(choiceOf),
      network: 'aptos-mainnet',
    },
    {
      chain: 'sui',
      name: 'Sui',
      networks: [...SUI_NETWORKS.map(choiceOf), { ...LOCAL, id: 'added-sui-local' }],
      network: 'sui-mainnet',
    },
  ],
  blindSigning: false,
  toleranceBasisPoints: 100,
};

const [CHOICE_ONE, , CHOICE_TWO, CHOICE_THREE] = HOME.accounts;

const CHOICES = [CHOICE_ONE, CHOICE_TWO, CHOICE_THREE].flatMap((choice) =>
  choice === undefined ? [] : [{ ...choice, checked: true }],
);

/** Name and tree of each. */
export const DIALOGS: readonly (readonly [string, unknown])[] = [
  ['transaction-reading', transaction({ page: 'reading', calls: TRANSFER.request })],
  [
    'transaction-transfer',
    transaction({ page: 'preview', preview: TRANSFER, next: 'approve', again: [] }),
  ],
  [
    'transaction-takeover',
    transaction({ page: 'preview', preview: TAKEOVER, next: 'approve', again: [] }),
  ],
  [
    'transaction-failing',
    transaction({ page: 'preview', preview: FAILING, next: 'anyway', again: [] }),
  ],
  [
    'transaction-again',
    transaction({
      page: 'preview',
      preview: TRANSFER,
      next: 'approve',
      again: [{ code: 'amount', text: 'You would have −1,300 USDC instead of −1,234.5 USDC.' }],
    }),
  ],
  [
    'transaction-anyway',
    transaction({ page: 'anyway', reason: 'fails', text: 'The account does not hold enough.' }),
  ],
  [
    'transaction-unknown',
    transaction({
      page: 'unknown',
      calls: TRANSFER.request,
      failure: PROOF,
      blindSigning: false,
      again: [],
    }),
  ],
  ['transaction-blind', transaction({ page: 'anyway', reason: 'unknown', text: PROOF.text })],
  ['transaction-checking', transaction({ page: 'checking' })],
  [
    'transaction-ended',
    transaction({
      page: 'ended',
      title: 'This transaction has expired',
      text: 'It was built too long ago for the network to take it. Ask the site for a new one.',
    }),
  ],
  ['transaction-details', transaction({ page: 'details', preview: TRANSFER })],
  ['connect', <ConnectDialog origin={ORIGIN} choices={CHOICES} />],
  [
    'message',
    <MessageDialog
      origin={ORIGIN}
      account={OWN}
      bytes={64}
      text={'Welcome to dapp.example!\n\nNonce: 8f3a\u202e'}
    />,
  ],
  [
    'message-aptos',
    <MessageDialog
      origin={ORIGIN}
      account={APTOS_OWN}
      bytes={176}
      text={`APTOS\naddress: ${APTOS_OWN}\napplication: ${ORIGIN}\nchainId: 1\nmessage: Welcome!\nnonce: 8f3a`}
    />,
  ],
  [
    'transaction-aptos-transfer',
    <TransactionDialog
      header={{ ...HEADER, network: { name: 'Aptos', isTest: false }, account: APTOS_OWN }}
      page={{ page: 'preview', preview: APTOS_TRANSFER, next: 'approve', again: [] }}
    />,
  ],
  [
    'message-bytes',
    <MessageDialog origin={ORIGIN} account={OWN} bytes={24} hex={'ff00'.repeat(12)} />,
  ],
  [
    'sign-in',
    <SignInDialog
      origin={ORIGIN}
      account={OWN}
      statement="Sign in to see your orders."
      fields={[
        { label: 'Domain', value: 'dapp.example' },
        { label: 'Nonce', value: '8f3a1c55' },
      ]}
      text={`dapp.example wants you to sign in with your Solana account:\n${OWN}\n\nSign in to see your orders.\n\nNonce: 8f3a1c55`}
    />,
  ],
  ['network-asking', <AddNetworkDialog stage="asking" origin={ORIGIN} host={HOST} />],
  [
    'network-answered',
    <AddNetworkDialog
      stage="answered"
      origin={ORIGIN}
      host={HOST}
      endpoint={ENDPOINT}
      name="Local chain"
      coin="SOL"
      genesis={GENESIS}
      genesisLabel="Genesis hash"
    />,
  ],
  [
    'network-failed',
    <AddNetworkDialog
      stage="failed"
      origin={ORIGIN}
      host={HOST}
      text="127.0.0.1:8899 did not answer within 12 s"
    />,
  ],
  ['ended', <EndedDialog />],
  ['home', <Home page="main" view={HOME} />],
  [
    'home-endpoint',
    <Home
      page="endpoint"
      network={{
        id: 'solana-mainnet',
        name: 'Solana',
        isTest: false,
        host: 'api.mainnet-beta.solana.com',
        endpoint: 'https://api.mainnet-beta.solana.com',
        builtin: true,
      }}
      problem="This node does not belong to Solana."
    />,
  ],
  ['home-add-network', <Home page="add-network" chain="solana" chainName="Solana" coin="SOL" />],
  [
    'home-confirm-network',
    <Home
      page="confirm-network"
      view={{
        stage: 'answered',
        chain: 'solana',
        genesisLabel: 'Genesis hash',
        origin: null,
        host: HOST,
        endpoint: ENDPOINT,
        name: 'Local chain',
        coin: 'SOL',
        genesis: GENESIS,
      }}
    />,
  ],
  ['home-broken', <Home page="broken" text="what Lookahead remembers cannot be read" />],
  ['home-reset', <Home page="confirm-reset" />],
  ['home-locked', <Home page="locked" />],
];

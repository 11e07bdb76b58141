// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import {
  Banner,
  Box,
  Button,
  Checkbox,
  Copyable,
  Dropdown,
  Field,
  Heading,
  type JSXElement,
  Option,
  Section,
  Text,
} from '@metamask/snaps-sdk/jsx';
import type { AccountView, ChainChoice, HomeView, NetworkChoice } from '../model';
import { Labelled, Note } from '../parts';
import { sentence, visible } from '../text';
import { controlName, HOME_CONTROLS } from './buttons';

const CHAINS: readonly { chain: AccountView['chain']; name: string }[] = [
  { chain: 'solana', name: 'Solana' },
  { chain: 'aptos', name: 'Aptos' },
  { chain: 'sui', name: 'Sui' },
];

/** The amounts of a slider's stops: how much worse an outcome may get unasked. */
const TOLERANCES: readonly { basisPoints: number; label: string }[] = [
  { basisPoints: 0, label: 'Not at all' },
  { basisPoints: 10, label: '0.1%' },
  { basisPoints: 50, label: '0.5%' },
  { basisPoints: 100, label: '1%' },
  { basisPoints: 300, label: '3%' },
];

/** The first page: accounts, network, sites, settings. */
export function MainPage(view: HomeView): JSXElement {
  return (
    <Box>
      <Heading size="lg">Lookahead</Heading>
      {view.problem === undefined ? null : (
        <Banner title="That did not work" severity="warning">
          <Text>{sentence(view.problem)}</Text>
        </Banner>
      )}
      <Button name={HOME_CONTROLS.refresh}>Refresh balances</Button>
      {CHAINS.map((entry) => ChainSection(view, entry))}
      {Sites(view)}
      {Settings(view)}
    </Box>
  );
}

function ChainSection(
  { accounts, chains, sources }: HomeView,
  { chain, name }: (typeof CHAINS)[number],
): JSXElement {
  const own = accounts.filter((account) => account.chain === chain);
  const choice = chains.find((entry) => entry.chain === chain);
  return (
    <Section>
      <Heading size="md">{`${name} accounts`}</Heading>
      {choice === undefined ? null : Network(choice)}
      {own.map(({ label, address, balance }) => (
        <Box>
          <Box direction="horizontal" alignment="space-between">
            <Text fontWeight="medium">{visible(label, 80)}</Text>
            <Text color="alternative">{balance ?? '—'}</Text>
          </Box>
          <Copyable value={address} />
        </Box>
      ))}
      {sources.map((source) => (
        <Button name={controlName(HOME_CONTROLS.addAccount, `${chain}:${source.id}`)}>
          {sources.length === 1
            ? `Add ${name} account`
            : `Add ${name} account of ${visible(source.name, 40)}`}
        </Button>
      ))}
    </Section>
  );
}

function Network({ chain, networks, network }: ChainChoice): JSXElement {
  const current = networks.find(({ id }) => id === network);
  return (
    <Box>
      <Field label="Network in use">
        <Dropdown name={controlName(HOME_CONTROLS.network, chain)} value={network}>
          {networks.map(({ id, name, isTest }) => (
            <Option value={id}>{`${visible(name, 60)}${isTest ? ' (for testing)' : ''}`}</Option>
          ))}
        </Dropdown>
      </Field>
      {current === undefined ? null : CurrentNetwork(current)}
      <Button name={controlName(HOME_CONTROLS.addNetwork, chain)}>Add a network</Button>
    </Box>
  );
}

function CurrentNetwork({ id, host, builtin }: NetworkChoice): JSXElement {
  return (
    <Box>
      <Labelled label="RPC node" value={visible(host, 300)} />
      <Button name={controlName(HOME_CONTROLS.editEndpoint, id)}>Change RPC node</Button>
      {builtin ? null : (
        <Button name={controlName(HOME_CONTROLS.removeNetwork, id)} variant="destructive">
          Remove this network
        </Button>
      )}
    </Box>
  );
}

function Sites({ sites }: HomeView): JSXElement {
  return (
    <Section>
      <Heading size="md">Connected sites</Heading>
      {sites.length === 0 ? <Text color="alternative">None.</Text> : null}
      {sites.map(({ origin, accounts }) => (
        <Box>
          <Text fontWeight="medium">{visible(origin, 300)}</Text>
          {accounts.map((account) => (
            <Note text={account} />
          ))}
          <Button name={controlName(HOME_CONTROLS.disconnect, origin)} variant="destructive">
            Disconnect
          </Button>
        </Box>
      ))}
    </Section>
  );
}

function Settings({ blindSigning, toleranceBasisPoints }: HomeView): JSXElement {
  return (
    <Section>
      <Heading size="md">Settings</Heading>
      <Field label="An amount may get worse before you are asked again by">
        <Dropdown name={HOME_CONTROLS.tolerance} value={String(toleranceBasisPoints)}>
          {TOLERANCES.map(({ basisPoints, label }) => (
            <Option value={String(basisPoints)}>{label}</Option>
          ))}
        </Dropdown>
      </Field>
      <Checkbox
        name={HOME_CONTROLS.blindSigning}
        label="Allow signing what cannot be previewed"
        checked={blindSigning}
        variant="toggle"
      />
      <Note text="Leave this off unless you must. Without a preview nobody knows what a transaction takes." />
    </Section>
  );
}

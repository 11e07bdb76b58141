import {
  Banner,
  Box,
  Button,
  Field,
  Form,
  Heading,
  Input,
  type JSXElement,
  Section,
  Text,
} from '@metamask/snaps-sdk/jsx';
import type { HomePage } from '../model';
import { Labelled, Note } from '../parts';
import { sentence, visible } from '../text';
import { controlName, HOME_CONTROLS } from './buttons';
import { MainPage } from './home';

type PageOf<Name extends HomePage['page']> = Extract<HomePage, { page: Name }>;

/** The snap's home, on whichever page it is. */
export function Home(page: HomePage): JSXElement {
  switch (page.page) {
    case 'main':
      return MainPage(page.view);
    case 'endpoint':
      return EndpointPage(page);
    case 'add-network':
      return AddNetworkPage(page);
    case 'confirm-network':
      return ConfirmNetworkPage(page);
    case 'locked':
      return PlainPage('MetaMask is locked', 'Unlock it, then open this page again.');
    case 'broken':
      return BrokenPage(page);
    case 'confirm-reset':
      return ConfirmResetPage();
  }
}

function PlainPage(title: string, text: string): JSXElement {
  return (
    <Box>
      <Heading size="lg">{title}</Heading>
      <Text>{text}</Text>
    </Box>
  );
}

function Problem(problem: string | undefined): JSXElement | null {
  if (problem === undefined) return null;
  return (
    <Banner title="That did not work" severity="warning">
      <Text>{sentence(problem)}</Text>
    </Banner>
  );
}

function EndpointPage({ network, problem }: PageOf<'endpoint'>): JSXElement {
  return (
    <Box>
      <Heading size="lg">{`RPC node of ${visible(network.name, 60)}`}</Heading>
      <Button name={HOME_CONTROLS.back}>Back</Button>
      {Problem(problem)}
      <Form name={controlName(HOME_CONTROLS.endpointForm, network.id)}>
        <Field label="Address of the node">
          <Input name={HOME_CONTROLS.endpoint} value={network.endpoint} />
        </Field>
        <Button type="submit">Save</Button>
      </Form>
      {network.builtin ? (
        <Button name={controlName(HOME_CONTROLS.defaultEndpoint, network.id)}>
          Use the default node
        </Button>
      ) : null}
      <Note text="The node must belong to the same network; that is checked." />
    </Box>
  );
}

function AddNetworkPage({ chain, chainName, coin, problem }: PageOf<'add-network'>): JSXElement {
  return (
    <Box>
      <Heading size="lg">{`Add a network of ${chainName}`}</Heading>
      <Button name={HOME_CONTROLS.back}>Back</Button>
      {Problem(problem)}
      <Form name={controlName(HOME_CONTROLS.addNetworkForm, chain)}>
        <Field label="Name">
          <Input name={HOME_CONTROLS.networkName} placeholder="My network" />
        </Field>
        <Field label="Address of its node">
          <Input name={HOME_CONTROLS.networkEndpoint} placeholder="https://…" />
        </Field>
        <Field label="Symbol of its coin">
          <Input name={HOME_CONTROLS.networkCoin} value={coin} />
        </Field>
        <Button type="submit">Continue</Button>
      </Form>
    </Box>
  );
}

function ConfirmNetworkPage({ view }: PageOf<'confirm-network'>): JSXElement {
  return (
    <Box>
      <Heading size="lg">Add this network?</Heading>
      <Button name={controlName(HOME_CONTROLS.addNetwork, view.chain)}>Back</Button>
      <Section>
        <Labelled label="Name" value={visible(view.name, 120)} />
        <Labelled label="Coin" value={visible(view.coin, 12)} />
        <Labelled label="Its node" value={visible(view.host, 300)} />
        <Labelled label={view.genesisLabel} value={visible(view.genesis, 120)} />
      </Section>
      <Button name={HOME_CONTROLS.confirmNetwork}>Add</Button>
    </Box>
  );
}

function BrokenPage({ text }: PageOf<'broken'>): JSXElement {
  return (
    <Box>
      <Heading size="lg">Lookahead cannot read its notes</Heading>
      <Banner title="Nothing has been changed" severity="danger">
        <Text>{sentence(text)}</Text>
      </Banner>
      <Text>
        Your accounts are safe: they come from your recovery phrase. You can start over, which
        forgets connected sites, added networks and settings.
      </Text>
      <Button name={HOME_CONTROLS.reset} variant="destructive">
        Start over…
      </Button>
    </Box>
  );
}

function ConfirmResetPage(): JSXElement {
  return (
    <Box>
      <Heading size="lg">Start over?</Heading>
      <Text>
        Connected sites, added networks, RPC nodes and settings will be forgotten. Accounts beyond
        the first of each chain must be added again; nothing on any chain changes.
      </Text>
      <Button name={HOME_CONTROLS.confirmReset} variant="destructive">
        Forget them
      </Button>
      <Button name={HOME_CONTROLS.back}>Back</Button>
    </Box>
  );
}

// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import {
  Banner,
  Box,
  Button,
  Checkbox,
  Container,
  Divider,
  Footer,
  Form,
  Heading,
  type JSXElement,
  Section,
  Skeleton,
  Text,
} from '@metamask/snaps-sdk/jsx';
import type { AddNetworkView, ConnectView, MessageView, SignInView } from './model';
import { Labelled, Note, Site } from './parts';
import { count, sentence, visible, visibleLines } from './text';

/** Names of the buttons, as `onUserInput` gets them. */
export const DIALOG_BUTTONS = { reject: 'reject', approve: 'approve' } as const;

export const CONNECT_FORM = 'connect';

/** Longest line of a message before it is cut; the message's own bound is lower. */
const LINE_LIMIT = 200_000;

/** Pick the accounts that a site may see. */
export function ConnectDialog({ origin, choices, problem }: ConnectView): JSXElement {
  return (
    <Container>
      <Box>
        <Heading>Connect accounts?</Heading>
        <Section>
          <Site origin={origin} />
          <Note text="This site will see the addresses you pick, and their balances and history. It can ask you to sign, and you decide each time." />
        </Section>
        {problem === undefined ? null : (
          <Banner title="Nothing is picked" severity="warning">
            <Text>{problem}</Text>
          </Banner>
        )}
        <Form name={CONNECT_FORM}>
          {choices.map(({ chain, address, label, checked }) => (
            <Box>
              <Checkbox name={`${chain}:${address}`} label={visible(label, 80)} checked={checked} />
              <Note text={address} />
            </Box>
          ))}
        </Form>
      </Box>
      <Footer>
        <Button name={DIALOG_BUTTONS.reject}>Reject</Button>
        <Button name={DIALOG_BUTTONS.approve}>Connect</Button>
      </Footer>
    </Container>
  );
}

/** Characters it takes to show a message whole. */
export function messageTextLength({ text = '', hex = '' }: MessageView): number {
  return hex.length + visibleLines(text, LINE_LIMIT).join('').length;
}

/** A message, in full, as plain text. */
export function MessageDialog({ origin, account, text, hex, bytes }: MessageView): JSXElement {
  return (
    <Container>
      <Box>
        <Heading>Sign this message?</Heading>
        <Section>
          <Site origin={origin} />
          <Labelled label="Your account" value={account} />
        </Section>
        <Section>
          <Note text={`The message, ${count(bytes, 'byte')}`} />
          {text === undefined
            ? null
            : visibleLines(text, LINE_LIMIT).map((line) => <Text>{line === '' ? ' ' : line}</Text>)}
          {hex === undefined ? null : <Text>{hex}</Text>}
        </Section>
        {hex === undefined ? null : (
          <Banner title="This is not text" severity="warning">
            <Text>These bytes cannot be read. Sign only if you know what they are for.</Text>
          </Banner>
        )}
        <Note text="A signed message moves no funds by itself, but a site can use it to act in your name." />
      </Box>
      <Footer>
        <Button name={DIALOG_BUTTONS.reject}>Reject</Button>
        <Button name={DIALOG_BUTTONS.approve}>Sign</Button>
      </Footer>
    </Container>
  );
}

/** A sign-in whose domain and address were checked against the site. */
export function SignInDialog({ origin, account, statement, fields, text }: SignInView): JSXElement {
  return (
    <Container>
      <Box>
        <Heading>Sign in?</Heading>
        <Section>
          <Site origin={origin} />
          <Labelled label="Your account" value={account} />
          {statement === undefined ? null : (
            <Labelled label="The site says" value={visible(statement, 2000)} />
          )}
          {fields.map(({ label, value }) => (
            <Labelled label={label} value={visible(value, 2000)} />
          ))}
        </Section>
        <Section>
          <Note text="Exactly this is signed:" />
          {visibleLines(text, LINE_LIMIT).map((line) => (
            <Text size="sm">{line === '' ? ' ' : line}</Text>
          ))}
        </Section>
      </Box>
      <Footer>
        <Button name={DIALOG_BUTTONS.reject}>Reject</Button>
        <Button name={DIALOG_BUTTONS.approve}>Sign in</Button>
      </Footer>
    </Container>
  );
}

function Asker({ origin }: { origin: string | null }): JSXElement {
  return origin === null ? <Labelled label="Asked by" value="You" /> : <Site origin={origin} />;
}

/** Add a network? Its genesis hash is what it will be known by. */
export function AddNetworkDialog(view: AddNetworkView): JSXElement {
  const top = (
    <Section>
      <Asker origin={view.origin} />
      <Labelled label="Its node" value={visible(view.host, 300)} />
    </Section>
  );
  if (view.stage === 'asking') {
    return (
      <Container>
        <Box>
          <Heading>Add a network?</Heading>
          {top}
          <Note text="Asking the node which network it belongs to…" />
          <Skeleton width="100%" height={24} />
        </Box>
      </Container>
    );
  }
  if (view.stage === 'failed') {
    return (
      <Container>
        <Box>
          <Heading>The network cannot be added</Heading>
          {top}
          <Banner title="The node gave no usable answer" severity="danger">
            <Text>{sentence(view.text)}</Text>
          </Banner>
        </Box>
      </Container>
    );
  }
  return (
    <Container>
      <Box>
        <Heading>Add a network?</Heading>
        {top}
        <Section>
          <Labelled label="Name" value={visible(view.name, 120)} />
          <Labelled label="Coin" value={visible(view.coin, 12)} />
          <Labelled label={view.genesisLabel} value={visible(view.genesis, 120)} />
          <Labelled label="Endpoint" value={visible(view.endpoint, 2048)} />
        </Section>
        <Divider />
        <Note text="This node will be asked for balances and state on this network. It sees which addresses you look up, and a dishonest node can tell you a wrong state." />
      </Box>
      <Footer>
        <Button name={DIALOG_BUTTONS.reject}>Reject</Button>
        <Button name={DIALOG_BUTTONS.approve}>Add</Button>
      </Footer>
    </Container>
  );
}

/** A request that is over, or that this run of the snap knows nothing of. */
export function EndedDialog(): JSXElement {
  return (
    <Container>
      <Box>
        <Heading>This request has ended</Heading>
        <Text>Nothing was signed. You can close this window and ask again from the site.</Text>
      </Box>
    </Container>
  );
}

import {
  Banner,
  Box,
  Button,
  Container,
  Footer,
  Heading,
  type JSXElement,
  Section,
  Skeleton,
  Spinner,
  Text,
} from '@metamask/snaps-sdk/jsx';
import type { Preview } from '../../vm-preview/model/preview';
import { SAID_BY_VERDICT } from '../../vm-preview/model/words';
import { Labelled, Note, Site } from '../parts';
import { sentence, visible } from '../text';
import { Calls } from './calls';
import { OthersChanges, OwnChanges } from './changes';
import { DetailsPage } from './details';
import { TRANSACTION_BUTTONS, type TransactionHeader, type TransactionPage } from './model';
import { Terms } from './provenance';
import { AgainBanner, VerdictBanner, Warnings } from './warnings';

type PageOf<Name extends TransactionPage['page']> = Extract<TransactionPage, { page: Name }>;

/** The transaction dialog, on whichever page it is. Approving is on a page only after a run. */
export function TransactionDialog({
  header,
  page,
}: {
  header: TransactionHeader;
  page: TransactionPage;
}): JSXElement {
  switch (page.page) {
    case 'reading':
      return ReadingPage(header, page);
    case 'preview':
      return PreviewPage(header, page);
    case 'details':
      return <DetailsPage preview={page.preview} />;
    case 'unknown':
      return UnknownPage(header, page);
    case 'anyway':
      return AnywayPage(header, page);
    case 'checking':
      return CheckingPage();
    case 'ended':
      return EndedPage(page);
  }
}

function verb({ action }: TransactionHeader): string {
  return action === 'send' ? 'Send' : 'Sign';
}

function Title(header: TransactionHeader): JSXElement {
  const { position } = header;
  const what =
    position === undefined
      ? 'this transaction'
      : `transaction ${position.number} of ${position.total}`;
  return <Heading>{`${verb(header)} ${what}?`}</Heading>;
}

function Request({ origin, network, account }: TransactionHeader): JSXElement {
  return (
    <Section>
      <Site origin={origin} />
      <Labelled
        label="Network"
        value={`${visible(network.name, 60)}${network.isTest ? ' (for testing)' : ''}`}
      />
      <Labelled label="Your account" value={account} />
    </Section>
  );
}

/** No footer: MetaMask then offers to close, which rejects. */
function ReadingPage(header: TransactionHeader, { calls }: PageOf<'reading'>): JSXElement {
  return (
    <Container>
      <Box>
        {Title(header)}
        {Request(header)}
        <Section>
          <Heading size="sm">What changes for you</Heading>
          <Note text="Running the transaction on this device…" />
          <Skeleton width="100%" height={24} />
          <Skeleton width="60%" height={24} />
        </Section>
        <Calls calls={calls} />
      </Box>
    </Container>
  );
}

const NEXT: Readonly<
  Record<PageOf<'preview'>['next'], { name: string; label: (verb: string) => string }>
> = {
  approve: { name: TRANSACTION_BUTTONS.approve, label: (word) => word },
  following: { name: TRANSACTION_BUTTONS.following, label: () => 'Next transaction' },
  anyway: { name: TRANSACTION_BUTTONS.anyway, label: (word) => `${word} anyway…` },
};

function isCritical({ warnings }: Preview): boolean {
  return warnings.some(({ severity }) => severity === 'critical');
}

function PreviewPage(header: TransactionHeader, page: PageOf<'preview'>): JSXElement {
  const { preview, again } = page;
  const next = NEXT[page.next];
  return (
    <Container>
      <Box>
        {Title(header)}
        <AgainBanner differences={again} />
        <VerdictBanner preview={preview} />
        <Warnings warnings={preview.warnings.filter(({ code }) => !SAID_BY_VERDICT.has(code))} />
        {Request(header)}
        <OwnChanges preview={preview} />
        <OthersChanges preview={preview} />
        <Terms preview={preview} account={header.account} />
        <Calls calls={preview.request} />
        <Button name={TRANSACTION_BUTTONS.details}>Details</Button>
      </Box>
      <Footer>
        <Button name={TRANSACTION_BUTTONS.reject}>Reject</Button>
        <Button name={next.name} variant={isCritical(preview) ? 'destructive' : 'primary'}>
          {next.label(verb(header))}
        </Button>
      </Footer>
    </Container>
  );
}

const FAILURE_TITLES = {
  malformed: 'This is not a valid transaction',
  rejected: 'The network would not accept this',
  state: 'The state could not be read',
  unsupported: 'This transaction cannot be previewed',
} as const;

/** No run, so no approving: with blind signing on, a way to the second step. */
function UnknownPage(header: TransactionHeader, page: PageOf<'unknown'>): JSXElement {
  const { failure, calls, blindSigning, again } = page;
  return (
    <Container>
      <Box>
        {Title(header)}
        <AgainBanner differences={again} />
        <Banner title={FAILURE_TITLES[failure.kind]} severity="danger">
          <Text>{sentence(failure.text)}</Text>
          <Text>What it would do is not known.</Text>
        </Banner>
        {Request(header)}
        <Calls calls={calls} />
        {blindSigning ? null : (
          <Note text="Signing without a preview is turned off. You can change that on Lookahead’s home page." />
        )}
        {failure.kind === 'state' ? (
          <Button name={TRANSACTION_BUTTONS.retry}>Try again</Button>
        ) : null}
      </Box>
      {blindSigning ? (
        <Footer>
          <Button name={TRANSACTION_BUTTONS.reject}>Reject</Button>
          <Button name={TRANSACTION_BUTTONS.anyway}>{`${verb(header)} unseen…`}</Button>
        </Footer>
      ) : (
        <Footer>
          <Button name={TRANSACTION_BUTTONS.reject}>Reject</Button>
        </Footer>
      )}
    </Container>
  );
}

function AnywayPage(header: TransactionHeader, { reason, text }: PageOf<'anyway'>): JSXElement {
  const unseen = reason === 'unknown';
  return (
    <Container>
      <Box>
        <Heading>{`${verb(header)} ${unseen ? 'without knowing?' : 'what will fail?'}`}</Heading>
        <Banner
          title={unseen ? 'You could lose everything' : 'It is expected to fail'}
          severity="danger"
        >
          <Text>{sentence(text)}</Text>
          {unseen ? (
            <Text>
              Nobody has checked what this does. It may take all that this account owns. Go on only
              if you know why it cannot be previewed.
            </Text>
          ) : (
            <Text>
              It may still do something if the state of the network changes before it arrives. You
              gain nothing by signing what fails.
            </Text>
          )}
        </Banner>
        {Request(header)}
        <Button name={TRANSACTION_BUTTONS.back}>Back</Button>
      </Box>
      <Footer>
        <Button name={TRANSACTION_BUTTONS.reject}>Reject</Button>
        <Button name={TRANSACTION_BUTTONS.confirmAnyway} variant="destructive">
          {unseen ? `${verb(header)} unseen` : `${verb(header)} anyway`}
        </Button>
      </Footer>
    </Container>
  );
}

function CheckingPage(): JSXElement {
  return (
    <Container>
      <Box center={true}>
        <Spinner />
        <Text alignment="center">Running it once more on the newest state…</Text>
        <Note text="Nothing is signed until the outcome is the same. Close this window to reject." />
      </Box>
    </Container>
  );
}

function EndedPage({ title, text }: PageOf<'ended'>): JSXElement {
  return (
    <Container>
      <Box>
        <Heading>{title}</Heading>
        <Text>{sentence(text)}</Text>
        <Text>Nothing was signed. You can close this window.</Text>
      </Box>
    </Container>
  );
}

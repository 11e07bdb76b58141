// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import {
  Box,
  Button,
  Container,
  Copyable,
  Heading,
  type JSXElement,
  Text,
} from '@metamask/snaps-sdk/jsx';
import type { Preview, RawAccount } from '../../vm-preview/model/preview';
import { formatAmount, formatUnits } from '../amount';
import { Block, bounded, Labelled, Note } from '../parts';
import { count, groupThousands, visible } from '../text';
import { InnerCalls } from './calls';
import { TRANSACTION_BUTTONS } from './model';
import { expiryText, sourceText } from './provenance';

const MAX_LOG_CHARACTERS = 12_000;

/** For those who want to look: logs, units, raw differences, and where the state was read. */
export function DetailsPage({ preview }: { preview: Preview }): JSXElement {
  const { raw, provenance, fee, network } = preview;
  const { shown, more } = bounded(raw.diff, 40);
  const load = provenance.load;
  return (
    <Container>
      <Box>
        <Heading>Details</Heading>
        <Button name={TRANSACTION_BUTTONS.back}>Back</Button>
        <Block title="How it is known">
          <Text>{sourceText(provenance)}</Text>
          <Labelled label="Certainty" value={provenance.certainty} />
          <Labelled label="Expires" value={expiryText(provenance.expiry)} />
          {load === undefined ? null : (
            <Note
              text={`${count(load.requests, 'request')} in ${count(load.rounds, 'round')}, ${count(load.bytes, 'byte')}`}
            />
          )}
        </Block>
        <Block title="Cost">
          <Labelled
            label="Units used"
            value={`${groupThousands(raw.units.used)} of ${groupThousands(raw.units.limit)}`}
          />
          {fee.parts.map(({ label, amount }) => (
            <Labelled label={visible(label, 60)} value={formatAmount(amount, fee.asset)} />
          ))}
        </Block>
        <InnerCalls calls={preview.request} />
        <Block title="Accounts that change">
          {shown.map(({ address, before, after }) => (
            <Box>
              <Text size="sm">{address}</Text>
              <Note text={`${accountText(before, network)} → ${accountText(after, network)}`} />
            </Box>
          ))}
          {more}
        </Block>
        <Block title="Logs">
          <Copyable value={logText(raw.logs)} />
        </Block>
      </Box>
    </Container>
  );
}

function accountText(account: RawAccount | null, network: Preview['network']): string {
  if (account === null) return 'absent';
  const { symbol, decimals } = network.coin;
  return `${formatUnits(account.lamports, decimals)} ${symbol}, ${count(account.dataLength, 'byte')}, owner ${account.owner}`;
}

/** A field to copy from cannot be empty. */
function logText(logs: readonly string[]): string {
  const text = logs.map((line) => visible(line, 2000)).join('\n');
  if (text === '') return 'no logs';
  return text.length > MAX_LOG_CHARACTERS ? `${text.slice(0, MAX_LOG_CHARACTERS)}…` : text;
}

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
import type { Preview, RawAccount, RawValue, ValueDiff } from '../../vm-preview/model/preview';
import { CHAIN_WORDS } from '../../vm-preview/model/words';
import { formatAmount, formatUnits } from '../amount';
import { Block, bounded, Labelled, Note } from '../parts';
import { capitalized, count, groupThousands, visible } from '../text';
import { InnerCalls } from './calls';
import { TRANSACTION_BUTTONS } from './model';
import { expiryText, sourceText } from './provenance';

const MAX_LOG_CHARACTERS = 12_000;
const MAX_DIFFERENCES = 40;

/** For those who want to look: logs or events, cost, raw differences, and where the state was read. */
export function DetailsPage({ preview }: { preview: Preview }): JSXElement {
  const { chain, raw, provenance, fee } = preview;
  const load = provenance.load;
  return (
    <Container>
      <Box>
        <Heading>Details</Heading>
        <Button name={TRANSACTION_BUTTONS.back}>Back</Button>
        <Block title="How it is known">
          <Text>{sourceText(provenance, chain)}</Text>
          <Labelled label="Certainty" value={CERTAINTIES[provenance.certainty]} />
          <Labelled label="Expires" value={expiryText(provenance.expiry)} />
          {load === undefined ? null : (
            <Note
              text={`${count(load.requests, 'request')} in ${count(load.rounds, 'round')}, ${count(load.bytes, 'byte')}`}
            />
          )}
        </Block>
        <Block title="Cost">
          <Labelled
            label={`${capitalized(CHAIN_WORDS[chain].units)} used`}
            value={`${groupThousands(raw.units.used)} of ${groupThousands(raw.units.limit)}`}
          />
          {fee.parts.map(({ label, amount }) => (
            <Labelled
              label={capitalized(visible(label, 60))}
              value={formatAmount(amount, fee.asset)}
            />
          ))}
        </Block>
        <InnerCalls calls={preview.request} />
        {raw.values === undefined ? AccountsThatChange(preview) : ValuesThatChange(raw.values)}
        {raw.events === undefined ? (
          <Block title="Logs">
            <Copyable value={listing(raw.logs, 'no logs')} />
          </Block>
        ) : (
          <Block title="Events">
            <Copyable
              value={listing(
                raw.events.map(({ type, untrustedData }) => `${type} ${untrustedData}`),
                'no events',
              )}
            />
          </Block>
        )}
      </Box>
    </Container>
  );
}

const CERTAINTIES: Readonly<Record<Preview['provenance']['certainty'], string>> = {
  exact: 'Exact: nothing else can change it',
  conditional: 'It holds for the state that was read; others may change that first',
};

function AccountsThatChange({ network, raw }: Preview): JSXElement {
  const { shown, more } = bounded(raw.diff, MAX_DIFFERENCES);
  return (
    <Block title="Accounts that change">
      {shown.map(({ address, before, after }) => (
        <Box>
          <Text size="sm">{address}</Text>
          <Note text={`${accountText(before, network)} → ${accountText(after, network)}`} />
        </Box>
      ))}
      {more}
    </Block>
  );
}

function accountText(account: RawAccount | null, network: Preview['network']): string {
  if (account === null) return 'absent';
  const { symbol, decimals } = network.coin;
  return `${formatUnits(account.lamports, decimals)} ${symbol}, ${count(account.dataLength, 'byte')}, owner ${account.owner}`;
}

const VALUE_KINDS: Readonly<Record<ValueDiff['kind'], string>> = {
  resource: 'Resource',
  group: 'Resource group',
  module: 'Module',
  'table-item': 'Item of a table',
  object: 'Object',
};

function ValuesThatChange(values: readonly ValueDiff[]): JSXElement {
  const { shown, more } = bounded(values, MAX_DIFFERENCES);
  return (
    <Block title="Values that change">
      {shown.length === 0 ? <Text size="sm">None.</Text> : null}
      {shown.map(({ address, kind, key, before, after }) => (
        <Box>
          <Text size="sm">{`${VALUE_KINDS[kind]} ${visible(key, 160)}`}</Text>
          <Note text={`At ${address}: ${valueText(before)} → ${valueText(after)}`} />
        </Box>
      ))}
      {more}
    </Block>
  );
}

function valueText(value: RawValue | null): string {
  return value === null ? 'absent' : count(value.length, 'byte');
}

/** A field to copy from cannot be empty. */
function listing(lines: readonly string[], none: string): string {
  const text = lines.map((line) => visible(line, 2000)).join('\n');
  if (text === '') return none;
  return text.length > MAX_LOG_CHARACTERS ? `${text.slice(0, MAX_LOG_CHARACTERS)}…` : text;
}

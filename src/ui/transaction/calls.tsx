// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import { Box, type JSXElement, Text } from '@metamask/snaps-sdk/jsx';
import type { DecodedCall, DecodedField } from '../../vm-preview/model/preview';
import { formatAmount } from '../amount';
import { Block, bounded, Note } from '../parts';
import { count, visible } from '../text';

const MAX_CALLS = 12;
const MAX_FIELDS = 8;
const MAX_DEPTH = 4;

function fieldText(field: DecodedField): string {
  const label = visible(field.label, 60);
  switch (field.kind) {
    case 'amount':
      return `${label}: ${formatAmount(field.value, field.asset)}`;
    case 'text':
      return `${label}: “${visible(field.untrustedValue, 300)}”`;
    case 'address':
    case 'words':
    case 'number':
      return `${label}: ${visible(field.value, 100)}`;
  }
}

/** `Transfer · System Program`, or the program's address where it is not known. */
export function callTitle({ name, program }: DecodedCall): string {
  const where = program.name === undefined ? program.address : visible(program.name, 60);
  return name === undefined ? `Unknown call to ${where}` : `${visible(name, 60)} · ${where}`;
}

function Call({ call, number }: { call: DecodedCall; number: string }): JSXElement {
  const { shown, more } = bounded(call.fields, MAX_FIELDS);
  return (
    <Box>
      <Text fontWeight="medium">{`${number} ${callTitle(call)}`}</Text>
      {shown.map((field) => (
        <Note text={fieldText(field)} />
      ))}
      {more}
      {call.fields.length === 0 && call.data !== '' ? (
        <Note text={`Data: ${count(call.data.length / 2, 'byte')}, ${visible(call.data, 64)}`} />
      ) : null}
    </Box>
  );
}

/** The steps as the site asked for them. */
export function Calls({ calls }: { calls: readonly DecodedCall[] }): JSXElement {
  const { shown, more } = bounded(calls, MAX_CALLS);
  return (
    <Block title="What the site asks for">
      {shown.map((call, index) => (
        <Call call={call} number={`${index + 1}.`} />
      ))}
      {shown.length === 0 ? <Text>Nothing.</Text> : null}
      {more}
    </Block>
  );
}

/** The calls that programs made in turn, as an indented list. */
export function InnerCalls({ calls }: { calls: readonly DecodedCall[] }): JSXElement | null {
  const lines = calls.flatMap((call, index) => innerLines(call, `${index + 1}`, 0));
  if (lines.length === 0) return null;
  const { shown, more } = bounded(lines, 60);
  return (
    <Block title="Calls that programs made">
      {shown.map((line) => (
        <Note text={line} />
      ))}
      {more}
    </Block>
  );
}

function innerLines(call: DecodedCall, number: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  return call.inner.flatMap((inner, index) => {
    const own = `${number}.${index + 1}`;
    return [`${own} ${callTitle(inner)}`, ...innerLines(inner, own, depth + 1)];
  });
}

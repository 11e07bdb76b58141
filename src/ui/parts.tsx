import {
  Box,
  type GenericSnapElement,
  Heading,
  type JSXElement,
  Section,
  type SnapsChildren,
  Text,
} from '@metamask/snaps-sdk/jsx';
import { visible } from './text';

type Children = SnapsChildren<GenericSnapElement>;
type TextColor = 'default' | 'error' | 'success' | 'warning';

interface LabelledProps {
  readonly label: string;
  readonly value: string;
  readonly color?: TextColor;
}

/** A label over a text of any length; unlike a Row it wraps. */
export function Labelled({ label, value, color = 'default' }: LabelledProps): JSXElement {
  return (
    <Box>
      <Text size="sm" color="alternative">
        {label}
      </Text>
      <Text color={color}>{value}</Text>
    </Box>
  );
}

/** A titled block of a dialog. */
export function Block({ title, children }: { title: string; children: Children }): JSXElement {
  return (
    <Section>
      <Heading size="sm">{title}</Heading>
      <Box>{children}</Box>
    </Section>
  );
}

/** Small grey print. */
export function Note({ text }: { text: string }): JSXElement {
  return (
    <Text size="sm" color="alternative">
      {text}
    </Text>
  );
}

/** Who asks. */
export function Site({ origin }: { origin: string }): JSXElement {
  return <Labelled label="Site" value={visible(origin, 300)} />;
}

/** The first `limit` of a list, and how many are left out. */
export function bounded<Item>(
  items: readonly Item[],
  limit: number,
): { shown: readonly Item[]; more: GenericSnapElement | null } {
  const left = items.length - limit;
  const more = left > 0 ? <Note text={`And ${left} more, not shown here.`} /> : null;
  return { shown: items.slice(0, limit), more };
}

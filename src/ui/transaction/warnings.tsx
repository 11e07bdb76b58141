// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import { Banner, Box, type JSXElement, Text } from '@metamask/snaps-sdk/jsx';
import type { OutcomeDifference } from '../../chains/chain';
import type { Preview, Severity, Warning } from '../../vm-preview/model/preview';
import { CHAIN_WORDS } from '../../vm-preview/model/words';
import { capitalized, sentence, visible } from '../text';

const MAX_WARNINGS = 10;
const MAX_EVIDENCE = 4;

const SEVERITIES: Readonly<
  Record<Severity, { title: string; severity: 'danger' | 'warning' | 'info' }>
> = {
  critical: { title: 'Danger', severity: 'danger' },
  high: { title: 'Be careful', severity: 'danger' },
  medium: { title: 'Please note', severity: 'warning' },
  info: { title: 'Good to know', severity: 'info' },
};

function WarningBanner({ warning }: { warning: Warning }): JSXElement {
  const { title, severity } = SEVERITIES[warning.severity];
  return (
    <Banner title={title} severity={severity}>
      <Text>{sentence(warning.text)}</Text>
      {warning.evidence.slice(0, MAX_EVIDENCE).map(({ label, value }) => (
        <Text size="sm">{`${capitalized(visible(label, 60))}: ${visible(value, 200)}`}</Text>
      ))}
    </Banner>
  );
}

/** Most severe first, as the preview has them. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }): JSXElement | null {
  if (warnings.length === 0) return null;
  const left = warnings.length - MAX_WARNINGS;
  return (
    <Box>
      {warnings.slice(0, MAX_WARNINGS).map((warning) => (
        <WarningBanner warning={warning} />
      ))}
      {left > 0 ? <Text>{`And ${left} more warnings.`}</Text> : null}
    </Box>
  );
}

/** Would it succeed? Where not, why, in words and in the chain's own terms. */
export function VerdictBanner({
  preview: { chain, verdict },
}: {
  preview: Preview;
}): JSXElement | null {
  if (verdict.kind === 'success') return null;
  const { error } = verdict;
  const where = error.at === undefined ? '' : `, in ${CHAIN_WORDS[chain].step} ${error.at + 1}`;
  const landed = verdict.kind === 'failure';
  return (
    <Banner
      title={landed ? 'This transaction would fail' : 'The network would not accept this'}
      severity="danger"
    >
      <Text>{sentence(error.text)}</Text>
      <Text size="sm">{`${visible(error.code, 120)}${where}`}</Text>
      <Text size="sm">
        {landed ? 'Nothing would change, but the fee would be paid.' : 'No fee would be paid.'}
      </Text>
    </Banner>
  );
}

/** Why the user is asked a second time. */
export function AgainBanner({
  differences,
}: {
  differences: readonly OutcomeDifference[];
}): JSXElement | null {
  if (differences.length === 0) return null;
  return (
    <Banner title="The outcome changed while you were reading" severity="danger">
      {differences.slice(0, 8).map(({ text }) => (
        <Text>{sentence(text, 300)}</Text>
      ))}
      <Text>Nothing was signed. Please read again.</Text>
    </Banner>
  );
}

import { evidence, type WarningCheck } from './context';

/** It would fail, and cost its fee; or not be taken at all. */
export const wouldFail: WarningCheck = ({ verdict }) => {
  if (verdict.kind === 'success') return [];
  const { code, program, text } = verdict.error;
  return [
    {
      code: verdict.kind === 'failure' ? 'would-fail' : 'would-be-refused',
      severity: 'high',
      text:
        verdict.kind === 'failure'
          ? `The transaction would fail, and the fee would be lost: ${text}`
          : `The network would not take this transaction: ${text}`,
      evidence: [
        evidence('error', code),
        ...(program === undefined ? [] : [evidence('program', program)]),
      ],
    },
  ];
};

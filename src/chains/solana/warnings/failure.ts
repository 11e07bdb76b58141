import { failureWarning } from '../../warnings';
import { evidence, type WarningCheck } from './context';

/** It would fail, and cost its fee; or not be taken at all. */
export const wouldFail: WarningCheck = ({ verdict }) => {
  if (verdict.kind === 'success') return [];
  const { program } = verdict.error;
  return [failureWarning(verdict, program === undefined ? [] : [evidence('program', program)])];
};

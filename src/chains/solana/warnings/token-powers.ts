import type { Warning } from '../../../vm-preview/model/preview';
import { amountText } from '../../amount';
import { evidence, type WarningCheck } from './context';

/** Powers that a Token-2022 mint's issuer keeps over tokens that the user gets or sends. */
export const tokenPowers: WarningCheck = ({ assets, effects, mintOf }) => {
  const mints = new Set(
    effects.own.flatMap((change) =>
      change.kind === 'balance' && change.asset.id !== undefined ? [change.asset.id] : [],
    ),
  );
  return [...mints].flatMap((mint): Warning[] => {
    const state = mintOf(mint);
    if (state === undefined) return [];
    const warnings: Warning[] = [];
    if (state.permanentDelegate !== null) {
      warnings.push({
        code: 'permanent-delegate',
        severity: 'medium',
        text: 'The issuer of this token can take it out of any account at any time.',
        evidence: [evidence('token', mint), evidence('who', state.permanentDelegate)],
      });
    }
    if (state.transferHook !== null) {
      warnings.push({
        code: 'transfer-hook',
        severity: 'medium',
        text: 'A program of the issuer runs at every transfer of this token and can refuse it.',
        evidence: [evidence('token', mint), evidence('program', state.transferHook)],
      });
    }
    const fee = state.transferFee?.newer;
    if (fee !== undefined && fee.basisPoints > 0) {
      warnings.push({
        code: 'transfer-fee',
        severity: 'info',
        text: `Every transfer of this token costs ${fee.basisPoints / 100} % of the amount.`,
        evidence: [
          evidence('token', mint),
          evidence('at most', amountText(fee.maximum, assets.assetOf(mint))),
        ],
      });
    }
    return warnings;
  });
};

export {
  APTOS_UNLIMITED,
  APTOS_VERIFIER,
  type AptosVerifierFeatures,
  aptosVerifierConfig,
  SUI_UNLIMITED,
  SUI_VERIFIER,
  type VerifierConfig,
} from './config';
export { verifyNoCycles } from './cycles';
export { type IndexKind, VerificationError, type VerificationStatus } from './errors';
export { verifyLinkage } from './linkage';
export { verifyModule, verifyScript } from './verify';

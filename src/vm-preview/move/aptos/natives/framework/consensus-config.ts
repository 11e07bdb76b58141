/** On-chain consensus configuration (types/src/on_chain_config/consensus_config.rs). */
import { CannotPreview } from '../../../../errors';
import { BcsError, BcsReader } from '../../../core/bcs';
import { nativesOf } from '../../../core/runtime';
import { asBytes } from '../../../core/values';

const CONFIG = ['V1', 'V2', 'V3', 'V4', 'V5'] as const;
const ALGORITHM = ['jolteon', 'dag', 'jolteonV2'] as const;
const ROUND_PROPOSER = 3;
const LEADER_REPUTATION = 2;

function skipReputation(reader: BcsReader): void {
  reader.variant(2, 'leader reputation');
  for (const weight of ['active', 'inactive', 'failed']) reader.u64(`${weight} weight`);
  reader.u32('failure threshold');
  reader.u64('proposer window');
  reader.u64('voter window');
  reader.bool('weight by voting power');
  reader.u32('history from the previous epoch');
}

function skipMain(reader: BcsReader): void {
  reader.bool('decoupled execution');
  reader.u64('back pressure limit');
  reader.u64('exclude round');
  const election = reader.variant(4, 'proposer election');
  if (election === ROUND_PROPOSER)
    throw new CannotPreview('aptos-consensus-config', 'a consensus with proposers by round');
  if (election === LEADER_REPUTATION) skipReputation(reader);
  else reader.u32('contiguous rounds');
  reader.u64('failed authors to store');
}

function skipAlgorithm(reader: BcsReader): void {
  const algorithm = ALGORITHM[reader.variant(ALGORITHM.length, 'consensus algorithm')];
  if (algorithm === 'dag') {
    reader.u64('causal history window');
    if (reader.variant(2, 'anchor election') === 1) skipReputation(reader);
    return;
  }
  skipMain(reader);
  reader.bool('quorum store');
  if (algorithm === 'jolteonV2') reader.bool('order vote');
}

function readsValidatorTransactions(reader: BcsReader): boolean {
  const config = CONFIG[reader.variant(CONFIG.length, 'consensus config')];
  if (config === 'V1' || config === 'V2') {
    skipMain(reader);
    reader.end('consensus config');
    return false;
  }
  skipAlgorithm(reader);
  const enabled = reader.variant(2, 'validator transactions') === 1;
  if (enabled) {
    reader.u64('validator transactions in a block');
    reader.u64('their bytes');
  }
  if (config !== 'V3') reader.option('window size', (inner) => inner.u64('window size'));
  if (config === 'V5') reader.bool('randomness check');
  reader.end('consensus config');
  return enabled;
}

export const consensusConfigNatives = () =>
  nativesOf('0x1::consensus_config', {
    /** What cannot be read counts as the default, which has none. Costs nothing. */
    validator_txn_enabled_internal: ({ args: [config] }) => {
      try {
        return [readsValidatorTransactions(new BcsReader(asBytes(config)))];
      } catch (error) {
        if (error instanceof BcsError) return [false];
        throw error;
      }
    },
  });

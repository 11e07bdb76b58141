/** The paths that a node answers. Source: aptos-core `api/src`. */
import { addressBytes } from '../../../src/chains/aptos/address';
import { fromHex } from '../../../src/chains/hex';
import { MalformedError } from '../../../src/vm-preview/errors';
import { decodeStateKey, type StateValue } from '../../../src/vm-preview/move/aptos';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import type { Chain } from '../chain';
import { JsonValueError } from '../json/value';
import { accountAnswer } from './accounts';
import {
  type Answer,
  ApiError,
  bcs,
  invalidInput,
  json,
  jsonBody,
  notFound,
  type Request,
} from './answer';
import { blockAnswer } from './blocks';
import { address, scopeOf } from './scope';
import { GAS_UNIT_PRICE, transactionAnswer } from './transactions';
import { viewAnswer } from './view';

export async function nodeAnswer(chain: Chain, request: Request): Promise<Answer> {
  const [first, second] = request.parts;
  chain.tick();
  const answer = await (() => {
    switch (first) {
      case undefined:
        return request.wantsBcs ? bcs(ledgerBcs(chain)) : json(ledgerJson(chain));
      case '-':
        return second === 'healthy' ? json({ message: 'aptos-node:ok' }) : undefined;
      case 'accounts':
        return accountAnswer(chain, request);
      case 'transactions':
        return transactionAnswer(chain, request);
      case 'tables':
        return tableAnswer(chain, request);
      case 'experimental':
        return second === 'state_values' ? rawState(chain, request) : undefined;
      case 'view':
        return viewAnswer(chain, request);
      case 'blocks':
        return blockAnswer(chain, request);
      case 'estimate_gas_price':
        return json({
          deprioritized_gas_estimate: Number(GAS_UNIT_PRICE),
          gas_estimate: Number(GAS_UNIT_PRICE),
          prioritized_gas_estimate: Number(GAS_UNIT_PRICE),
        });
      default:
        return undefined;
    }
  })();
  if (answer !== undefined) return answer;
  throw new ApiError(404, 'web_framework_error', `this node has no /${request.parts.join('/')}`);
}

function ledgerJson(chain: Chain) {
  const { epoch, height, oldestVersion, timestampMicros, version } = chain.head;
  return {
    chain_id: chain.chainId,
    epoch: epoch.toString(),
    ledger_version: String(version),
    oldest_ledger_version: String(oldestVersion),
    ledger_timestamp: timestampMicros.toString(),
    node_role: 'full_node',
    oldest_block_height: '0',
    block_height: String(height),
    git_hash: 'lookahead-localnet',
  };
}

/** Variants of the role: a validator, a full node. */
const FULL_NODE = 1;

/** `IndexResponseBcs`. */
function ledgerBcs(chain: Chain): Uint8Array {
  const { epoch, height, oldestVersion, timestampMicros, version } = chain.head;
  const writer = new BcsWriter().u8(chain.chainId).u64(epoch).u64(BigInt(version));
  writer.u64(BigInt(oldestVersion)).u64(timestampMicros).uleb32(FULL_NODE);
  return writer.u64(0n).u64(BigInt(height)).finish();
}

function keyBytes(request: Request): Uint8Array {
  const { key } = jsonBody(request);
  if (typeof key !== 'string') throw invalidInput('the body has no key');
  return fromHex(key);
}

function rawState(chain: Chain, request: Request): Answer {
  const { reader, version } = scopeOf(chain, request);
  const value = reader.state.read(decodeStateKey(keyBytes(request)));
  if (value === null)
    throw notFound('State Value', `Ledger version(${version})`, 'state_value_not_found');
  return bcs(persisted(value));
}

/** `PersistedStateValue`. */
function persisted({ bytes, metadata }: StateValue): Uint8Array {
  const writer = new BcsWriter();
  if (metadata === undefined) return writer.uleb32(0).blob(bytes).finish();
  writer.uleb32(1).blob(bytes).uleb32(1).u64(metadata.slotDeposit).u64(metadata.bytesDeposit);
  return writer.u64(metadata.creationTimeMicros).finish();
}

function tableAnswer(chain: Chain, request: Request): Answer | undefined {
  const [, handle, what] = request.parts;
  const { reader, version } = scopeOf(chain, request);
  const at = addressBytes(address(handle));
  const read = (key: Uint8Array, named: string): Uint8Array => {
    const value = reader.state.read({ kind: 'tableItem', handle: at, key });
    if (value !== null) return value.bytes;
    const by = `Table handle(${handle}), Table key(${named}) and Ledger version(${version})`;
    throw notFound('Table Item', by, 'table_item_not_found');
  };
  if (what === 'raw_item') return bcs(read(keyBytes(request), 'raw'));
  if (what !== 'item') return undefined;
  const { key, key_type: keyType, value_type: valueType } = jsonBody(request);
  if (typeof keyType !== 'string' || typeof valueType !== 'string')
    throw invalidInput('the body has no types');
  try {
    const encoded = reader.encode(key, parseTypeTag(keyType));
    const bytes = read(encoded, JSON.stringify(key) ?? '');
    return request.wantsBcs ? bcs(bytes) : json(reader.json(bytes, parseTypeTag(valueType)));
  } catch (error) {
    if (error instanceof JsonValueError || error instanceof MalformedError)
      throw invalidInput(error.message);
    throw error;
  }
}

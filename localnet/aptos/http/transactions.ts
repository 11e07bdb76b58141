/** Transactions: given, tried, found. Source: aptos-core `api/src/transactions.rs`. */

import { APTOS_COIN } from '../../../src/chains/aptos/address';
import { CannotPreview } from '../../../src/vm-preview/errors';
import {
  parseSignedTransaction,
  type RawTransaction,
  type SignedTransaction,
} from '../../../src/vm-preview/move/aptos';
import { VM_STATUS } from '../../../src/vm-preview/move/aptos/execution/status';
import { parseGasSchedule } from '../../../src/vm-preview/move/aptos/gas/schedule';
import type { Json } from '../../json';
import { type BlockStart, type Chain, type Executed, type Pending, Refusal } from '../chain';
import { StateReader } from '../json/reader';
import { blockStartJson, pendingJson, userJson } from '../json/transaction';
import { GAS_SCHEDULE } from '../keys';
import { isSigned } from '../signatures';
import { type Answer, ApiError, invalidInput, json, notFound, type Request } from './answer';
import { balanceOf } from './balance';
import { limitOf, scopeOf, u64 } from './scope';

const SIGNED_TRANSACTION = 'application/x.aptos.signed_transaction+bcs';
/** Octas for a gas unit. */
export const GAS_UNIT_PRICE = 100n;

export async function transactionAnswer(
  chain: Chain,
  request: Request,
): Promise<Answer | undefined> {
  const { method, parts, wantsBcs } = request;
  const [, what, which = ''] = parts;
  if (wantsBcs && method === 'GET')
    throw new ApiError(400, 'bcs_not_supported', 'this node tells transactions in JSON');
  if (method === 'POST') {
    if (what === undefined) return submit(chain, request);
    if (what === 'simulate') return simulate(chain, request);
    return undefined;
  }
  switch (what) {
    case undefined:
      return list(chain, request);
    case 'by_hash':
      return json(foundJson(chain, found(chain, which)));
    case 'wait_by_hash':
      return json(foundJson(chain, await waited(chain, which)));
    case 'by_version':
      return json(versionJson(chain, Number(u64(which))));
    default:
      return undefined;
  }
}

function newest(chain: Chain): StateReader {
  return new StateReader(chain.ledger.newest, chain.cache);
}

/** By the layouts that the chain has now. */
export function landedJson(chain: Chain, landed: Executed | BlockStart): Json {
  return 'signed' in landed ? userJson(landed, newest(chain)) : blockStartJson(landed);
}

const foundJson = (chain: Chain, one: Executed | Pending): Json =>
  'outcome' in one ? userJson(one, newest(chain)) : pendingJson(one, newest(chain));

function found(chain: Chain, hash: string): Executed | Pending {
  const one = chain.find(hash.toLowerCase());
  if (one !== undefined) return one;
  throw notFound('Transaction', `Transaction hash(${hash})`, 'transaction_not_found');
}

const WAIT_MS = 1_000;
const POLL_MS = 50;

/** For one that waits for others the answer waits a little, too. */
async function waited(chain: Chain, hash: string): Promise<Executed | Pending> {
  for (let left = WAIT_MS; left > 0; left -= POLL_MS) {
    const one = chain.find(hash.toLowerCase());
    if (one !== undefined && 'outcome' in one) return one;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return found(chain, hash);
}

/** @throws ApiError `transaction_not_found`, `version_pruned` */
export function versionJson(chain: Chain, version: number): Json {
  const landed = chain.landed(version);
  if (landed !== undefined) return landedJson(chain, landed);
  if (version !== 0)
    throw notFound('Transaction', `Ledger version(${version})`, 'transaction_not_found');
  return { ...GENESIS, hash: `0x${'0'.repeat(64)}`, version: '0' };
}

const GENESIS = {
  type: 'genesis_transaction',
  success: true,
  vm_status: 'Executed successfully',
  gas_used: '0',
  changes: [],
  events: [],
  payload: {
    type: 'write_set_payload',
    write_set: { type: 'direct_write_set', changes: [], events: [] },
  },
};

function list(chain: Chain, request: Request): Answer {
  const limit = limitOf(request, 100);
  const { version } = chain.head;
  const start = request.query.get('start');
  const first = start === null ? Math.max(0, version - limit + 1) : Number(u64(start));
  const count = Math.max(0, Math.min(limit, version - first + 1));
  return json(Array.from({ length: count }, (_, i) => versionJson(chain, first + i)));
}

function signedOf({ body, contentType }: Request): SignedTransaction {
  if (contentType !== SIGNED_TRANSACTION)
    throw new ApiError(
      415,
      'web_framework_error',
      `the content type must be ${SIGNED_TRANSACTION}`,
    );
  return parsed(() => parseSignedTransaction(body));
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw invalidInput(`Failed to deserialize input into SignedTransaction: ${text}`);
  }
}

function submit(chain: Chain, request: Request): Answer {
  signedOf(request);
  try {
    const { hash, signed } = chain.submit(request.body);
    return json(pendingJson({ hash, signed }, newest(chain)), 202);
  } catch (error) {
    if (error instanceof Refusal) throw vmError(error.status);
    if (error instanceof CannotPreview) throw new ApiError(500, 'internal_error', error.message);
    throw error;
  }
}

const CODES: Readonly<Record<string, number>> = { ...VM_STATUS, INVALID_SIGNATURE: 1 };

function vmError(status: string): ApiError {
  const code = Object.hasOwn(CODES, status) ? CODES[status] : undefined;
  return new ApiError(
    400,
    'vm_error',
    `Invalid transaction: Type: Validation Code: ${status}`,
    code ?? null,
  );
}

/** A transaction whose signatures hold could be sent by whoever is asked, and is not simulated. */
function simulate(chain: Chain, request: Request): Answer {
  const signed = signedOf(request);
  if (isSigned(signed))
    throw invalidInput('Simulated transactions must not have a valid signature');
  const raw = estimated(chain, signed.raw, request);
  const executed = chain.simulate({ ...signed, raw });
  const answer = json([userJson(executed, newest(chain))]);
  return { ...answer, headers: { 'X-Aptos-Gas-Used': executed.outcome.fee.gasUsed.toString() } };
}

function estimated(chain: Chain, raw: RawTransaction, request: Request): RawTransaction {
  const asks = (name: string) => request.query.get(name) === 'true';
  const gasUnitPrice =
    asks('estimate_gas_unit_price') || asks('estimate_prioritized_gas_unit_price')
      ? GAS_UNIT_PRICE
      : raw.gasUnitPrice;
  if (!asks('estimate_max_gas_amount')) return { ...raw, gasUnitPrice };
  const scope = scopeOf(chain, { query: new URLSearchParams() });
  const octas = balanceOf(chain, `0x${raw.sender.hex}`, APTOS_COIN, scope);
  const schedule = scope.reader.state.read(GAS_SCHEDULE);
  if (schedule === null) throw new ApiError(500, 'internal_error', 'the chain has no gas schedule');
  const price = (name: string) => parseGasSchedule(schedule.bytes).price(`txn.${name}`);
  const affordable = gasUnitPrice === 0n ? octas : octas / gasUnitPrice;
  const least = price('min_transaction_gas_units') / price('gas_unit_scaling_factor');
  const most = price('maximum_number_of_gas_units');
  const wanted = affordable > least ? affordable : least;
  return { ...raw, gasUnitPrice, maxGasAmount: wanted < most ? wanted : most };
}

import { base58 } from '@scure/base';
import { LookaheadError } from '../../../src/vm-preview/errors';
import {
  type TransactionError,
  transactionErrorText,
} from '../../../src/vm-preview/svm/errors/transaction-error';
import { parseMessage, parseTransaction } from '../../../src/vm-preview/svm/transaction/message';
import { asRecord, type Json } from '../../json';
import { invalidParams, RpcError, type RpcMethods } from '../../rpc-server';
import { type AccountFormat, accountJson } from '../account-json';
import type { Bank, Landed, Simulated } from '../bank';
import { feeOf } from '../fee';
import {
  address,
  addressAt,
  base58Bytes,
  base64Bytes,
  configAt,
  listAt,
  signature,
  textAt,
  unsigned,
} from '../params';
import { innerInstructionsJson, returnDataJson, transactionJson } from '../transaction-json';
import { withBlockhash } from '../wire';
import { VERSION } from './chain';

const BASE64: AccountFormat = { encoding: 'base64', slice: undefined };

export function transactionMethods(bank: Bank): RpcMethods {
  const withContext = (value: Json): Json => ({
    context: { apiVersion: VERSION, slot: bank.slot },
    value,
  });
  const dataOf = (at: Uint8Array) => bank.account(at)?.data();
  return {
    getFeeForMessage(params) {
      configAt(params, 1, bank.slot);
      const bytes = base64Bytes(textAt(params, 0));
      if (bytes === undefined) throw invalidParams('Invalid params: the message is not base64.');
      const message = parsed(() => parseMessage(bytes));
      return withContext(bank.isRecent(message.recentBlockhash) ? feeOf(message) : null);
    },
    simulateTransaction(params) {
      const config = configAt(params, 1, bank.slot);
      const { sigVerify, replaceRecentBlockhash, innerInstructions } = config;
      const given = transactionBytes(params[0], config['encoding']);
      if (sigVerify === true && replaceRecentBlockhash === true) {
        throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
      }
      const replace = replaceRecentBlockhash === true;
      const bytes = replace ? parsed(() => withBlockhash(given, bank.blockhash)) : given;
      const simulated = parsed(() =>
        bank.simulate(bytes, { signatures: sigVerify === true, blockhash: !replace }),
      );
      return withContext({
        ...simulationJson(simulated, innerInstructions === true),
        accounts: wantedAccounts(bank, simulated, config['accounts']),
        replacementBlockhash: replace
          ? {
              blockhash: base58.encode(bank.blockhash),
              lastValidBlockHeight: bank.blockHeight + 150n,
            }
          : null,
      });
    },
    sendTransaction(params) {
      const config = configAt(params, 1, bank.slot);
      const bytes = transactionBytes(params[0], config['encoding']);
      const transaction = parsed(() => parseTransaction(bytes));
      if (config['skipPreflight'] !== true) {
        const simulated = bank.simulate(bytes, { signatures: true, blockhash: true });
        if (simulated.error === 'SignatureFailure') {
          throw new RpcError(-32003, 'Transaction signature verification failure');
        }
        if (simulated.error !== undefined) throw preflightFailure(simulated, simulated.error);
      }
      // As on the real chain, one that is refused after this point is dropped without a word.
      bank.process(bytes);
      return base58.encode(transaction.signatures[0] ?? new Uint8Array(64));
    },
    getSignatureStatuses(params) {
      const signatures = listAt(params, 0);
      if (signatures.length > 256) throw invalidParams('Too many inputs provided; max 256');
      return withContext(
        signatures.map((one) => {
          const landed = bank.landed(signature(one));
          return landed === undefined ? null : statusJson(landed);
        }),
      );
    },
    getTransaction(params) {
      const config =
        typeof params[1] === 'string' ? { encoding: params[1] } : configAt(params, 1, bank.slot);
      const landed = bank.landed(signature(params[0]));
      return landed === undefined ? null : transactionJson(landed, config, dataOf);
    },
    getSignaturesForAddress(params) {
      const at = base58.encode(addressAt(params, 0));
      const { limit, before, until } = configAt(params, 1, bank.slot);
      const known = bank.signaturesOf(at);
      const from = typeof before === 'string' ? known.indexOf(before) + 1 : 0;
      const found = typeof until === 'string' ? known.indexOf(until) : -1;
      const end = found === -1 ? known.length : found;
      const most = limit === undefined ? 1000 : Number(unsigned(limit));
      return known.slice(from, Math.min(end, from + most)).flatMap((one) => {
        const landed = bank.landed(one);
        if (landed === undefined) return [];
        return [
          {
            signature: one,
            slot: landed.slot,
            err: errorJson(landed.error),
            memo: null,
            blockTime: landed.blockTime,
            confirmationStatus: 'finalized',
          },
        ];
      });
    },
  };
}

/** Runs what parses a transaction; its error is the caller's. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof LookaheadError)) throw error;
    throw invalidParams(
      `failed to deserialize solana_transaction::versioned::VersionedTransaction: ${error.message}`,
    );
  }
}

function transactionBytes(value: unknown, encoding: unknown): Uint8Array {
  const isBase64 = encoding === 'base64';
  if (!isBase64 && encoding !== undefined && encoding !== 'base58') {
    throw invalidParams(
      `unsupported encoding: ${String(encoding)}. Supported encodings: base58, base64`,
    );
  }
  const bytes = isBase64 ? base64Bytes(value) : base58Bytes(value);
  if (bytes === undefined) {
    throw invalidParams(`invalid ${isBase64 ? 'base64' : 'base58'} encoding of the transaction`);
  }
  return bytes;
}

/** The RPC writes the chain's errors as this project does. */
export function errorJson(error: TransactionError | undefined): Json {
  return error ?? null;
}

function simulationJson({ error, metadata }: Simulated, withInner: boolean): Record<string, Json> {
  return {
    err: errorJson(error),
    logs: metadata?.logs() ?? [],
    unitsConsumed: metadata?.computeUnitsConsumed() ?? 0n,
    returnData: metadata === undefined ? null : returnDataJson(metadata),
    innerInstructions: withInner && metadata !== undefined ? innerInstructionsJson(metadata) : null,
  };
}

function wantedAccounts(bank: Bank, simulated: Simulated, wanted: unknown): Json {
  const { addresses } = asRecord(wanted);
  if (!Array.isArray(addresses)) return null;
  const dataOf = (at: Uint8Array) => bank.account(at)?.data();
  return addresses.map((one: unknown) => {
    const at = address(one);
    if (simulated.error !== undefined) return null;
    const account = simulated.after.get(base58.encode(at)) ?? bank.account(at);
    return account === undefined ? null : accountJson(account, BASE64, dataOf);
  });
}

function preflightFailure(simulated: Simulated, error: TransactionError): RpcError {
  return new RpcError(-32002, `Transaction simulation failed: ${transactionErrorText(error)}`, {
    ...simulationJson(simulated, false),
    accounts: null,
  });
}

function statusJson(landed: Landed): Json {
  const err = errorJson(landed.error);
  return {
    slot: landed.slot,
    confirmations: null,
    err,
    status: err === null ? { Ok: null } : { Err: err },
    confirmationStatus: 'finalized',
  };
}

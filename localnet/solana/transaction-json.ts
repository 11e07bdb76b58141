/** Landed transactions as getTransaction writes them. Source: agave `transaction-status/src`. */
import { base58 } from '@scure/base';
import type { Account, TransactionMetadata } from 'litesvm/dist/internal';
import type { Json } from '../json';
import { invalidParams, RpcError } from '../rpc-server';
import type { Landed } from './bank';
import { amountJson, isTokenProgram, readMint, readTokenAccount } from './token-json';

export function innerInstructionsJson(metadata: TransactionMetadata): readonly Json[] {
  return metadata.innerInstructions().flatMap((calls, index) => {
    if (calls.length === 0) return [];
    const instructions = calls.map((call) => ({
      programIdIndex: call.instruction().programIdIndex(),
      accounts: [...call.instruction().accounts()],
      data: base58.encode(call.instruction().data()),
      stackHeight: call.stackHeight(),
    }));
    return [{ index, instructions }];
  });
}

export function returnDataJson(metadata: TransactionMetadata): Json {
  const returned = metadata.returnData();
  const data = returned.data();
  if (data.length === 0) return null;
  return {
    programId: base58.encode(returned.programId()),
    data: [Buffer.from(data).toString('base64'), 'base64'],
  };
}

type DataOf = (address: Uint8Array) => Uint8Array | undefined;

/** @param dataOf - an account's data as it is now: mints, whose decimals stay as they are */
export function transactionJson(
  landed: Landed,
  config: Readonly<Record<string, unknown>>,
  dataOf: DataOf,
): Json {
  const { version } = landed.transaction;
  const highest = config['maxSupportedTransactionVersion'];
  if (version !== 'legacy' && !(typeof highest === 'number' && highest >= version)) {
    throw new RpcError(
      -32015,
      `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
    );
  }
  return {
    slot: landed.slot,
    blockTime: landed.blockTime,
    version: typeof highest === 'number' ? version : undefined,
    meta: metaJson(landed, dataOf),
    transaction: encodedTransaction(landed, config['encoding']),
  };
}

function encodedTransaction(landed: Landed, encoding: unknown): Json {
  if (encoding === 'base64') return [Buffer.from(landed.bytes).toString('base64'), 'base64'];
  if (encoding === 'base58') return [base58.encode(landed.bytes), 'base58'];
  if (encoding !== undefined && encoding !== 'json') {
    throw invalidParams(`Invalid params: the encoding ${String(encoding)} is not served here.`);
  }
  const { transaction } = landed;
  const { header } = transaction;
  return {
    signatures: transaction.signatures.map((signature) => base58.encode(signature)),
    message: {
      header: {
        numRequiredSignatures: header.numRequiredSignatures,
        numReadonlySignedAccounts: header.numReadonlySigned,
        numReadonlyUnsignedAccounts: header.numReadonlyUnsigned,
      },
      accountKeys: transaction.staticKeys.map((key) => key.toBase58()),
      recentBlockhash: base58.encode(transaction.recentBlockhash),
      instructions: transaction.instructions.map((instruction) => ({
        programIdIndex: instruction.programIdIndex,
        accounts: [...instruction.accounts],
        data: base58.encode(instruction.data),
        stackHeight: 1,
      })),
      addressTableLookups:
        transaction.version === 0
          ? transaction.lookups.map((lookup) => ({
              accountKey: lookup.table.toBase58(),
              writableIndexes: [...lookup.writableIndexes],
              readonlyIndexes: [...lookup.readonlyIndexes],
            }))
          : undefined,
    },
  };
}

function metaJson(landed: Landed, dataOf: DataOf): Json {
  const { metadata, before, after, transaction } = landed;
  const writable = transaction.lookups.reduce(
    (sum, lookup) => sum + lookup.writableIndexes.length,
    transaction.staticKeys.length,
  );
  const lamports = (account: Account | null) => account?.lamports() ?? 0n;
  const err: Json = landed.error ?? null;
  return {
    err,
    status: err === null ? { Ok: null } : { Err: err },
    fee: landed.fee,
    preBalances: before.map(lamports),
    postBalances: after.map(lamports),
    preTokenBalances: tokenBalances(before, dataOf),
    postTokenBalances: tokenBalances(after, dataOf),
    innerInstructions: innerInstructionsJson(metadata),
    logMessages: metadata.logs(),
    rewards: [],
    loadedAddresses: {
      writable: landed.addresses.slice(transaction.staticKeys.length, writable),
      readonly: landed.addresses.slice(writable),
    },
    returnData: returnDataJson(metadata) ?? undefined,
    computeUnitsConsumed: metadata.computeUnitsConsumed(),
  };
}

function tokenBalances(accounts: Landed['before'], dataOf: DataOf): readonly Json[] {
  return accounts.flatMap((account, accountIndex) => {
    const programId = account === null ? '' : base58.encode(account.owner());
    const token =
      account !== null && isTokenProgram(programId) ? readTokenAccount(account.data()) : undefined;
    if (token === undefined) return [];
    const decimals = readMint(dataOf(token.mint) ?? new Uint8Array())?.decimals;
    if (decimals === undefined) return [];
    const mint = base58.encode(token.mint);
    const owner = base58.encode(token.owner);
    return [
      { accountIndex, mint, owner, programId, uiTokenAmount: amountJson(token.amount, decimals) },
    ];
  });
}

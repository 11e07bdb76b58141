/** What can be said of a transaction before any state is read. */
import { LookaheadError, MalformedError } from '../../vm-preview/errors';
import type { Asset } from '../../vm-preview/model/preview';
import {
  ACCOUNT_AUTHENTICATOR,
  type AccountAuthenticator,
  type Executable,
  encode,
  encodeSignedTransaction,
  executionOf,
  parseMultiAgentTransaction,
  parseRawTransaction,
  parseSignedTransaction,
  parseSimpleTransaction,
  type RawTransaction,
  signersOf,
  signingMessage,
  signingMessageWithData,
  transactionHash,
} from '../../vm-preview/move/aptos/transaction';
import { Address } from '../../vm-preview/move/core/values';
import type { DecodedTransaction, Network } from '../chain';
import { equalBytes, toHex } from '../hex';
import { fullAddress, parseAddress } from './address';
import { type AbiSource, decodeCall } from './decode/call';
import { APT } from './networks';

/** A transaction in any of the forms that sites hand over, and who signs it. */
export interface ParsedAptosTransaction {
  readonly raw: RawTransaction;
  readonly executable: Executable;
  readonly multisigAddress: Address | undefined;
  readonly replayProtectionNonce: bigint | undefined;
  /** Undefined of a transaction that only its sender signs. */
  readonly secondaryAddresses: readonly Address[] | undefined;
  /** Who pays where that is not the sender; the zero address while nobody has said. */
  readonly feePayerAddress: Address | undefined;
  /** Signatures that are there already, by address. */
  readonly given: ReadonlyMap<string, AccountAuthenticator>;
  /** Whether the bytes are a transaction as it is sent, with a place for each signature. */
  readonly isSigned: boolean;
}

const ZERO = Address.parse('0x0');

/** The coin that pays fees, as an asset. */
export function coinAsset(coin: Network['coin']): Asset {
  return { kind: 'native', decimals: coin.decimals, symbol: coin.symbol, named: 'builtin' };
}

type Parser = (bytes: Uint8Array) => ParsedAptosTransaction;

/**
 * A raw transaction; one of the SDK's `SimpleTransaction` and `MultiAgentTransaction`, which name
 * further signers after it; or a signed one. Their lengths tell them apart but for made-up keys.
 */
const FORMS: readonly Parser[] = [
  (bytes) => unsigned({ raw: parseRawTransaction(bytes) }),
  (bytes) => unsigned(parseSimpleTransaction(bytes)),
  (bytes) => unsigned(parseMultiAgentTransaction(bytes)),
  (bytes) => {
    const { authenticator, raw } = parseSignedTransaction(bytes);
    const signers = signersOf(authenticator);
    const { feePayerAddress, feePayerSigner, secondaryAddresses, secondarySigners } = signers;
    if (secondaryAddresses.length !== secondarySigners.length) {
      throw new MalformedError(
        'signature-count',
        'the transaction has another number of signatures than signers',
      );
    }
    const given = new Map([[fullAddress(raw.sender), signers.sender]]);
    secondaryAddresses.forEach((address, i) => {
      const signer = secondarySigners[i];
      if (signer !== undefined) given.set(fullAddress(address), signer);
    });
    if (feePayerAddress !== undefined && feePayerSigner !== undefined) {
      given.set(fullAddress(feePayerAddress), feePayerSigner);
    }
    const hasSecondary = authenticator.kind === 'multiAgent' || authenticator.kind === 'feePayer';
    return {
      ...unsigned({
        raw,
        secondaryAddresses: hasSecondary ? secondaryAddresses : undefined,
        feePayerAddress,
      }),
      given: new Map([...given].filter(([, one]) => !isEmpty(one))),
      isSigned: true,
    };
  },
];

/**
 * @throws MalformedError when the bytes are no transaction, or are one in two ways
 * @throws CannotPreview for kinds known and not supported
 */
export function parseTransaction(bytes: Uint8Array): ParsedAptosTransaction {
  const found: ParsedAptosTransaction[] = [];
  let refusal: unknown;
  for (const parse of FORMS) {
    try {
      found.push(parse(bytes));
    } catch (error) {
      if (!(error instanceof LookaheadError)) throw error;
      // Of a raw transaction, which all forms begin with.
      if (refusal === undefined || error.kind === 'unsupported') refusal = error;
    }
  }
  const [transaction, other] = found;
  if (other !== undefined) {
    throw new MalformedError('transaction-ambiguous', 'the bytes can be read in two ways');
  }
  if (transaction === undefined) {
    if (refusal instanceof LookaheadError && refusal.kind === 'unsupported') throw refusal;
    throw new MalformedError(
      'transaction-malformed',
      `the bytes are no Aptos transaction${refusal instanceof Error ? `: ${refusal.message}` : ''}`,
    );
  }
  return transaction;
}

function unsigned(form: {
  raw: RawTransaction;
  secondaryAddresses?: readonly Address[] | undefined;
  feePayerAddress?: Address | undefined;
}): ParsedAptosTransaction {
  const { executable, multisigAddress, replayProtectionNonce } = executionOf(form.raw.payload);
  return {
    raw: form.raw,
    executable,
    multisigAddress,
    replayProtectionNonce,
    secondaryAddresses: form.secondaryAddresses,
    feePayerAddress: form.feePayerAddress,
    given: new Map(),
    isSigned: false,
  };
}

/** A signature that was not given yet: none, or one of zeros. */
function isEmpty(authenticator: AccountAuthenticator): boolean {
  if (authenticator.kind === 'none') return true;
  return authenticator.kind === 'ed25519' && authenticator.signature.every((byte) => byte === 0);
}

/** Who pays the fee, where that is known. */
export function feePayerOf({ feePayerAddress, raw }: ParsedAptosTransaction): string {
  return fullAddress(feePayerAddress ?? raw.sender);
}

/** Whether a payer is to be put in by whoever sends it. */
export function awaitsFeePayer({ feePayerAddress }: ParsedAptosTransaction): boolean {
  return feePayerAddress !== undefined && feePayerAddress.hex === ZERO.hex;
}

/** All whose signature it needs, the sender first. */
export function signerAddresses(transaction: ParsedAptosTransaction): string[] {
  const { feePayerAddress, raw, secondaryAddresses } = transaction;
  const all = [
    raw.sender,
    ...(secondaryAddresses ?? []),
    ...(feePayerAddress === undefined || awaitsFeePayer(transaction) ? [] : [feePayerAddress]),
  ];
  return [...new Set(all.map((address) => fullAddress(address)))];
}

/** What the signers sign. A sender who signs before the payer is known signs for the zero address. */
export function messageOf(bytes: Uint8Array): Uint8Array {
  return signedMessage(parseTransaction(bytes));
}

export function signedMessage(transaction: ParsedAptosTransaction): Uint8Array {
  const { feePayerAddress, raw, secondaryAddresses } = transaction;
  if (feePayerAddress !== undefined) {
    return signingMessageWithData({
      kind: 'feePayer',
      raw,
      secondaryAddresses: secondaryAddresses ?? [],
      feePayerAddress,
    });
  }
  if (secondaryAddresses === undefined) return signingMessage(raw);
  return signingMessageWithData({ kind: 'multiAgent', raw, secondaryAddresses });
}

/**
 * @param network - names the coin; APT when absent
 * @param abi - modules that are loaded, by which arguments are told apart
 * @throws MalformedError, CannotPreview as `parseTransaction`
 */
export function decodeTransaction(
  bytes: Uint8Array,
  network?: Pick<Network, 'coin'>,
  abi?: AbiSource,
): DecodedTransaction {
  const transaction = parseTransaction(bytes);
  const coin = coinAsset(network?.coin ?? APT);
  return {
    feePayer: feePayerOf(transaction),
    signers: signerAddresses(transaction),
    signed: [...transaction.given.keys()],
    calls: [decodeCall(transaction, coin, abi)],
  };
}

/** One signer's part, BCS: what a site gets that puts the transaction together itself. */
export function accountAuthenticator(publicKey: Uint8Array, signature: Uint8Array): Uint8Array {
  return encode(ACCOUNT_AUTHENTICATOR, { kind: 'ed25519', publicKey, signature });
}

/**
 * The signed transaction, ready to be sent.
 *
 * @throws MalformedError `not-a-signer`, `signed-by-others` when it needs more signatures than this one
 */
export function signTransaction(
  bytes: Uint8Array,
  address: string,
  publicKey: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const transaction = parseTransaction(bytes);
  const { feePayerAddress, given, raw, secondaryAddresses } = transaction;
  const own: AccountAuthenticator = { kind: 'ed25519', publicKey, signature };
  const signer = parseAddress(address);
  if (!signerAddresses(transaction).includes(signer)) {
    throw new MalformedError(
      'not-a-signer',
      'the transaction does not ask for the signature of this account',
      { address: signer },
    );
  }
  const of = (who: Address): AccountAuthenticator => {
    const found = fullAddress(who) === signer ? own : given.get(fullAddress(who));
    if (found === undefined) {
      throw new MalformedError('signatures-missing', 'others must sign the transaction too', {
        address: fullAddress(who),
      });
    }
    return found;
  };
  if (feePayerAddress === undefined && secondaryAddresses === undefined) {
    const authenticator = { kind: 'ed25519', publicKey, signature } as const;
    return encodeSignedTransaction({ raw, authenticator });
  }
  const several = {
    sender: of(raw.sender),
    secondaryAddresses: secondaryAddresses ?? [],
    secondarySigners: (secondaryAddresses ?? []).map(of),
  };
  const authenticator =
    feePayerAddress === undefined
      ? ({ kind: 'multiAgent', ...several } as const)
      : ({
          kind: 'feePayer',
          ...several,
          feePayerAddress,
          feePayerSigner: of(feePayerAddress),
        } as const);
  return encodeSignedTransaction({ raw, authenticator });
}

/** By which the chain knows it, 0x and hex. @throws MalformedError when it is not signed */
export function transactionId(signed: Uint8Array): string {
  const parsed = parseTransaction(signed);
  if (!parsed.isSigned) throw new MalformedError('not-signed', 'the transaction is not signed yet');
  const transaction = parseSignedTransaction(signed);
  // A wire form that is read and written back must not be another transaction.
  if (!equalBytes(encodeSignedTransaction(transaction), signed)) {
    throw new MalformedError('message-changed', 'the transaction would change when written again');
  }
  return `0x${toHex(transactionHash(transaction))}`;
}

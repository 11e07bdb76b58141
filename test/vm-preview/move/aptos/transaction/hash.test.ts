/** Signing messages, keys and hashes: beside the SDK, and as the chain recorded them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha3_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import {
  abstractionDigest,
  authenticationKey,
  domainAbstractionAddress,
  type EntryFunction,
  encodeSignedTransaction,
  parseAccountAuthenticator,
  parseRawTransaction,
  parseSignedTransaction,
  type SignedTransaction,
  signingMessage,
  signingMessageWithData,
  transactionHash,
} from '../../../../../src/vm-preview/move/aptos/transaction';
import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import * as sdk from '../../../../support/aptos-sdk';
import { FIXTURES } from '../../../../support/move-fixtures';
import { blob, rawTransaction } from './sdk-arbitraries';

describe('what is signed', () => {
  it('is what the SDK signs', () => {
    fc.assert(
      fc.property(
        rawTransaction,
        fc.array(blob(32), { maxLength: 3 }),
        fc.option(blob(32), { nil: undefined }),
        (theirs, others, payer) => {
          const raw = parseRawTransaction(theirs.bcsToBytes());
          expect(signingMessage(raw)).toEqual(
            sdk.generateSigningMessageForTransaction(new sdk.SimpleTransaction(theirs)),
          );
          const address = (bytes: Uint8Array): sdk.AccountAddress => new sdk.AccountAddress(bytes);
          const secondaryAddresses = others.map((bytes) => Address.fromBytes(bytes));
          const several = new sdk.MultiAgentTransaction(
            theirs,
            others.map(address),
            payer === undefined ? undefined : address(payer),
          );
          expect(
            payer === undefined
              ? signingMessageWithData({ kind: 'multiAgent', raw, secondaryAddresses })
              : signingMessageWithData({
                  kind: 'feePayer',
                  raw,
                  secondaryAddresses,
                  feePayerAddress: Address.fromBytes(payer),
                }),
          ).toEqual(sdk.generateSigningMessageForTransaction(several));
        },
      ),
    );
  });

  it('is a digest for an abstract account', () => {
    const message = Uint8Array.from([1, 2, 3]);
    const info = { address: Address.parse('0x7'), module: 'permissions', function: 'check' };
    expect(abstractionDigest(message, info)).toEqual(
      sha3_256(
        sdk.Hex.fromHexInput(
          sdk.AbstractedAccount.generateAccountAbstractionMessage(
            message,
            '0x7::permissions::check',
          ),
        ).toUint8Array(),
      ),
    );
  });
});

describe('keys and addresses', () => {
  const signer = (account: sdk.Account): Uint8Array =>
    account.signWithAuthenticator('0x00').bcsToBytes();
  const keyOf = (bytes: Uint8Array): Uint8Array | undefined =>
    authenticationKey(parseAccountAuthenticator(bytes));

  it('are those of the SDK', () => {
    const seed = new Uint8Array(32).fill(7);
    const single = sdk.Account.fromPrivateKey({ privateKey: new sdk.Ed25519PrivateKey(seed) });
    const modern = sdk.Account.fromPrivateKey({
      privateKey: new sdk.Secp256k1PrivateKey(seed),
      legacy: false,
    });
    const multi = new sdk.MultiKeyAccount({
      multiKey: new sdk.MultiKey({
        publicKeys: [single.publicKey, modern.publicKey],
        signaturesRequired: 1,
      }),
      signers: [single],
    });
    for (const account of [single, modern, multi])
      expect(keyOf(signer(account))).toEqual(account.publicKey.authKey().toUint8Array());

    const publicKeys = [1, 2].map((byte) =>
      new sdk.Ed25519PrivateKey(seed.slice().fill(byte)).publicKey(),
    );
    const old = new sdk.MultiEd25519PublicKey({ publicKeys, threshold: 1 });
    const signature = new sdk.MultiEd25519Signature({
      signatures: [new sdk.Ed25519Signature(new Uint8Array(64))],
      bitmap: [0],
    });
    const authenticator = new sdk.AccountAuthenticatorMultiEd25519(old, signature);
    expect(keyOf(authenticator.bcsToBytes())).toEqual(old.authKey().toUint8Array());
    expect(
      keyOf(new sdk.AccountAuthenticatorNoAccountAuthenticator().bcsToBytes()),
    ).toBeUndefined();
  });

  it('follow from a function and an identity', () => {
    const identity = Uint8Array.from([9, 9, 9]);
    const info = { address: Address.parse('0x1'), module: 'ethereum', function: 'authenticate' };
    expect(domainAbstractionAddress(info, identity).bytes).toEqual(
      sdk.DerivableAbstractedAccount.computeAccountAddress('0x1::ethereum::authenticate', identity),
    );
  });
});

interface Request {
  readonly sender: string;
  readonly sequenceNumber?: string;
  readonly maxGasAmount: string;
  readonly gasUnitPrice: string;
  readonly expirationTimestampSecs: { readonly seconds: string };
  readonly payload: { readonly entryFunctionPayload: { readonly arguments: readonly string[] } };
}

const folder = join(FIXTURES, 'aptos/transactions');
const recorded = existsSync(folder) ? describe : describe.skip;

recorded('the hash of a recorded transaction (skipped: no fixtures)', () => {
  const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
  const load = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

  function signed(
    request: Request,
    call: Omit<EntryFunction, 'args'>,
    encodeArgument: (argument: string) => Uint8Array,
    authenticator: SignedTransaction['authenticator'],
  ): SignedTransaction {
    const args = request.payload.entryFunctionPayload.arguments.map((text) =>
      encodeArgument(JSON.parse(text)),
    );
    return {
      raw: {
        sender: Address.parse(request.sender),
        sequenceNumber: BigInt(request.sequenceNumber ?? 0),
        payload: { kind: 'entryFunction', call: { ...call, args } },
        maxGasAmount: BigInt(request.maxGasAmount),
        gasUnitPrice: BigInt(request.gasUnitPrice),
        expirationTimestampSecs: BigInt(request.expirationTimestampSecs.seconds),
        chainId: 1,
      },
      authenticator,
    };
  }

  it('signed by ed25519', () => {
    const { info, user } = load('685_user_txn_ed25519.json');
    const { publicKey, signature } = user.request.signature.ed25519;
    const transaction = signed(
      user.request,
      {
        address: Address.parse('0x1'),
        module: 'stake',
        function: 'update_network_and_fullnode_addresses',
        typeArguments: [],
      },
      (hex) => {
        const bytes = new Uint8Array(Buffer.from(hex.slice(2), 'hex'));
        return bytes.length === 32 ? bytes : new BcsWriter().blob(bytes).finish();
      },
      { kind: 'ed25519', publicKey: base64(publicKey), signature: base64(signature) },
    );
    expect(transactionHash(transaction)).toEqual(base64(info.hash));
    expect(parseSignedTransaction(encodeSignedTransaction(transaction))).toEqual(transaction);
  });

  it('signed by a single secp256k1 key', () => {
    const { info, user } = load('407418623_user_txn_single_key_secp256k1_ecdsa.json');
    const { publicKey, signature } = user.request.signature.singleSender.sender.singleKeySignature;
    const transaction = signed(
      user.request,
      {
        address: Address.parse('0x1'),
        module: 'coin',
        function: 'transfer',
        typeArguments: [parseTypeTag('0x1::aptos_coin::AptosCoin')],
      },
      (text) =>
        text.startsWith('0x')
          ? Address.parse(text).bytes
          : new BcsWriter().u64(BigInt(text)).finish(),
      {
        kind: 'singleSender',
        sender: {
          kind: 'singleKey',
          publicKey: { kind: 'secp256k1', key: base64(publicKey.publicKey) },
          signature: { kind: 'secp256k1', signature: base64(signature.signature) },
        },
      },
    );
    expect(transactionHash(transaction)).toEqual(base64(info.hash));
  });
});

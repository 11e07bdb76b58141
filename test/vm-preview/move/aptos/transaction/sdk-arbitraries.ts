/** Random transactions, built by @aptos-labs/ts-sdk. */
import fc from 'fast-check';
import * as sdk from '../../../../support/aptos-sdk';

export const blob = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });

const u64 = fc.bigInt(0n, 2n ** 64n - 1n);
const address = blob(32).map((bytes) => new sdk.AccountAddress(bytes));
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);

const typeTag: fc.Arbitrary<sdk.TypeTag> = fc.letrec<{ tag: sdk.TypeTag }>((tie) => ({
  tag: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<sdk.TypeTag>(
      new sdk.TypeTagBool(),
      new sdk.TypeTagU8(),
      new sdk.TypeTagU16(),
      new sdk.TypeTagU32(),
      new sdk.TypeTagU64(),
      new sdk.TypeTagU128(),
      new sdk.TypeTagU256(),
      new sdk.TypeTagAddress(),
    ),
    tie('tag').map((inner) => new sdk.TypeTagVector(inner)),
    fc
      .tuple(address, name, name, fc.array(tie('tag'), { maxLength: 2 }))
      .map(
        ([at, module, struct, args]) =>
          new sdk.TypeTagStruct(
            new sdk.StructTag(at, new sdk.Identifier(module), new sdk.Identifier(struct), args),
          ),
      ),
  ),
})).tag;

const argument = fc.oneof(
  u64.map((value) => new sdk.U64(value)),
  fc.boolean().map((value) => new sdk.Bool(value)),
  address,
  fc.string().map((value) => new sdk.MoveString(value)),
  fc.array(fc.integer({ min: 0, max: 255 })).map((values) => sdk.MoveVector.U8(values)),
);

const scriptArgument = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((value) => new sdk.U8(value)),
  fc.integer({ min: 0, max: 65_535 }).map((value) => new sdk.U16(value)),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value) => new sdk.U32(value)),
  u64.map((value) => new sdk.U64(value)),
  u64.map((value) => new sdk.U128(value)),
  u64.map((value) => new sdk.U256(value)),
  fc.boolean().map((value) => new sdk.Bool(value)),
  address,
  fc.array(fc.integer({ min: 0, max: 255 })).map((values) => sdk.MoveVector.U8(values)),
);

const entryFunction = fc
  .tuple(address, name, name, fc.array(typeTag, { maxLength: 3 }), fc.array(argument))
  .map(
    ([at, module, called, types, args]) =>
      new sdk.EntryFunction(
        new sdk.ModuleId(at, new sdk.Identifier(module)),
        new sdk.Identifier(called),
        types,
        args,
      ),
  );

const script = fc
  .tuple(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(typeTag, { maxLength: 3 }),
    fc.array(scriptArgument),
  )
  .map(([code, types, args]) => new sdk.Script(code, types, args));

const multisig = fc
  .tuple(address, fc.option(entryFunction, { nil: undefined }))
  .map(
    ([at, call]) =>
      new sdk.MultiSig(at, call === undefined ? call : new sdk.MultiSigTransactionPayload(call)),
  );

const inner = fc
  .tuple(
    fc.oneof(
      script.map((value) => new sdk.TransactionExecutableScript(value)),
      entryFunction.map((value) => new sdk.TransactionExecutableEntryFunction(value)),
      fc.constant(new sdk.TransactionExecutableEmpty()),
    ),
    fc.option(address, { nil: undefined }),
    fc.option(u64, { nil: undefined }),
  )
  .map(
    ([executable, at, nonce]) =>
      new sdk.TransactionInnerPayloadV1(executable, new sdk.TransactionExtraConfigV1(at, nonce)),
  );

export const payload: fc.Arbitrary<sdk.TransactionPayload> = fc.oneof(
  script.map((value) => new sdk.TransactionPayloadScript(value)),
  entryFunction.map((value) => new sdk.TransactionPayloadEntryFunction(value)),
  multisig.map((value) => new sdk.TransactionPayloadMultiSig(value)),
  inner,
);

export const rawTransaction = fc
  .tuple(address, u64, payload, u64, u64, u64, fc.integer({ min: 0, max: 255 }))
  .map(
    ([sender, sequenceNumber, what, maxGas, price, expiry, chain]) =>
      new sdk.RawTransaction(
        sender,
        sequenceNumber,
        what,
        maxGas,
        price,
        expiry,
        new sdk.ChainId(chain),
      ),
  );

const ed25519Key = blob(32).map((bytes) => new sdk.Ed25519PublicKey(bytes));
const ed25519Signature = blob(64).map((bytes) => new sdk.Ed25519Signature(bytes));

const zeroKnowledge = fc
  .tuple(
    blob(32),
    blob(64),
    fc.option(fc.string(), { nil: undefined }),
    fc.option(fc.string(), { nil: undefined }),
    fc.option(ed25519Signature, { nil: undefined }),
  )
  .map(
    ([point, twistPoint, extraField, overrideAudVal, training]) =>
      new sdk.EphemeralCertificate(
        new sdk.ZeroKnowledgeSig({
          proof: new sdk.ZkProof(
            new sdk.Groth16Zkp({ a: point, b: twistPoint, c: point }),
            sdk.ZkpVariant.Groth16,
          ),
          expHorizonSecs: 100,
          ...(extraField === undefined ? {} : { extraField }),
          ...(overrideAudVal === undefined ? {} : { overrideAudVal }),
          ...(training === undefined
            ? {}
            : { trainingWheelsSignature: new sdk.EphemeralSignature(training) }),
        }),
        sdk.EphemeralCertificateVariant.ZkProof,
      ),
  );

const keylessSignature = fc
  .tuple(zeroKnowledge, fc.string(), fc.nat(), ed25519Key, ed25519Signature)
  .map(
    ([ephemeralCertificate, jwtHeader, expiryDateSecs, key, signature]) =>
      new sdk.KeylessSignature({
        jwtHeader,
        ephemeralCertificate,
        expiryDateSecs,
        ephemeralPublicKey: new sdk.EphemeralPublicKey(key),
        ephemeralSignature: new sdk.EphemeralSignature(signature),
      }),
  );

const keylessKey = fc
  .tuple(fc.string(), blob(32))
  .map(([issuer, commitment]) => new sdk.KeylessPublicKey(issuer, commitment));

// A point of the curve takes long to make.
const secp256k1Key = fc.constantFrom(
  ...[1, 2, 3].map((byte) =>
    new sdk.Secp256k1PrivateKey(new Uint8Array(32).fill(byte)).publicKey(),
  ),
);

const anyKey = fc
  .oneof(
    ed25519Key,
    secp256k1Key,
    keylessKey,
    fc.tuple(address, keylessKey).map(([at, key]) => new sdk.FederatedKeylessPublicKey(at, key)),
  )
  .map((key) => new sdk.AnyPublicKey(key));

const anySignature = fc
  .oneof(
    ed25519Signature,
    blob(64).map((bytes) => new sdk.Secp256k1Signature(bytes)),
    keylessSignature,
  )
  .map((signature) => new sdk.AnySignature(signature));

const multiKey = fc
  .tuple(fc.array(anyKey, { minLength: 2, maxLength: 5 }), anySignature, anySignature)
  .map(
    ([publicKeys, first, second]) =>
      new sdk.AccountAuthenticatorMultiKey(
        new sdk.MultiKey({ publicKeys, signaturesRequired: 2 }),
        new sdk.MultiKeySignature({
          signatures: [first, second],
          bitmap: sdk.MultiKeySignature.createBitmap({ bits: [0, 1] }),
        }),
      ),
  );

const multiEd25519 = fc.tuple(
  fc.array(ed25519Key, { minLength: 2, maxLength: 5 }),
  ed25519Signature,
);

const theirMultiKey = (publicKeys: sdk.Ed25519PublicKey[]): sdk.MultiEd25519PublicKey =>
  new sdk.MultiEd25519PublicKey({ publicKeys, threshold: 1 });
const theirMultiSignature = (signature: sdk.Ed25519Signature): sdk.MultiEd25519Signature =>
  new sdk.MultiEd25519Signature({
    signatures: [signature],
    bitmap: sdk.MultiEd25519Signature.createBitmap({ bits: [1] }),
  });

const lengthFirst = (bytes: Uint8Array): Uint8Array => sdk.MoveVector.U8([...bytes]).bcsToBytes();

export const accountAuthenticator: fc.Arbitrary<sdk.AccountAuthenticator> = fc.oneof(
  fc
    .tuple(ed25519Key, ed25519Signature)
    .map(([key, signature]) => new sdk.AccountAuthenticatorEd25519(key, signature)),
  multiEd25519.map(
    ([keys, signature]) =>
      new sdk.AccountAuthenticatorMultiEd25519(theirMultiKey(keys), theirMultiSignature(signature)),
  ),
  fc
    .tuple(anyKey, anySignature)
    .map(([key, signature]) => new sdk.AccountAuthenticatorSingleKey(key, signature)),
  multiKey,
  fc.constant(new sdk.AccountAuthenticatorNoAccountAuthenticator()),
  fc
    .tuple(blob(32), fc.uint8Array(), fc.option(fc.uint8Array(), { nil: undefined }))
    .map(([digest, signature, identity]) =>
      identity === undefined
        ? // The SDK takes this one with its length before it.
          new sdk.AccountAuthenticatorAbstraction('0x1::a::b', digest, lengthFirst(signature))
        : new sdk.AccountAuthenticatorAbstraction('0x1::a::b', digest, signature, identity),
    ),
);

const secondary = fc.tuple(
  fc.array(address, { maxLength: 2 }),
  fc.array(accountAuthenticator, { maxLength: 2 }),
);

const authenticator: fc.Arbitrary<sdk.TransactionAuthenticator> = fc.oneof(
  fc
    .tuple(ed25519Key, ed25519Signature)
    .map(([key, signature]) => new sdk.TransactionAuthenticatorEd25519(key, signature)),
  multiEd25519.map(
    ([keys, signature]) =>
      new sdk.TransactionAuthenticatorMultiEd25519(
        theirMultiKey(keys),
        theirMultiSignature(signature),
      ),
  ),
  fc
    .tuple(accountAuthenticator, secondary)
    .map(
      ([sender, [addresses, signers]]) =>
        new sdk.TransactionAuthenticatorMultiAgent(sender, addresses, signers),
    ),
  fc.tuple(accountAuthenticator, secondary, address, accountAuthenticator).map(
    ([sender, [addresses, signers], payer, payerSigner]) =>
      new sdk.TransactionAuthenticatorFeePayer(sender, addresses, signers, {
        address: payer,
        authenticator: payerSigner,
      }),
  ),
  accountAuthenticator.map((sender) => new sdk.TransactionAuthenticatorSingleSender(sender)),
);

export const transaction = fc
  .tuple(rawTransaction, authenticator)
  .map(([raw, signers]) => new sdk.SignedTransaction(raw, signers));

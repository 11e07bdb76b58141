/** Random values of Sui's wire formats, in the shapes that @mysten/sui writes. */
import { toBase58 } from '@mysten/sui/utils';
import fc from 'fast-check';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const hex = (data: Uint8Array): string => `0x${Buffer.from(data).toString('hex')}`;

export const address = bytes(32).map(hex);
const digest = bytes(32).map((data) => toBase58(data));
const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String);
const u16 = fc.nat(0xffff);
const blob = fc.uint8Array({ maxLength: 40 });
const numbers = blob.map((data) => [...data]);
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 4 });

const struct = (levels: number): fc.Arbitrary<object> =>
  fc.record({
    address,
    module: name,
    name,
    typeParams: levels === 0 ? fc.constant([]) : fc.array(type(levels - 1), { maxLength: 2 }),
  });

const type = (levels: number): fc.Arbitrary<object> => {
  const plain = fc
    .constantFrom('bool', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256', 'address', 'signer')
    .map((kind) => ({ [kind]: true }));
  if (levels === 0) return plain;
  return fc.oneof(
    plain,
    type(levels - 1).map((vector) => ({ vector })),
    struct(levels - 1).map((inner) => ({ struct: inner })),
  );
};

export const typeTag = type(3);
export const structTag = struct(2);

export const objectRef = fc.record({ objectId: address, version: u64, digest });

const argument = fc.oneof(
  fc.constant({ GasCoin: true as const }),
  u16.map((Input) => ({ Input })),
  u16.map((Result) => ({ Result })),
  fc.tuple(u16, u16).map((NestedResult) => ({ NestedResult })),
);

const base64 = blob.map((data) => Buffer.from(data).toString('base64'));

/** Types are text here. @param text - of a type */
const command = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    fc
      .record({
        package: address,
        module: name,
        function: name,
        typeArguments: list(text),
        arguments: list(argument),
      })
      .map((MoveCall) => ({ MoveCall })),
    fc
      .record({ objects: list(argument), address: argument })
      .map((TransferObjects) => ({ TransferObjects })),
    fc.record({ coin: argument, amounts: list(argument) }).map((SplitCoins) => ({ SplitCoins })),
    fc
      .record({ destination: argument, sources: list(argument) })
      .map((MergeCoins) => ({ MergeCoins })),
    fc
      .record({ modules: list(base64), dependencies: list(address) })
      .map((Publish) => ({ Publish })),
    fc
      .record({ type: fc.option(text), elements: list(argument) })
      .map((MakeMoveVec) => ({ MakeMoveVec })),
    fc
      .record({
        modules: list(base64),
        dependencies: list(address),
        package: address,
        ticket: argument,
      })
      .map((Upgrade) => ({ Upgrade })),
  );

const objectArg = fc.oneof(
  objectRef.map((ImmOrOwnedObject) => ({ ImmOrOwnedObject })),
  fc
    .record({ objectId: address, initialSharedVersion: u64, mutable: fc.boolean() })
    .map((SharedObject) => ({ SharedObject })),
  objectRef.map((Receiving) => ({ Receiving })),
);

const callArg = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    base64.map((data) => ({ Pure: { bytes: data } })),
    objectArg.map((arg) => ({ Object: arg })),
    fc
      .record({
        reservation: u64.map((MaxAmountU64) => ({ MaxAmountU64 })),
        typeArg: text.map((Balance) => ({ Balance })),
        withdrawFrom: fc.oneof(
          fc.constant({ Sender: true as const }),
          fc.constant({ Sponsor: true as const }),
          fc
            .record({ funder: address, allowance: address })
            .map((SenderAllowance) => ({ SenderAllowance })),
        ),
      })
      .map((FundsWithdrawal) => ({ FundsWithdrawal })),
  );

const period = {
  minEpoch: fc.option(u64),
  maxEpoch: fc.option(u64),
  minTimestamp: fc.option(u64),
  maxTimestamp: fc.option(u64),
  chain: digest,
  nonce: fc.nat(0xffff_ffff),
};

const expiration = fc.oneof(
  fc.constant({ None: true as const }),
  fc.nat().map((Epoch) => ({ Epoch })),
  fc.record(period).map((ValidDuring) => ({ ValidDuring })),
  fc
    .record({
      ...period,
      allowedProposers: fc.option(
        fc.record({ epoch: u64, proposers: fc.constantFrom([1], [2, 7], [0, 1, 200]) }),
      ),
    })
    .map((Validity) => ({ Validity })),
);

export const transactionData = (text: fc.Arbitrary<string>) =>
  fc.record({
    V1: fc.record({
      kind: fc
        .record({ inputs: list(callArg(text)), commands: list(command(text)) })
        .map((ProgrammableTransaction) => ({ ProgrammableTransaction })),
      sender: address,
      gasData: fc.record({ payment: list(objectRef), owner: address, price: u64, budget: u64 }),
      expiration,
    }),
  });

export const owner = fc.oneof(
  address.map((AddressOwner) => ({ AddressOwner })),
  address.map((ObjectOwner) => ({ ObjectOwner })),
  u64.map((initialSharedVersion) => ({ Shared: { initialSharedVersion } })),
  fc.constant({ Immutable: true as const }),
  fc
    .record({ startVersion: u64, owner: address })
    .map((ConsensusAddressOwner) => ({ ConsensusAddressOwner })),
);

const entries = <K, V>(key: fc.Arbitrary<K>, value: fc.Arbitrary<V>) =>
  fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([k]) => String(k) })
    .map((rows) => new Map(rows));

/** @param coin - text of a type */
export const object = (coin: fc.Arbitrary<string>) =>
  fc.record({
    data: fc.oneof(
      fc
        .record({
          type: fc.oneof(
            structTag.map((Other) => ({ Other })),
            fc.constant({ GasCoin: true as const }),
            fc.constant({ StakedSui: true as const }),
            coin.map((Coin) => ({ Coin })),
          ),
          hasPublicTransfer: fc.boolean(),
          version: u64,
          contents: fc.uint8Array({ minLength: 32, maxLength: 60 }).map((data) => [...data]),
        })
        .map((Move) => ({ Move })),
      fc
        .record({
          id: address,
          version: u64,
          moduleMap: entries(name, numbers),
          typeOriginTable: list(
            fc.record({ moduleName: name, datatypeName: name, package: address }),
          ),
          linkageTable: entries(address, fc.record({ upgradedId: address, upgradedVersion: u64 })),
        })
        .map((Package) => ({ Package })),
    ),
    owner,
    previousTransaction: digest,
    storageRebate: u64,
  });

const location = fc.record({
  module: fc.record({ address, name }),
  function: u16,
  instruction: u16,
  functionName: fc.option(name),
});

const plainFailures = [
  ...['InsufficientGas', 'InvalidGasObject', 'InvariantViolation', 'FeatureNotYetSupported'],
  ...['InsufficientCoinBalance', 'CoinBalanceOverflow', 'PublishErrorNonZeroAddress'],
  ...['SuiMoveVerificationError', 'VMVerificationOrDeserializationError', 'VMInvariantViolation'],
  ...['FunctionNotFound', 'ArityMismatch', 'TypeArityMismatch', 'NonEntryFunctionInvoked'],
  ...['InvalidTransferObject', 'PublishUpgradeMissingDependency', 'CertificateDenied'],
  ...['PublishUpgradeDependencyDowngrade', 'SuiMoveVerificationTimedout', 'InputObjectDeleted'],
  ...['SharedObjectOperationNotAllowed', 'ExecutionCancelledDueToRandomnessUnavailable'],
  ...['InvalidLinkage', 'InsufficientBalanceForWithdraw'],
];

const plainArgumentErrors = [
  ...['TypeMismatch', 'InvalidBCSBytes', 'InvalidUsageOfPureArg', 'InvalidGasCoinUsage'],
  ...['InvalidArgumentToPrivateEntryFunction', 'InvalidValueUsage', 'InvalidObjectByValue'],
  ...['InvalidObjectByMutRef', 'SharedObjectOperationNotAllowed', 'InvalidArgumentArity'],
  ...['InvalidTransferObject', 'InvalidMakeMoveVecNonObjectArgument', 'ArgumentWithoutValue'],
  ...['CannotMoveBorrowedValue', 'CannotWriteToExtendedReference', 'InvalidReferenceArgument'],
  'InvalidTxContext',
];

const named = (names: readonly string[]): fc.Arbitrary<object> =>
  fc.constantFrom(...names).map((kind) => ({ [kind]: true }));

/** Each kind of failure. */
export const failures: readonly fc.Arbitrary<object>[] = [
  ...plainFailures.map((name) => fc.constant({ [name]: true })),
  fc
    .record({ objectSize: u64, maxObjectSize: u64 })
    .map((MoveObjectTooBig) => ({ MoveObjectTooBig })),
  fc
    .record({ objectSize: u64, maxObjectSize: u64 })
    .map((MovePackageTooBig) => ({ MovePackageTooBig })),
  address.map((object_) => ({ CircularObjectOwnership: { object: object_ } })),
  fc.option(location).map((MovePrimitiveRuntimeError) => ({ MovePrimitiveRuntimeError })),
  fc.tuple(location, u64).map((MoveAbort) => ({ MoveAbort })),
  fc
    .record({
      argIdx: u16,
      kind: fc.oneof(
        named(plainArgumentErrors),
        u16.map((idx) => ({ IndexOutOfBounds: { idx } })),
        fc
          .record({ resultIdx: u16, secondaryIdx: u16 })
          .map((SecondaryIndexOutOfBounds) => ({ SecondaryIndexOutOfBounds })),
        u16.map((resultIdx) => ({ InvalidResultArity: { resultIdx } })),
      ),
    })
    .map((CommandArgumentError) => ({ CommandArgumentError })),
  fc
    .record({ argumentIdx: u16, kind: named(['TypeNotFound', 'ConstraintNotSatisfied']) })
    .map((TypeArgumentError) => ({ TypeArgumentError })),
  fc
    .record({ resultIdx: u16, secondaryIdx: u16 })
    .map((UnusedValueWithoutDrop) => ({ UnusedValueWithoutDrop })),
  u16.map((idx) => ({ InvalidPublicFunctionReturnType: { idx } })),
  fc.record({ currentSize: u64, maxSize: u64 }).map((EffectsTooLarge) => ({ EffectsTooLarge })),
  fc
    .record({ currentSize: u64, maxSize: u64 })
    .map((WrittenObjectsTooLarge) => ({ WrittenObjectsTooLarge })),
  fc
    .oneof(
      address.map((packageId) => ({ UnableToFetchPackage: { packageId } })),
      address.map((objectId) => ({ NotAPackage: { objectId } })),
      fc.constant({ IncompatibleUpgrade: true }),
      numbers.map((data) => ({ DigestDoesNotMatch: { digest: data } })),
      fc.nat(255).map((policy) => ({ UnknownUpgradePolicy: { policy } })),
      fc
        .record({ packageId: address, ticketId: address })
        .map((PackageIDDoesNotMatch) => ({ PackageIDDoesNotMatch })),
    )
    .map((upgradeError) => ({ PackageUpgradeError: { upgradeError } })),
  list(address).map((congested_objects) => ({
    ExecutionCancelledDueToSharedObjectCongestion: { congested_objects },
  })),
  fc.record({ address, coinType: name }).map((AddressDeniedForCoin) => ({ AddressDeniedForCoin })),
  name.map((coinType) => ({ CoinTypeGlobalPause: { coinType } })),
  fc
    .record({ valueSize: u64, maxScaledSize: u64 })
    .map((MoveVectorElemTooBig) => ({ MoveVectorElemTooBig })),
  fc
    .record({ valueSize: u64, maxScaledSize: u64 })
    .map((MoveRawValueTooBig) => ({ MoveRawValueTooBig })),
  address.map((id) => ({ NonExclusiveWriteInputObjectModified: { id } })),
];

const failure = fc.oneof(...failures);

const status = fc.oneof(
  fc.constant({ Success: true as const }),
  fc.record({ error: failure, command: fc.option(u64) }).map((Failure) => ({ Failure })),
);

const gasUsed = fc.record({
  computationCost: u64,
  storageCost: u64,
  storageRebate: u64,
  nonRefundableStorageFee: u64,
});

const owned = list(fc.tuple(objectRef, owner));
const versionDigest = fc.tuple(u64, digest);

const objectOut = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.constant({ NotExist: true as const }),
    fc.tuple(digest, owner).map((ObjectWrite) => ({ ObjectWrite })),
    versionDigest.map((PackageWrite) => ({ PackageWrite })),
    fc
      .record({
        address: fc.record({ address, ty: text }),
        operation: named(['Merge', 'Split']),
        value: fc.oneof(
          u64.map((Integer) => ({ Integer })),
          fc.tuple(u64, u64).map((IntegerTuple) => ({ IntegerTuple })),
          fc
            .array(fc.tuple(u64, digest), { minLength: 1, maxLength: 3 })
            .map((EventDigest) => ({ EventDigest })),
        ),
      })
      .map((AccumulatorWriteV1) => ({ AccumulatorWriteV1 })),
  );

export const effects = (text: fc.Arbitrary<string>): fc.Arbitrary<object> =>
  fc.oneof(
    fc
      .record({
        status,
        executedEpoch: u64,
        gasUsed,
        modifiedAtVersions: list(fc.tuple(address, u64)),
        sharedObjects: list(objectRef),
        transactionDigest: digest,
        created: owned,
        mutated: owned,
        unwrapped: owned,
        deleted: list(objectRef),
        unwrappedThenDeleted: list(objectRef),
        wrapped: list(objectRef),
        gasObject: fc.tuple(objectRef, owner),
        eventsDigest: fc.option(digest),
        dependencies: list(digest),
      })
      .map((V1) => ({ V1 })),
    fc
      .record({
        status,
        executedEpoch: u64,
        gasUsed,
        transactionDigest: digest,
        gasObjectIndex: fc.option(fc.nat(0xffff_ffff)),
        eventsDigest: fc.option(digest),
        dependencies: list(digest),
        lamportVersion: u64,
        changedObjects: list(
          fc.tuple(
            address,
            fc.record({
              inputState: fc.oneof(
                fc.constant({ NotExist: true as const }),
                fc.tuple(versionDigest, owner).map((Exist) => ({ Exist })),
              ),
              outputState: objectOut(text),
              idOperation: named(['None', 'Created', 'Deleted']),
            }),
          ),
        ),
        unchangedConsensusObjects: list(
          fc.tuple(
            address,
            fc.oneof(
              versionDigest.map((ReadOnlyRoot) => ({ ReadOnlyRoot })),
              u64.map((MutateConsensusStreamEnded) => ({ MutateConsensusStreamEnded })),
              u64.map((ReadConsensusStreamEnded) => ({ ReadConsensusStreamEnded })),
              u64.map((Cancelled) => ({ Cancelled })),
              fc.constant({ PerEpochConfig: true as const }),
            ),
          ),
        ),
        auxDataDigest: fc.option(digest),
      })
      .map((V2) => ({ V2 })),
  );

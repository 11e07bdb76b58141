/**
 * What is asked of a Sui node, each by the name of its operation. A service takes 5,000 bytes of a question
 * (without what is executed), 200 keys and 300 fields. Source: sui `sui-indexer-alt-graphql`.
 */

/** The chain, and its newest checkpoint with the epoch that it is in. */
export const SERVICE = `query Service {
  chainIdentifier
  checkpoint {
    sequenceNumber
    timestamp
    epoch { epochId referenceGasPrice startTimestamp protocolConfigs { protocolVersion } }
  }
}`;

/** All that a protocol version sets; some hundreds of rows. */
export const PROTOCOL = `query Protocol($version: UInt53!) {
  protocolConfigs(version: $version) {
    protocolVersion
    configs { key value }
    featureFlags { key value }
  }
}`;

/** Null for what does not exist at that version or checkpoint. */
export const OBJECTS = `query Objects($keys: [ObjectKey!]!) {
  multiGetObjects(keys: $keys) { objectBcs }
}`;

/** What an address owns of one type. */
export const OWNED = `query Owned($owner: SuiAddress!, $type: String!, $checkpoint: UInt53!, $after: String) {
  address(address: $owner, atCheckpoint: $checkpoint) {
    objects(first: 50, after: $after, filter: { type: $type }) {
      pageInfo { hasNextPage endCursor }
      nodes { objectBcs }
    }
  }
}`;

export const BALANCE = `query Balance($owner: SuiAddress!, $type: String!) {
  address(address: $owner) { balance(coinType: $type) { totalBalance addressBalance } }
}`;

/** As of a checkpoint, in the order of the keys. */
export const BALANCES = `query Balances($checkpoint: UInt53!, $keys: [BalanceKey!]!) {
  checkpoint(sequenceNumber: $checkpoint) {
    query { multiGetBalances(keys: $keys) { totalBalance addressBalance } }
  }
}`;

export const COIN = `query Coin($type: String!) {
  coinMetadata(coinType: $type) { decimals name symbol }
}`;

/** Templates by which objects of a type are shown: `0x2::display::Display<T>`. */
export const DISPLAY = `query Display($type: String!) {
  objects(first: 1, filter: { type: $type }) { nodes { objectBcs } }
}`;

/** Whether anything ever happened to an address. */
export const USED = `query Used($address: SuiAddress!) {
  transactions(first: 1, filter: { affectedAddress: $address }) { nodes { digest } }
}`;

export const PUBLISHED = `query Published($package: SuiAddress!) {
  object(address: $package) { previousTransaction { effects { timestamp } } }
}`;

export const EXECUTE = `mutation Execute($transaction: Base64!, $signatures: [Base64!]!) {
  executeTransaction(transactionDataBcs: $transaction, signatures: $signatures) {
    effects { digest status effectsBcs executionError { message } }
  }
}`;

export const EFFECTS = `query Effects($digest: String!) {
  transactionEffects(digest: $digest) {
    digest status effectsDigest checkpoint { sequenceNumber } executionError { message }
  }
}`;

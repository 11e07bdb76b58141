/** Devnet as it began, with accounts that have APT, and transactions that the SDK builds and signs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AptosOutcome,
  decodeGroup,
  derivedKey,
  executeTransaction,
  ModuleCache,
  memberId,
  parseSignedTransaction,
  requestOf,
  SCHEME,
} from '../../../../../src/vm-preview/move/aptos';
import { BcsReader } from '../../../../../src/vm-preview/move/core/bcs';
import { APTOS_FORMAT, decodeModule, encode } from '../../../../../src/vm-preview/move/core/format';
import { parseTypeTag, type StructTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { genesisState, type MemoryState } from '../../../../support/aptos-genesis';
import * as sdk from '../../../../support/aptos-sdk';
import { assemble } from '../../../../support/masm';
import { FIXTURES } from '../../../../support/move-fixtures';

export const CHAIN_ID = 243;
export const GAS_PRICE = 100n;
export const APT = 100_000_000n;
const EXPIRY = 50n;
const NOW_MICROS = 1_000_000n;
/** Devnet's genesis gives it coins, and the right to make more. */
const MINTER = `0x${'a550c18'.padStart(64, '0')}`;

export const haveGenesis = existsSync(join(FIXTURES, 'aptos/genesis/devnet.blob'));

export interface Terms {
  readonly sequenceNumber?: bigint;
  readonly maxGas?: bigint;
  readonly price?: bigint;
  readonly expiry?: bigint;
  readonly chainId?: number;
}

export interface Others {
  readonly secondary?: readonly sdk.Account[];
  readonly feePayer?: sdk.Account;
}

export function account(seed: number): sdk.Account {
  return sdk.Account.fromPrivateKey({
    privateKey: new sdk.Ed25519PrivateKey(new Uint8Array(32).fill(seed)),
  });
}

/** Calls an entry function. @param target - `0x1::aptos_account::transfer` */
export function call(
  target: string,
  args: readonly sdk.EntryFunctionArgument[],
  types: readonly string[] = [],
): sdk.TransactionPayloadEntryFunction {
  const [address, module, name] = target.split('::');
  return new sdk.TransactionPayloadEntryFunction(
    sdk.EntryFunction.build(
      `${address}::${module}`,
      `${name}`,
      types.map((type) => sdk.parseTypeTag(type)),
      [...args],
    ),
  );
}

/** A chain on which one transaction follows another. */
export class World {
  readonly state: MemoryState = genesisState('devnet');
  readonly #cache = new ModuleCache();

  /** Gives an account coins by the framework's own mint. */
  fund(address: sdk.AccountAddress, octas: bigint): void {
    const minter = sdk.AccountAddress.from(MINTER);
    const payload = call('0x1::aptos_coin::mint', [address, new sdk.U64(octas)]);
    const raw = this.#raw(minter, payload, {});
    const none = new sdk.AccountAuthenticatorNoAccountAuthenticator();
    const signed = new sdk.SignedTransaction(
      raw,
      new sdk.TransactionAuthenticatorSingleSender(none),
    );
    const outcome = this.run(signed);
    if (outcome.status.kind !== 'success') throw new Error(JSON.stringify(outcome.status));
    this.state.apply(outcome);
  }

  /** Signs, runs, and keeps what came of it unless the chain would not take it. */
  submit(
    sender: sdk.Account,
    payload: sdk.TransactionPayload,
    terms: Terms = {},
    others: Others = {},
  ): AptosOutcome {
    const outcome = this.run(this.sign(sender, payload, terms, others));
    if (outcome.status.kind !== 'discarded') this.state.apply(outcome);
    return outcome;
  }

  run(signed: sdk.SignedTransaction): AptosOutcome {
    const request = requestOf(parseSignedTransaction(signed.bcsToBytes()));
    const environment = { chainId: CHAIN_ID, timestampMicros: NOW_MICROS };
    return executeTransaction(request, this.state, environment, this.#cache);
  }

  sign(
    sender: sdk.Account,
    payload: sdk.TransactionPayload,
    terms: Terms,
    { secondary = [], feePayer }: Others,
  ): sdk.SignedTransaction {
    const raw = this.#raw(sender.accountAddress, payload, terms);
    const addresses = secondary.map(({ accountAddress }) => accountAddress);
    if (feePayer === undefined && secondary.length === 0) {
      const simple = new sdk.SimpleTransaction(raw);
      const authenticator = sender.signTransactionWithAuthenticator(simple);
      return new sdk.SignedTransaction(
        raw,
        new sdk.TransactionAuthenticatorSingleSender(authenticator),
      );
    }
    const several = new sdk.MultiAgentTransaction(raw, addresses, feePayer?.accountAddress);
    const first = sender.signTransactionWithAuthenticator(several);
    const rest = secondary.map((signer) => signer.signTransactionWithAuthenticator(several));
    return new sdk.SignedTransaction(
      raw,
      feePayer === undefined
        ? new sdk.TransactionAuthenticatorMultiAgent(first, addresses, rest)
        : new sdk.TransactionAuthenticatorFeePayer(first, addresses, rest, {
            address: feePayer.accountAddress,
            authenticator: feePayer.signTransactionWithAuthenticator(several),
          }),
    );
  }

  /** Octas in the account's primary store. */
  balance(address: sdk.AccountAddress): bigint {
    const metadata = Address.parse('0xa').bytes;
    const preimage = new Uint8Array([...address.data, ...metadata]);
    const store = derivedKey(preimage, SCHEME.deriveObjectFromObject);
    const bytes = this.member(store, '0x1::fungible_asset::FungibleStore');
    if (bytes === undefined) return 0n;
    const reader = new BcsReader(bytes);
    reader.take(32, 'metadata');
    return reader.u64('balance');
  }

  /** A resource that is a member of an object's group. */
  member(address: Uint8Array, type: string): Uint8Array | undefined {
    const group = struct('0x1::object::ObjectGroup');
    const blob = this.state.read({ kind: 'group', address, type: group })?.bytes;
    return blob && decodeGroup(blob).get(memberId(struct(type)));
  }

  resource(address: Uint8Array, type: string): Uint8Array | undefined {
    return this.state.read({ kind: 'resource', address, type: struct(type) })?.bytes;
  }

  sequenceNumber(address: sdk.AccountAddress): bigint {
    const bytes = this.resource(address.data, '0x1::account::Account');
    if (bytes === undefined) return 0n;
    const reader = new BcsReader(bytes);
    reader.blob('authentication key');
    return reader.u64('sequence number');
  }

  /** Bytes of a script or module from assembly text, which may name the modules of the chain. */
  assemble(text: string): Uint8Array {
    const modules = this.state.entries().flatMap(([key, { bytes }]) => {
      if (key.kind !== 'module') return [];
      const name = `${Address.fromBytes(key.address).hex}::${key.name}`;
      return [[name, decodeModule(bytes, APTOS_FORMAT)] as const];
    });
    return encode(assemble(dedented(text), new Map(modules)), APTOS_FORMAT);
  }

  #raw(
    sender: sdk.AccountAddress,
    payload: sdk.TransactionPayload,
    { sequenceNumber, maxGas = 200_000n, price = GAS_PRICE, expiry = EXPIRY, chainId }: Terms,
  ): sdk.RawTransaction {
    return new sdk.RawTransaction(
      sender,
      sequenceNumber ?? this.sequenceNumber(sender),
      payload,
      maxGas,
      price,
      expiry,
      new sdk.ChainId(chainId ?? CHAIN_ID),
    );
  }
}

/** The assembler takes headers at the margin only. */
function dedented(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join('\n');
}

export function struct(text: string): StructTag {
  const tag = parseTypeTag(text);
  if (tag.kind !== 'struct') throw new Error(`${text} is no struct`);
  return tag;
}

/** What the sender has paid, in octas. */
export function feeOf({ fee, gasUnitPrice }: AptosOutcome): bigint {
  return fee.gasUsed * gasUnitPrice - fee.storageRefundOctas;
}

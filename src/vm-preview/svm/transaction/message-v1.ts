/** The body of a version 1 message. Source: SIMD-0385; solana-sdk `message/src/versions/v1`. */
import { MalformedError } from '../../errors';
import { type Codec, fixedBytes, pubkey, readMany, struct, u8, u16, u32, u64 } from './codec';
import type { CompiledInstruction, Message, MessageHeader, TransactionConfig } from './message';

export type MessageV1Body = Pick<
  Message,
  'header' | 'config' | 'recentBlockhash' | 'staticKeys' | 'instructions'
>;

interface Prefix extends MessageHeader {
  readonly configMask: number;
  readonly recentBlockhash: Uint8Array;
  readonly instructionCount: number;
  readonly addressCount: number;
}

const prefix = struct<Prefix>({
  numRequiredSignatures: u8('header'),
  numReadonlySigned: u8('header'),
  numReadonlyUnsigned: u8('header'),
  configMask: u32('configuration'),
  recentBlockhash: fixedBytes(32, 'recent blockhash'),
  instructionCount: u8('header'),
  addressCount: u8('header'),
});

const address = pubkey('account addresses');

interface InstructionHeader {
  readonly programIdIndex: number;
  readonly accountCount: number;
  readonly dataLength: number;
}

const instructionHeader = struct<InstructionHeader>({
  programIdIndex: u8('instructions'),
  accountCount: u8('instructions'),
  dataLength: u16('instructions'),
});

const configU32 = u32('configuration');
const configU64 = u64('configuration');

/** Bits of the mask, in the order of the values. */
const PRIORITY_FEE = 0b11;
const COMPUTE_UNIT_LIMIT = 0b100;
const LOADED_ACCOUNTS_DATA_SIZE_LIMIT = 0b1000;
const HEAP_SIZE = 0b1_0000;
const KNOWN_BITS = PRIORITY_FEE | COMPUTE_UNIT_LIMIT | LOADED_ACCOUNTS_DATA_SIZE_LIMIT | HEAP_SIZE;

function checkMask(mask: number): void {
  const fee = mask & PRIORITY_FEE;
  if ((mask & ~KNOWN_BITS) !== 0 || (fee !== 0 && fee !== PRIORITY_FEE)) {
    throw new MalformedError(
      'transaction-config-mask',
      'the transaction asks for a configuration that is not known',
      { mask },
    );
  }
}

function maskOf(config: TransactionConfig): number {
  return (
    (config.priorityFee === undefined ? 0 : PRIORITY_FEE) |
    (config.computeUnitLimit === undefined ? 0 : COMPUTE_UNIT_LIMIT) |
    (config.loadedAccountsDataSizeLimit === undefined ? 0 : LOADED_ACCOUNTS_DATA_SIZE_LIMIT) |
    (config.heapSize === undefined ? 0 : HEAP_SIZE)
  );
}

export const messageV1Body: Codec<MessageV1Body> = {
  read(reader) {
    const fixed = prefix.read(reader);
    const mask = fixed.configMask;
    checkMask(mask);
    const staticKeys = readMany(address, reader, fixed.addressCount);
    const config: TransactionConfig = {
      ...((mask & PRIORITY_FEE) !== 0 && { priorityFee: configU64.read(reader) }),
      ...((mask & COMPUTE_UNIT_LIMIT) !== 0 && { computeUnitLimit: configU32.read(reader) }),
      ...((mask & LOADED_ACCOUNTS_DATA_SIZE_LIMIT) !== 0 && {
        loadedAccountsDataSizeLimit: configU32.read(reader),
      }),
      ...((mask & HEAP_SIZE) !== 0 && { heapSize: configU32.read(reader) }),
    };
    const headers = readMany(instructionHeader, reader, fixed.instructionCount);
    const instructions = headers.map(
      (header): CompiledInstruction => ({
        programIdIndex: header.programIdIndex,
        accounts: reader.take(header.accountCount, "instruction's accounts"),
        data: reader.take(header.dataLength, "instruction's data"),
      }),
    );
    return {
      header: {
        numRequiredSignatures: fixed.numRequiredSignatures,
        numReadonlySigned: fixed.numReadonlySigned,
        numReadonlyUnsigned: fixed.numReadonlyUnsigned,
      },
      config,
      recentBlockhash: fixed.recentBlockhash,
      staticKeys,
      instructions,
    };
  },

  write(writer, message) {
    prefix.write(writer, {
      ...message.header,
      configMask: maskOf(message.config),
      recentBlockhash: message.recentBlockhash,
      instructionCount: message.instructions.length,
      addressCount: message.staticKeys.length,
    });
    for (const key of message.staticKeys) address.write(writer, key);
    const { priorityFee, computeUnitLimit, loadedAccountsDataSizeLimit, heapSize } = message.config;
    if (priorityFee !== undefined) configU64.write(writer, priorityFee);
    for (const value of [computeUnitLimit, loadedAccountsDataSizeLimit, heapSize]) {
      if (value !== undefined) configU32.write(writer, value);
    }
    for (const instruction of message.instructions) {
      instructionHeader.write(writer, {
        programIdIndex: instruction.programIdIndex,
        accountCount: instruction.accounts.length,
        dataLength: instruction.data.length,
      });
    }
    for (const instruction of message.instructions) {
      writer.put(instruction.accounts);
      writer.put(instruction.data);
    }
  },
};

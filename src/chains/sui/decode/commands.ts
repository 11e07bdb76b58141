/** Commands in words, as far as the bytes tell: what a call means needs its package. */
import type { Asset, DecodedCall, DecodedField } from '../../../vm-preview/model/preview';
import {
  type Argument,
  type CallArg,
  type Command,
  type MoveCall,
  type ObjectArg,
  type ObjectRef,
  type ProgrammableTransaction,
  parseCoinReservation,
} from '../../../vm-preview/move/sui/data';
import { toHex } from '../../hex';
import { FRAMEWORK, fullAddress, SUI_TYPE, typeText } from '../address';

/** What a parameter of a function is. */
export type ParameterKind = 'address' | 'number' | 'bool' | 'text' | 'other';

export interface DecodeContext {
  /** That pays fees. */
  readonly coin: Asset;
  /** A currency as an asset, where its decimals are at hand. */
  readonly asset?: (coinType: string) => Asset;
  /** The currency of a reference that looks like a coin and reserves a balance. */
  readonly reserved?: (ref: ObjectRef) => string | undefined;
  /** Kinds of a function's parameters, where its package is at hand. */
  readonly parameters?: (call: MoveCall) => readonly ParameterKind[] | undefined;
  /** MIST for the gas that each command used, as far as they ran, before all of it is rounded up. */
  readonly gas?: readonly bigint[];
}

const COMMANDS = { address: FRAMEWORK, name: 'Sui' } as const;
/** The chain's own, by their ids without zeros. Any other is named by its id: it picked its modules' names. */
const PACKAGES: Readonly<Record<string, string>> = {
  '0x1': 'Move standard library',
  '0x2': 'Sui framework',
  '0x3': 'Sui system',
};
const MAX_HEX = 200;

export function decodeCommands(
  { commands, inputs }: ProgrammableTransaction,
  context: DecodeContext,
): DecodedCall[] {
  const words = new Words(inputs, context);
  return commands.map((command, index) => ({
    index,
    inner: [],
    data: '',
    ...words.command(command),
    ...unitsOf(context.gas?.[index]),
  }));
}

function unitsOf(gas: bigint | undefined): Pick<DecodedCall, 'units'> {
  return gas === undefined ? {} : { units: gas.toString() };
}

type CommandWords = Pick<DecodedCall, 'program' | 'name' | 'fields'>;

class Words {
  constructor(
    private readonly inputs: readonly CallArg[],
    private readonly context: DecodeContext,
  ) {}

  command(command: Command): CommandWords {
    switch (command.kind) {
      case 'moveCall':
        return this.#call(command.call);
      case 'transferObjects':
        return {
          program: COMMANDS,
          name: 'Transfer objects',
          fields: [
            this.#argument('to', command.address, 'address'),
            ...command.objects.map((one) => this.#argument('object', one, 'other')),
          ],
        };
      case 'splitCoins':
        return {
          program: COMMANDS,
          name: 'Split coins',
          fields: [
            this.#argument('coin', command.coin, 'other'),
            ...command.amounts.map((one) => this.#amount(one, command.coin)),
          ],
        };
      case 'mergeCoins':
        return {
          program: COMMANDS,
          name: 'Merge coins',
          fields: [
            this.#argument('into', command.destination, 'other'),
            ...command.sources.map((one) => this.#argument('coin', one, 'other')),
          ],
        };
      case 'makeMoveVec':
        return {
          program: COMMANDS,
          name: 'Make a vector',
          fields: [
            ...(command.type === undefined ? [] : [words('type', typeText(command.type))]),
            ...command.elements.map((one) => this.#argument('element', one, 'other')),
          ],
        };
      case 'publish':
        return { program: COMMANDS, name: 'Publish a package', fields: packageFields(command) };
      case 'upgrade':
        return {
          program: COMMANDS,
          name: 'Upgrade a package',
          fields: [
            { kind: 'address', label: 'package', value: fullAddress(command.package) },
            ...packageFields(command),
          ],
        };
    }
  }

  #call(call: MoveCall): CommandWords {
    const kinds = this.context.parameters?.(call);
    const address = fullAddress(call.package);
    const known = PACKAGES[address.replace(/^0x0+/, '0x')];
    return {
      program: { address, ...(known === undefined ? {} : { name: known }) },
      name: `${call.module}::${call.function}`,
      fields: [
        ...call.typeArguments.map((type) => words('type', typeText(type))),
        ...call.args.map((one, i) => this.#argument(`argument ${i + 1}`, one, kinds?.[i])),
      ],
    };
  }

  #amount(argument: Argument, coin: Argument): DecodedField {
    const field = this.#argument('amount', argument, 'number');
    if (field.kind !== 'number' || coin.kind !== 'gasCoin') return field;
    return { kind: 'amount', label: 'amount', value: field.value, asset: this.context.coin };
  }

  #argument(label: string, argument: Argument, kind: ParameterKind | undefined): DecodedField {
    switch (argument.kind) {
      case 'gasCoin':
        return words(label, 'the coin that pays the fee');
      case 'result':
        return words(label, `the result of command ${argument.index + 1}`);
      case 'nestedResult':
        return words(label, `result ${argument.nested + 1} of command ${argument.index + 1}`);
      case 'input': {
        const input = this.inputs[argument.index];
        if (input === undefined) return words(label, `input ${argument.index + 1}, which is none`);
        return this.#input(label, input, kind);
      }
    }
  }

  #input(label: string, input: CallArg, kind: ParameterKind | undefined): DecodedField {
    switch (input.kind) {
      case 'pure':
        return pureField(label, input.bytes, kind);
      case 'object':
        return this.#object(label, input.object);
      case 'fundsWithdrawal': {
        const { currency, from, maxAmount } = input.withdrawal;
        return this.#upTo(label, maxAmount, typeText(currency), SOURCES[from.kind]);
      }
    }
  }

  /** What looks like a coin may stand for a part of a balance. */
  #object(label: string, object: ObjectArg): DecodedField {
    const amount = object.kind === 'immOrOwned' ? reservedAmount(object.ref) : undefined;
    if (object.kind !== 'immOrOwned' || amount === undefined)
      return { kind: 'address', label, value: fullAddress(objectId(object)) };
    return this.#upTo(label, amount, this.context.reserved?.(object.ref), SOURCES.sender);
  }

  #upTo(label: string, amount: bigint, coinType: string | undefined, source: string): DecodedField {
    const named = coinType === SUI_TYPE ? this.context.coin : this.#known(coinType);
    if (named === undefined) {
      const what = coinType === undefined ? '' : ` of ${coinType}`;
      return words(label, `up to ${amount}${what} ${source}`);
    }
    return {
      kind: 'amount',
      label: `${label}, at most, ${source}`,
      value: amount.toString(),
      asset: named,
    };
  }

  #known(coinType: string | undefined): Asset | undefined {
    const asset = coinType === undefined ? undefined : this.context.asset?.(coinType);
    return asset?.named === 'none' ? undefined : asset;
  }
}

/** Out of which a withdrawal takes. */
const SOURCES = {
  sender: 'out of your balance',
  sponsor: 'out of the balance of who pays the fee',
  senderAllowance: 'by an allowance of another account',
} as const;

/** Of a reference that reserves a balance. */
function reservedAmount(ref: ObjectRef): bigint | undefined {
  // The amount is not masked by the chain's identifier; the balance's id is.
  return parseCoinReservation(ref, NO_CHAIN)?.amount;
}

const NO_CHAIN = new Uint8Array(32);

export function objectId(object: ObjectArg): Uint8Array {
  return object.kind === 'shared' ? object.id : object.ref.id;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function pureField(
  label: string,
  bytes: Uint8Array,
  kind: ParameterKind | undefined,
): DecodedField {
  const { length } = bytes;
  if (length === 32 && (kind === 'address' || kind === undefined)) {
    return { kind: 'address', label, value: fullAddress(bytes) };
  }
  const isNumber = [1, 2, 4, 8, 16, 32].includes(length);
  if (isNumber && kind === 'number') {
    return { kind: 'number', label, value: littleEndian(bytes).toString() };
  }
  if (length === 1 && kind === 'bool') return words(label, bytes[0] === 0 ? 'no' : 'yes');
  if (kind === 'text') {
    const words = readString(bytes);
    if (words !== undefined) return text(label, words);
  }
  // Eight bytes are an amount nearly always.
  if (length === 8 && kind === undefined) {
    return { kind: 'number', label, value: littleEndian(bytes).toString() };
  }
  const hex = toHex(bytes);
  return words(label, `0x${hex.length > MAX_HEX ? `${hex.slice(0, MAX_HEX)}…` : hex}`);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** A short string after its length; undefined for other bytes. */
function readString(bytes: Uint8Array): string | undefined {
  const [length = 0] = bytes;
  if (length >= 0x80 || length !== bytes.length - 1) return undefined;
  try {
    return UTF8.decode(bytes.subarray(1));
  } catch {
    // Bytes that are no text are shown as hex.
    return undefined;
  }
}

function packageFields(command: {
  readonly modules: readonly Uint8Array[];
  readonly dependencies: readonly Uint8Array[];
}): DecodedField[] {
  return [
    { kind: 'number', label: 'modules', value: command.modules.length.toString() },
    {
      kind: 'number',
      label: 'bytes of code',
      value: command.modules.reduce((sum, { length }) => sum + length, 0).toString(),
    },
    ...command.dependencies.map((id): DecodedField => {
      return { kind: 'address', label: 'depends on', value: fullAddress(id) };
    }),
  ];
}

function words(label: string, value: string): DecodedField {
  return { kind: 'words', label, value };
}

function text(label: string, untrustedValue: string): DecodedField {
  return { kind: 'text', label, untrustedValue };
}

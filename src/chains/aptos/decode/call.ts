/** What a transaction asks for, in words. */
import type { Asset, DecodedCall, DecodedField } from '../../../vm-preview/model/preview';
import type {
  EntryFunction,
  Script,
  ScriptArgument,
} from '../../../vm-preview/move/aptos/transaction';
import { BcsReader } from '../../../vm-preview/move/core/bcs';
import type { Type } from '../../../vm-preview/move/core/loader';
import { addressText, typeTagText } from '../../../vm-preview/move/core/types';
import { toHex } from '../../hex';
import { fullAddress } from '../address';
import type { ParsedAptosTransaction } from '../transaction';
import type { MoveDecoder } from './decoder';
import { type ArgumentKind, FUNCTIONS, packageName } from './functions';
import type { MoveJson } from './json';

/** What arguments are read by once modules are loaded. */
export interface AbiSource {
  readonly decoder: MoveDecoder;
  /** Of a coin type, or a metadata object. */
  coin(type: string): Asset;
  asset(metadata: string): Asset;
}

const MAX_TEXT = 500;

export function decodeCall(
  { executable, multisigAddress }: ParsedAptosTransaction,
  coin: Asset,
  abi: AbiSource | undefined,
): DecodedCall {
  const inner = executableCall(executable, coin, abi);
  if (multisigAddress === undefined) return inner;
  return {
    ...inner,
    fields: [
      { kind: 'address', label: 'as multisig account', value: fullAddress(multisigAddress) },
      ...inner.fields,
    ],
  };
}

function executableCall(
  executable: ParsedAptosTransaction['executable'],
  coin: Asset,
  abi: AbiSource | undefined,
): DecodedCall {
  switch (executable.kind) {
    case 'entryFunction':
      return entryCall(executable.call, coin, abi);
    case 'script':
      return scriptCall(executable.script);
    case 'empty':
      return {
        index: 0,
        program: { address: '0x1::multisig_account', name: packageName('0x1') ?? '' },
        name: 'Execute the multisig transaction on chain',
        fields: [],
        inner: [],
        data: '',
      };
  }
}

/** `0x1::coin::transfer` */
export function functionId({ address, function: name, module }: EntryFunction): string {
  return `${address}::${module}::${name}`;
}

export function entryCall(call: EntryFunction, coin: Asset, abi?: AbiSource): DecodedCall {
  const known = Object.hasOwn(FUNCTIONS, functionId(call))
    ? FUNCTIONS[functionId(call)]
    : undefined;
  const name = packageName(addressText(call.address.bytes));
  const types = call.typeArguments.map((tag) => typeTagText(tag));
  const fields: DecodedField[] = types.map((type, i) => ({
    kind: 'text',
    label: types.length === 1 ? 'type' : `type ${i + 1}`,
    untrustedValue: type,
  }));
  const parameters = argumentTypes(call, abi);
  call.args.forEach((bytes, i) => {
    const [label, kind] = known?.args[i] ?? [];
    const plain =
      kind === undefined ? undefined : knownField(label ?? '', kind, bytes, call, coin, abi);
    fields.push(plain ?? field(label ?? `argument ${i + 1}`, bytes, parameters?.[i], abi));
  });
  return {
    index: 0,
    program: {
      address: `${call.address}::${call.module}`,
      ...(name === undefined ? {} : { name: `${name} (${call.module})` }),
    },
    name: known?.name ?? call.function,
    fields,
    inner: [],
    data: call.args.map(toHex).join(''),
  };
}

/** Types of the arguments by the module itself; signers are put in by the chain. */
function argumentTypes(call: EntryFunction, abi: AbiSource | undefined): Type[] | undefined {
  const declared = abi?.decoder.function(call.address, call.module, call.function);
  if (abi === undefined || declared === undefined) return undefined;
  return declared.parameters.flatMap((type) => {
    const bare = type.kind === 'reference' ? type.to : type;
    return bare.kind === 'signer' ? [] : (abi.decoder.substitute(type, call.typeArguments) ?? type);
  });
}

function knownField(
  label: string,
  kind: ArgumentKind,
  bytes: Uint8Array,
  call: EntryFunction,
  coin: Asset,
  abi: AbiSource | undefined,
): DecodedField | undefined {
  switch (kind) {
    case 'address':
      return bytes.length === 32
        ? { kind: 'address', label, value: fullAddress(bytes) }
        : undefined;
    case 'octas':
    case 'u64':
    case 'amount':
    case 'asset-amount': {
      if (bytes.length !== 8) return undefined;
      const value = new BcsReader(bytes).u64(label).toString();
      const asset = kind === 'octas' ? coin : assetOf(kind, call, abi);
      return asset === undefined
        ? { kind: 'number', label, value }
        : { kind: 'amount', label, value, asset };
    }
    default:
      return undefined;
  }
}

function assetOf(
  kind: ArgumentKind,
  call: EntryFunction,
  abi: AbiSource | undefined,
): Asset | undefined {
  const [type] = call.typeArguments;
  const [metadata] = call.args;
  if (kind === 'amount' && type !== undefined) return abi?.coin(typeTagText(type));
  if (kind === 'asset-amount' && metadata?.length === 32) return abi?.asset(fullAddress(metadata));
  return undefined;
}

function field(
  label: string,
  bytes: Uint8Array,
  type: Type | undefined,
  abi: AbiSource | undefined,
): DecodedField {
  const json = type === undefined ? undefined : abi?.decoder.value(bytes, type);
  if (json === undefined) return { kind: 'text', label, untrustedValue: hexText(bytes) };
  if (type?.kind === 'address' && typeof json === 'string') {
    return { kind: 'address', label, value: json };
  }
  // An object is known by its address.
  const inner = objectAddress(json, type);
  if (inner !== undefined) return { kind: 'address', label, value: inner };
  if (type !== undefined && /^[ui]\d+$/.test(type.kind)) {
    return { kind: 'number', label, value: String(json) };
  }
  return { kind: 'text', label, untrustedValue: jsonText(json) };
}

function objectAddress(json: MoveJson, type: Type | undefined): string | undefined {
  if (type?.kind !== 'datatype' || type.datatype.key !== '0x1::object::Object') return undefined;
  if (typeof json !== 'object' || json === null || !('inner' in json)) return undefined;
  return typeof json.inner === 'string' ? json.inner : undefined;
}

function hexText(bytes: Uint8Array): string {
  const text = `0x${toHex(bytes.subarray(0, MAX_TEXT / 2))}`;
  return bytes.length > MAX_TEXT / 2 ? `${text}… (${bytes.length} bytes)` : text;
}

export function jsonText(json: MoveJson): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function scriptCall({ args, code, typeArguments }: Script): DecodedCall {
  return {
    index: 0,
    program: { address: 'script' },
    name: 'Run a script',
    fields: [
      { kind: 'number', label: 'bytes of code', value: String(code.length) },
      ...typeArguments.map(
        (tag, i): DecodedField => ({
          kind: 'text',
          label: `type ${i + 1}`,
          untrustedValue: typeTagText(tag),
        }),
      ),
      ...args.map((argument, i) => scriptField(`argument ${i + 1}`, argument)),
    ],
    inner: [],
    data: toHex(code),
  };
}

function scriptField(label: string, { bytes, kind }: ScriptArgument): DecodedField {
  if (kind === 'address') return { kind: 'address', label, value: fullAddress(bytes) };
  const unsigned = /^u\d+$/.test(kind);
  if (unsigned || /^i\d+$/.test(kind)) {
    let value = 0n;
    for (const byte of [...bytes].reverse()) value = (value << 8n) | BigInt(byte);
    const shown = unsigned ? value : BigInt.asIntN(bytes.length * 8, value);
    return { kind: 'number', label, value: shown.toString() };
  }
  if (kind === 'bool')
    return { kind: 'text', label, untrustedValue: bytes[0] === 1 ? 'yes' : 'no' };
  return { kind: 'text', label, untrustedValue: hexText(bytes) };
}

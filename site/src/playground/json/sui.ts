/** Sui transactions as `toJSON()` of @mysten/sui's `Transaction` writes them (its version 2 format). */
import { addressBytes, parseDigest } from '../../../../src/chains/sui/address';
import { BcsWriter } from '../../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../../src/vm-preview/move/core/types';
import {
  type Argument,
  type CallArg,
  type Command,
  type Expiration,
  encodeTransaction,
  type GasData,
  type ObjectArg,
  type ObjectRef,
} from '../../../../src/vm-preview/move/sui/data';
import {
  bigOf,
  field,
  fromBase64,
  has,
  isObject,
  type Json,
  listOf,
  numberOf,
  textOf,
  unreadable,
  unresolved,
  type WholeTransaction,
} from './read';

const U16 = 0xffff;

/**
 * Undefined for JSON of something else.
 *
 * @param account - the sender of JSON that names none
 * @throws MalformedError
 */
export function suiJson(json: Json, account: string | undefined): WholeTransaction | undefined {
  if (has(json, 'gasConfig', 'transactions')) {
    throw unresolved(
      'this is the form of old versions of @mysten/sui: read it with Transaction.from and paste its toJSON() or bytes',
    );
  }
  if (!has(json, 'inputs', 'commands')) return undefined;
  const sender = addressOr(field(json, 'sender')) ?? account;
  if (sender === undefined) {
    throw unresolved(
      'this transaction does not say who sends it: name the account from which it is seen',
    );
  }
  const bytes = encodeTransaction({
    kind: {
      kind: 'programmable',
      programmable: {
        inputs: listOf(field(json, 'inputs'), 'the list of inputs').map(inputOf),
        commands: listOf(field(json, 'commands'), 'the list of commands').map(commandOf),
      },
    },
    sender: addressBytes(sender),
    gas: gasOf(field(json, 'gasData'), sender),
    expiration: expirationOf(field(json, 'expiration')),
  });
  return { form: 'JSON of a transaction of @mysten/sui', bytes };
}

function addressOr(json: Json | undefined): string | undefined {
  return json === undefined || json === null ? undefined : textOf(json, 'an address');
}

const id = (json: Json | undefined, what: string) => addressBytes(textOf(json, what));

/** All of it, or none, which is then chosen for the preview. */
function gasOf(json: Json | undefined, sender: string): GasData {
  const given = (name: string) => field(json, name) ?? undefined;
  const owner = addressBytes(addressOr(field(json, 'owner')) ?? sender);
  const parts = [given('budget'), given('price'), given('payment')];
  if (parts.every((part) => part === undefined || part === null)) {
    return { payment: [], owner, price: 0n, budget: 0n };
  }
  if (parts.some((part) => part === undefined || part === null)) {
    throw unresolved(
      'this transaction says only part of its gas: build it with the SDK and paste the bytes, or leave budget, price and payment out',
    );
  }
  return {
    payment: listOf(given('payment'), 'the coins that pay').map(refOf),
    owner,
    price: bigOf(given('price'), 'the gas price'),
    budget: bigOf(given('budget'), 'the gas budget'),
  };
}

function expirationOf(json: Json | undefined): Expiration {
  if (json === undefined || json === null || has(json, 'None')) return { kind: 'none' };
  if (has(json, 'Epoch')) return { kind: 'epoch', epoch: bigOf(field(json, 'Epoch'), 'the epoch') };
  const during = field(json, 'ValidDuring');
  if (during === undefined) throw unreadable('the expiration is none that is known');
  const optional = (name: string) => {
    const value = field(during, name);
    return value === undefined || value === null ? undefined : bigOf(value, 'the expiration');
  };
  return {
    kind: 'validDuring',
    minEpoch: optional('minEpoch'),
    maxEpoch: optional('maxEpoch'),
    minTimestamp: optional('minTimestamp'),
    maxTimestamp: optional('maxTimestamp'),
    chain: digestOf(field(during, 'chain')),
    nonce: numberOf(field(during, 'nonce'), 'the nonce'),
  };
}

function digestOf(json: Json | undefined): Uint8Array {
  const digest = parseDigest(textOf(json, 'a digest'));
  if (digest === undefined) throw unreadable('a digest is none');
  return digest;
}

function refOf(json: Json): ObjectRef {
  return {
    id: id(field(json, 'objectId'), 'an object'),
    version: bigOf(field(json, 'version'), 'the version of an object'),
    digest: digestOf(field(json, 'digest')),
  };
}

function inputOf(json: Json): CallArg {
  const pure = field(json, 'Pure');
  if (pure !== undefined)
    return { kind: 'pure', bytes: base64Of(field(pure, 'bytes'), 'an input') };
  const object = field(json, 'Object');
  if (isObject(object)) return { kind: 'object', object: objectOf(object) };
  if (has(json, 'UnresolvedObject')) {
    throw unresolved(
      `this transaction names the object ${shown(field(field(json, 'UnresolvedObject'), 'objectId'))} without its version and digest: build it with a client, and paste its bytes or its JSON then`,
    );
  }
  if (has(json, 'UnresolvedPure')) {
    throw unresolved(
      'this transaction has an argument whose type is not settled yet: build it with a client, and paste its bytes or its JSON then',
    );
  }
  const withdrawal = field(json, 'FundsWithdrawal');
  if (withdrawal !== undefined) return withdrawalOf(withdrawal);
  throw unreadable('an input is of a kind that is not known');
}

function withdrawalOf(json: Json): CallArg {
  const amount = field(field(json, 'reservation'), 'MaxAmountU64');
  const currency = field(field(json, 'typeArg'), 'Balance');
  const isSponsor = has(field(json, 'withdrawFrom'), 'Sponsor');
  return {
    kind: 'fundsWithdrawal',
    withdrawal: {
      maxAmount: bigOf(amount, 'an amount to withdraw'),
      currency: parseTypeTag(textOf(currency, 'the coin of a withdrawal')),
      from: { kind: isSponsor ? 'sponsor' : 'sender' },
    },
  };
}

function objectOf(json: Json): ObjectArg {
  const owned = field(json, 'ImmOrOwnedObject');
  if (owned !== undefined) return { kind: 'immOrOwned', ref: refOf(owned) };
  const receiving = field(json, 'Receiving');
  if (receiving !== undefined) return { kind: 'receiving', ref: refOf(receiving) };
  const shared = field(json, 'SharedObject');
  if (shared === undefined) throw unreadable('an object is of a kind that is not known');
  return {
    kind: 'shared',
    id: id(field(shared, 'objectId'), 'a shared object'),
    initialVersion: bigOf(field(shared, 'initialSharedVersion'), 'the version of a shared object'),
    mutable: field(shared, 'mutable') === true,
  };
}

function argumentOf(json: Json | undefined): Argument {
  if (field(json, 'GasCoin') !== undefined || json === 'GasCoin') return { kind: 'gasCoin' };
  const index = (value: Json | undefined) => numberOf(value, 'an argument', U16);
  if (has(json, 'Input')) return { kind: 'input', index: index(field(json, 'Input')) };
  if (has(json, 'Result')) return { kind: 'result', index: index(field(json, 'Result')) };
  const nested = listOf(field(json, 'NestedResult'), 'an argument');
  return { kind: 'nestedResult', index: index(nested[0]), nested: index(nested[1]) };
}

const argumentsOf = (json: Json | undefined) =>
  listOf(json, 'the list of arguments').map(argumentOf);
const modulesOf = (json: Json | undefined) =>
  listOf(json, 'the list of modules').map((one) => base64Of(one, 'a module'));
const idsOf = (json: Json | undefined) =>
  listOf(json, 'the list of packages').map((one) => id(one, 'a package'));

type CommandReader = (body: Json) => Command;

const COMMANDS: Readonly<Record<string, CommandReader>> = {
  MoveCall: (body) => ({
    kind: 'moveCall',
    call: {
      package: packageOf(field(body, 'package')),
      module: textOf(field(body, 'module'), 'a module'),
      function: textOf(field(body, 'function'), 'a function'),
      typeArguments: listOf(field(body, 'typeArguments') ?? [], 'the list of types').map((type) =>
        parseTypeTag(textOf(type, 'a type')),
      ),
      args: argumentsOf(field(body, 'arguments')),
    },
  }),
  TransferObjects: (body) => ({
    kind: 'transferObjects',
    objects: argumentsOf(field(body, 'objects')),
    address: argumentOf(field(body, 'address')),
  }),
  SplitCoins: (body) => ({
    kind: 'splitCoins',
    coin: argumentOf(field(body, 'coin')),
    amounts: argumentsOf(field(body, 'amounts')),
  }),
  MergeCoins: (body) => ({
    kind: 'mergeCoins',
    destination: argumentOf(field(body, 'destination')),
    sources: argumentsOf(field(body, 'sources')),
  }),
  MakeMoveVec: (body) => {
    const type = field(body, 'type');
    return {
      kind: 'makeMoveVec',
      type: typeof type === 'string' ? parseTypeTag(type) : undefined,
      elements: argumentsOf(field(body, 'elements')),
    };
  },
  Publish: (body) => ({
    kind: 'publish',
    modules: modulesOf(field(body, 'modules')),
    dependencies: idsOf(field(body, 'dependencies')),
  }),
  Upgrade: (body) => ({
    kind: 'upgrade',
    modules: modulesOf(field(body, 'modules')),
    dependencies: idsOf(field(body, 'dependencies')),
    package: id(field(body, 'package'), 'a package'),
    ticket: argumentOf(field(body, 'ticket')),
  }),
};

function commandOf(json: Json): Command {
  for (const [name, read] of Object.entries(COMMANDS)) {
    const body = field(json, name);
    if (body !== undefined) return read(body);
  }
  const intent = field(field(json, '$Intent'), 'name');
  if (intent !== undefined) {
    throw unresolved(
      `this transaction holds ${shown(intent)}, which only a client can resolve: build it, and paste its bytes or its JSON then`,
    );
  }
  throw unreadable('a command is of a kind that is not known');
}

/** A name of the package registry stands for a package that only a client finds. */
function packageOf(json: Json | undefined): Uint8Array {
  const text = textOf(json, 'a package');
  if (/^0x[0-9a-fA-F]{1,64}$/.test(text)) return addressBytes(text);
  throw unresolved(
    `this transaction calls the package by the name ${shown(text)}: build it with a client, and paste its bytes or its JSON then`,
  );
}

function base64Of(json: Json | undefined, what: string): Uint8Array {
  const text = textOf(json, what);
  if (text === '') return new BcsWriter().finish();
  const bytes = fromBase64(text);
  if (bytes === undefined) throw unreadable(`${what} is not base64`);
  return bytes;
}

function shown(json: Json | undefined): string {
  const text = typeof json === 'string' ? json : '?';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

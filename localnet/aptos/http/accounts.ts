/** Accounts, their resources, modules, balances and events. Source: aptos-core `api/src/{accounts,state,events}.rs`. */
import { addressBytes } from '../../../src/chains/aptos/address';
import { toHex } from '../../../src/chains/hex';
import { parseFeatures } from '../../../src/vm-preview/move/aptos';
import { CONFIGURATION_KEYS } from '../../../src/vm-preview/move/aptos/execution/configuration';
import { FLAG } from '../../../src/vm-preview/move/aptos/execution/flags';
import { BcsReader, BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { typeTagText, writeStructTag } from '../../../src/vm-preview/move/core/types';
import type { Json } from '../../json';
import type { Chain } from '../chain';
import { moduleJson } from '../json/abi';
import { resourcesOf } from '../json/reader';
import { accountResource } from '../keys';
import { type Answer, bcs, json, notFound, type Request } from './answer';
import { balanceOf } from './balance';
import { eventsOf } from './events';
import { address, limitOf, type Scope, scopeOf, structTag } from './scope';
import { landedJson } from './transactions';

export function accountAnswer(chain: Chain, request: Request): Answer | undefined {
  const [, owner, what, name, field] = request.parts;
  const at = address(owner);
  const scope = scopeOf(chain, request);
  switch (what) {
    case undefined:
      return accountOf(at, scope, request);
    case 'resources':
      return resources(chain, at, scope, request);
    case 'resource':
      return resource(at, name, scope, request);
    case 'modules':
      return modules(chain, at, scope, request);
    case 'module':
      return module(at, name ?? '', scope, request);
    case 'balance':
      return json(balanceOf(chain, at, name ?? '', scope));
    case 'events':
      return eventsOf(chain, at, name ?? '', field, scope, request);
    case 'transactions':
      return transactions(chain, at, request);
    default:
      return undefined;
  }
}

function accountOf(at: string, { reader, version }: Scope, { wantsBcs }: Request): Answer {
  const bytes = reader.state.read(accountResource(at))?.bytes ?? statelessAccount(at, reader.state);
  if (bytes === undefined)
    throw notFound('Account', `Address(${at}) and Ledger version(${version})`, 'account_not_found');
  if (wantsBcs) return bcs(bytes);
  const fields = new BcsReader(bytes);
  const key = fields.blob('key');
  return json({
    sequence_number: fields.u64('sequence number').toString(),
    authentication_key: `0x${toHex(key)}`,
  });
}

/** What an account that has no resource counts as, where the chain lets such accounts be. */
function statelessAccount(at: string, state: Scope['reader']['state']): Uint8Array | undefined {
  const features = parseFeatures(state.read(CONFIGURATION_KEYS.features)?.bytes);
  if (!features.isEnabled(FLAG.defaultAccountResource)) return undefined;
  const own = addressBytes(at);
  const writer = new BcsWriter().blob(own).u64(0n).u64(0n);
  for (const creation of [0n, 1n]) writer.u64(0n).u64(creation).bytes(own);
  return writer.u8(0).u8(0).finish();
}

function resources(chain: Chain, at: string, { reader, version }: Scope, request: Request): Answer {
  const all = chain.ledger.valuesOf(addressBytes(at), version).flatMap(resourcesOf);
  if (request.wantsBcs) {
    const rows = all.map(({ bytes, type }) => {
      const tag = new BcsWriter();
      writeStructTag(tag, type);
      return { bytes, tag: tag.finish(), order: toHex(tag.finish()) };
    });
    rows.sort((a, b) => (a.order < b.order ? -1 : 1));
    const writer = new BcsWriter();
    writer.list(rows, (inner, { bytes, tag }) => inner.bytes(tag).blob(bytes));
    return bcs(writer.finish());
  }
  // All of them in one page, so that no cursor is needed.
  return json(
    all.map(
      ({ bytes, type }): Json => ({ type: typeTagText(type), data: reader.json(bytes, type) }),
    ),
  );
}

function resource(at: string, name: string | undefined, scope: Scope, request: Request): Answer {
  const { reader, version } = scope;
  const type = structTag(name);
  const bytes = reader.resource(at, type);
  if (bytes === undefined) {
    const by = `Address(${at}), Struct tag(${typeTagText(type)}) and Ledger version(${version})`;
    throw notFound('Resource', by, 'resource_not_found');
  }
  if (request.wantsBcs) return bcs(bytes);
  return json({ type: typeTagText(type), data: reader.json(bytes, type) });
}

function modules(chain: Chain, at: string, { reader, version }: Scope, request: Request): Answer {
  const owner = addressBytes(at);
  const all = chain.ledger
    .valuesOf(owner, version)
    .flatMap(([key, { bytes }]) => (key.kind === 'module' ? [{ name: key.name, bytes }] : []));
  if (request.wantsBcs) {
    const writer = new BcsWriter();
    writer.list(all, (inner, { bytes, name }) => inner.bytes(owner).string(name).blob(bytes));
    return bcs(writer.finish());
  }
  return json(all.map(({ bytes }) => moduleJson(bytes, reader.module(bytes))));
}

function module(at: string, name: string, { reader, version }: Scope, request: Request): Answer {
  const value = reader.state.read({ kind: 'module', address: addressBytes(at), name });
  if (value === null) {
    const by = `Address(${at}), Module name(${name}) and Ledger version(${version})`;
    throw notFound('Module', by, 'module_not_found');
  }
  const { bytes } = value;
  return request.wantsBcs ? bcs(bytes) : json(moduleJson(bytes, reader.module(bytes)));
}

function transactions(chain: Chain, at: string, request: Request): Answer {
  const limit = limitOf(request, 100);
  const start = BigInt(request.query.get('start') ?? 0);
  const own = [...chain.transactions].filter(
    ({ signed: { raw } }) => `0x${raw.sender.hex}` === at && raw.sequenceNumber >= start,
  );
  return json(own.slice(0, limit).map((one) => landedJson(chain, one)));
}

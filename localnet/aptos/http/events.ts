/** Events by their handles. */
import { addressBytes } from '../../../src/chains/aptos/address';
import { Address } from '../../../src/vm-preview/move/core/values';
import { asRecord } from '../../json';
import type { Chain } from '../chain';
import { eventJson } from '../json/transaction';
import { type Answer, invalidInput, json, notFound, type Request } from './answer';
import { limitOf, type Scope, structTag, u64 } from './scope';

/**
 * @param name - the creation number of the handle, or the type of the resource that holds it
 * @param field - of that resource
 */
export function eventsOf(
  chain: Chain,
  at: string,
  name: string,
  field: string | undefined,
  scope: Scope,
  request: Request,
): Answer {
  const creation = field === undefined ? u64(name) : handleOf(at, name, field, scope);
  const creator = Address.fromBytes(addressBytes(at)).hex;
  const all = [...chain.transactions].flatMap(({ outcome, version }) =>
    outcome.events.flatMap((event) =>
      event.kind === 'v1' &&
      event.creationNumber === creation &&
      Address.fromBytes(event.creator).hex === creator
        ? [{ event, version }]
        : [],
    ),
  );
  const start = u64(request.query.get('start') ?? '0');
  const page = all.filter(({ event }) => event.sequenceNumber >= start);
  return json(
    page.slice(0, limitOf(request, 100)).map(({ event, version }) => ({
      version: String(version),
      ...eventJson(event, scope.reader),
    })),
  );
}

function handleOf(at: string, type: string, field: string, { reader }: Scope): bigint {
  const tag = structTag(type);
  const bytes = reader.resource(at, tag);
  if (bytes === undefined)
    throw notFound('Resource', `Address(${at}), Struct tag(${type})`, 'resource_not_found');
  const { creation_num: number } = asRecord(
    asRecord(asRecord(asRecord(asRecord(reader.json(bytes, tag))[field])['guid'])['id']),
  );
  if (typeof number !== 'string') throw invalidInput(`${field} of ${type} is no event handle`);
  return BigInt(number);
}

import { is, type Struct } from '@metamask/superstruct';
import { RequestError } from '../errors';
import type { RpcMethodName, RpcMethods } from '../types';

/** Who may call a method: any site, or one that the user connected an account to. */
export type MethodPermission = 'any' | 'connected';

/** A row of the table of methods. */
export interface Method<Name extends RpcMethodName = RpcMethodName> {
  readonly name: Name;
  readonly permission: MethodPermission;
  /** @throws RequestError `params-invalid`; RequestError, LookaheadError and others as the method says */
  handle(origin: string, params: unknown): Promise<RpcMethods[Name]['result']>;
}

/** Binds a handler to the schema that its parameters were checked with. */
export function method<Name extends RpcMethodName, Params>(
  name: Name,
  permission: MethodPermission,
  schema: Struct<Params>,
  handler: (origin: string, params: Params) => Promise<RpcMethods[Name]['result']>,
): Method<Name> {
  return {
    name,
    permission,
    handle: async (origin, params) => {
      // A page may leave out what is empty.
      const given = params ?? {};
      if (!is(given, schema)) {
        const [error] = schema.validate(given);
        // Where, not what: the value is the page's and may be anything.
        throw new RequestError('params-invalid', { at: error?.path.join('.') ?? '' });
      }
      return handler(origin, given);
    },
  };
}

/** A page that talks to the snap through a stand-in for MetaMask. */
import { SnapError } from '@metamask/snaps-sdk';
import { handleRequest, handleUserInput } from '../../src/rpc';
import type { RpcAccount, RpcMethodName, RpcMethods } from '../../src/rpc/types';
import type { SnapHost } from './snap-host';

export const ORIGIN = 'https://dapp.example';

type Params<Name extends RpcMethodName> = RpcMethods[Name]['params'];

export function ask<Name extends RpcMethodName>(
  name: Name,
  params: Params<Name>,
  origin: string = ORIGIN,
): Promise<RpcMethods[Name]['result']> {
  const request = handleRequest(origin, name, params);
  // It may fail while the test still clicks; whoever awaits it gets the error all the same.
  request.catch(() => undefined);
  return request as never;
}

/** What a request failed with, as the page sees it. */
export async function failure(request: Promise<unknown>): Promise<{
  code: number;
  message: string;
  data: { code: string; kind: string; context: Record<string, unknown> };
}> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof SnapError)) throw error;
    return { code: error.code, message: error.message, data: error.data as never };
  }
  throw new Error('the request did not fail');
}

export function wire(host: SnapHost): SnapHost {
  host.onUserInput = handleUserInput as never;
  return host;
}

/** Connects the accounts that the dialog offers ticked. */
export async function connect(host: SnapHost, origin: string = ORIGIN): Promise<RpcAccount[]> {
  const request = ask('wallet_connect', {}, origin);
  await host.click(await host.dialog(), 'approve');
  return [...(await request).accounts];
}

import type { Json } from '@metamask/snaps-sdk';
import { consentOf, readState } from '../store';
import { RequestError, toSnapError } from './errors';
import { METHODS } from './table';
import type { RpcMethodName } from './types';
import { requireUnlocked } from './unlocked';

/**
 * Answers one request of a page.
 *
 * @param origin - exactly as MetaMask names it
 * @throws SnapError, whatever went wrong: an error of another type would stop the snap
 */
export async function handleRequest(origin: string, name: string, params: unknown): Promise<Json> {
  try {
    if (!isMethod(name)) throw new RequestError('method-unknown');
    const method = METHODS[name];
    await requireUnlocked();
    if (method.permission === 'connected') await requireConsent(origin);
    return toJson(await method.handle(origin, params));
  } catch (error) {
    throw toSnapError(error);
  }
}

function isMethod(name: string): name is RpcMethodName {
  return Object.hasOwn(METHODS, name);
}

async function requireConsent(origin: string): Promise<void> {
  if (consentOf(await readState(), origin) === undefined) throw new RequestError('not-connected');
}

/** A copy without what JSON has no word for. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

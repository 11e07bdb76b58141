import { RequestError } from './errors';

/**
 * MetaMask would make a request wait for as long as it stays locked, with no word to the page. Asking
 * first gives the request an end.
 *
 * @throws RequestError `wallet-locked`
 */
export async function requireUnlocked(): Promise<void> {
  if (await isLocked()) throw new RequestError('wallet-locked');
}

export async function isLocked(): Promise<boolean> {
  const { locked } = await snap.request({ method: 'snap_getClientStatus' });
  return locked;
}

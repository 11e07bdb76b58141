/** Where each chain's wallets look for account number `index`: SLIP-10 ed25519, every step hardened. */

export type KeyringChain = 'solana' | 'aptos' | 'sui';

export const KEYRING_CHAINS: readonly KeyringChain[] = ['solana', 'aptos', 'sui'];

/** How many accounts one recovery phrase may have on a chain; a bound on a mistaken index. */
export const MAX_ACCOUNT_INDEX = 999;

/** Steps after the account's own, and the SLIP-44 coin type before it. */
const SCHEMES: Readonly<Record<KeyringChain, { coin: number; tail: readonly string[] }>> = {
  solana: { coin: 501, tail: ["0'"] },
  aptos: { coin: 637, tail: ["0'", "0'"] },
  sui: { coin: 784, tail: ["0'", "0'"] },
};

/** @returns e.g. `['m', "44'", "501'", "0'", "0'"]` */
export function accountPath(chain: KeyringChain, index: number): string[] {
  if (!Number.isInteger(index) || index < 0 || index > MAX_ACCOUNT_INDEX) {
    throw new RangeError(`an account's index is 0 to ${MAX_ACCOUNT_INDEX}`);
  }
  const { coin, tail } = SCHEMES[chain];
  return ['m', "44'", `${coin}'`, `${index}'`, ...tail];
}

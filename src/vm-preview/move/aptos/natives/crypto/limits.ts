/** Where cryptographic natives end in "cannot preview", though the chain carries them out; by native. */
export const CRYPTO_LIMITS: ReadonlyMap<string, string> = new Map([
  [
    '0x1::crypto_algebra::deserialize_internal',
    'refused for coordinates on a twist of BLS12-381, which the chain takes for a point',
  ],
  ['0x1::crypto_algebra::hash_to_internal', 'refused for an empty domain separation tag'],
]);

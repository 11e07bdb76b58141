/** The phrases that snaps-jest gives its simulated wallet, by the id of the entropy source. */
export const MNEMONICS = {
  default: 'test test test test test test test test test test test ball',
  alternative:
    'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
} as const;

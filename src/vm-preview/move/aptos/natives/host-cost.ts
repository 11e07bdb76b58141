/**
 * What natives cost on the machine that runs the preview, in microseconds: measured in Node on one core,
 * rounded up. Those for which gas is a tighter bound are not here.
 */
export const HOST_COST = {
  encodeByte: 0.1,
  decodeByte: 0.05,
  formatByte: 0.05,
  formatValue: 0.7,
  hashByte: 0.5,
  moveElement: 0.02,
  searchByte: 0.02,
} as const;

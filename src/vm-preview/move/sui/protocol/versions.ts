/** The protocol configuration of each version known, as it changed from one to the next. */
import type { ProtocolChange } from './change';
import { CHANGES_UP_TO_70 } from './versions-1';
import { CHANGES_UP_TO_103 } from './versions-71';
import { CHANGES_FROM_104 } from './versions-104';

export { VERSION_1 } from './versions-1';

/** In the order in which they hold. */
export const CHANGES: readonly ProtocolChange[] = [
  ...CHANGES_UP_TO_70,
  ...CHANGES_UP_TO_103,
  ...CHANGES_FROM_104,
];

/**
 * The last that the table has: what later versions will be is not settled yet. Sui's recordings of 139 differ
 * from one another (whether vectors get natives, what a kilobyte of packages costs), and 140 builds on it.
 */
export const NEWEST_IN_TABLE = 138;

/** The last whose rules of execution are all here. */
export const NEWEST_KNOWN = 138;

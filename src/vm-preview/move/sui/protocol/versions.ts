/** The protocol configuration of each version known, as it changed from one to the next. */
import type { ProtocolChange } from './change';
import { CHANGES_UP_TO_70 } from './versions-1';
import { CHANGES_FROM_71 } from './versions-71';

export { VERSION_1 } from './versions-1';

/** In the order in which they hold. */
export const CHANGES: readonly ProtocolChange[] = [...CHANGES_UP_TO_70, ...CHANGES_FROM_71];

/** The last that the table has. */
export const NEWEST_KNOWN = 92;

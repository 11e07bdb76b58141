/** The snap as a package. */
export const SNAP_ID = 'npm:lookahead-snap';

/** The oldest version that has every method called here: this package's own. A test holds them together. */
export const SNAP_VERSION = '0.1.0';

/**
 * With no upper end: methods are added to the snap and not taken away, and MetaMask refuses a site whose
 * range the installed snap has left.
 */
export const SNAP_RANGE = `>=${SNAP_VERSION}`;

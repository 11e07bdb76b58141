/** Sui's adapter to the Move VM: its objects, its programmable transactions, its gas. */
export * from './data';
export { executeTransaction, SuiCache } from './execution';
export { DENY_LIST } from './execution/deny-list';
export { type Id, idOf } from './linkage';
export { dynamicFieldId } from './natives';
export { NEWEST_KNOWN, type Network, networkOf, ProtocolConfig } from './protocol';
export * from './state';
export * from './types';

export { type Network, networkOf, ProtocolConfig } from './config';
export { NEWEST_IN_TABLE, NEWEST_KNOWN } from './versions';

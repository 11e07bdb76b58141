export { type Network, networkOf, ProtocolConfig } from './config';
export { NEWEST_KNOWN } from './versions';

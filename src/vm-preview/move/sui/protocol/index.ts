export { type Network, networkOf, ProtocolConfig } from './config';
export { UNREAD_FEATURES, unreadInPublishing } from './unread';
export { NEWEST_IN_TABLE, NEWEST_KNOWN } from './versions';

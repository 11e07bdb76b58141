/** Where the snap is: another one in a build for production. */
declare const __SNAP_ID__: string;
declare const __LOCALNET_URL__: string;
declare const __APTOS_LOCALNET_URL__: string;
declare const __SUI_LOCALNET_URL__: string;

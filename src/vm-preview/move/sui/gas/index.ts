export { GasStatus, type GasStatusOptions, netUse } from './gas-status';
export { SuiGas, type SuiGasOptions } from './sui-gas';

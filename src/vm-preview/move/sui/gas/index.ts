export { GasStatus, type GasStatusOptions, netUse, roundedByDigits } from './gas-status';
export { SuiGas, type SuiGasOptions } from './sui-gas';

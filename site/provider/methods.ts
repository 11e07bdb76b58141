/** Every method of the snap with its parameters and result, those of Sui among them. */
import type { RpcMethods } from '../../src/rpc/types';

interface SuiTarget {
  readonly network?: string;
  readonly account?: string;
}

/** Bytes are base64: `TransactionData` in BCS; a signature with its scheme's flag and its public key. */
export interface SuiMethods {
  sui_signTransaction: {
    params: SuiTarget & { readonly transaction: string };
    /** `transaction` is what was signed: one that came without gas has it now. */
    result: { readonly transaction: string; readonly signature: string };
  };
  sui_signAndExecuteTransaction: {
    params: SuiTarget & { readonly transaction: string };
    /** `effects` in BCS. */
    result: {
      readonly transaction: string;
      readonly signature: string;
      readonly digest: string;
      readonly effects: string;
    };
  };
  sui_signPersonalMessage: {
    params: SuiTarget & { readonly message: string };
    /** `message` is what was signed, without the intent. */
    result: { readonly message: string; readonly signature: string };
  };
}

export type SnapMethods = Omit<SuiMethods, keyof RpcMethods> & RpcMethods;

export type SnapMethodName = keyof SnapMethods;

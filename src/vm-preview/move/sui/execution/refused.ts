/** A transaction that the chain does not take. Errors have the names of `UserInputError` (sui-types, error.rs). */
import { LookaheadError } from '../../../errors';

/** What the chain's error says besides its name, where that is more than words. Ids and addresses are 32 bytes. */
export type RefusalFacts =
  | { readonly kind: 'ObjectNotFound'; readonly object: Uint8Array; readonly version?: bigint }
  | { readonly kind: 'DependentPackageNotFound'; readonly package: Uint8Array }
  | { readonly kind: 'MovePackageAsObject'; readonly object: Uint8Array }
  | {
      readonly kind: 'InvalidChildObjectArgument';
      readonly child: Uint8Array;
      readonly parent: Uint8Array;
    }
  | {
      readonly kind: 'IncorrectUserSignature';
      readonly object: Uint8Array;
      readonly owner: Uint8Array;
      readonly signer: Uint8Array;
    }
  /** MIST. */
  | { readonly kind: 'GasBalanceTooLow'; readonly balance: bigint; readonly needed: bigint }
  /** The type's text, without `0x`. */
  | {
      readonly kind: 'AddressDeniedForCoin';
      readonly address: Uint8Array;
      readonly coinType: string;
    }
  | { readonly kind: 'CoinTypeGlobalPause'; readonly coinType: string }
  /** In the chain's words. */
  | { readonly kind: 'Unsupported'; readonly feature: string };

/** Nothing is charged. */
export class RefusedError extends LookaheadError {
  override readonly name = 'RefusedError';
  /** A variant of `UserInputError`. */
  readonly refusal: string;
  readonly facts: RefusalFacts | undefined;

  /** @param refusal - a variant of `UserInputError`, or what one says */
  constructor(refusal: string | RefusalFacts, text: string) {
    const name = typeof refusal === 'string' ? refusal : refusal.kind;
    super('rejected', 'sui-refused', text, { refusal: name });
    this.refusal = name;
    this.facts = typeof refusal === 'string' ? undefined : refusal;
  }
}

/** @throws RefusedError unless it holds */
export function ensure(
  holds: boolean,
  refusal: string | RefusalFacts,
  text: string,
): asserts holds {
  if (!holds) throw new RefusedError(refusal, text);
}

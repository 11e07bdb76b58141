/** What commands run on: the Move VM, the places of values, and what moving them costs (execution/context.rs). */
import {
  Address,
  asReference,
  ByteVector,
  copyValue,
  integer,
  Struct,
  type Value,
} from '../../../core/values';
import { settledFunds } from '../../address-balance';
import { invariantViolation } from '../../execution/error';
import { MoveSession, type SessionParts } from '../../execution/move-session';
import type { TemporaryStore } from '../../execution/temporary-store';
import type { ValueType } from '../../execution/value';
import { idOf } from '../../linkage';
import type { SuiState } from '../../state';
import { isLaunched } from '../launch';
import type { PtbType } from '../loading/ptb-type';
import type { TypedArgument, TypedTransaction, Usage } from '../typing/ast';
import { Charges } from './charges';
import { balanceOf, setBalance } from './coin-value';
import { type GasCoinTransfer, loadGasCoin } from './gas-coin';
import { InputObjects, type LoadedInput } from './input-objects';
import { type ByteInputs, Locations } from './locations';
import { Shapes } from './shapes';
import { withdrawalValue } from './withdrawal-value';

export type MachineParts = Omit<SessionParts, 'objects'> & {
  readonly state: SuiState;
  readonly store: TemporaryStore;
};

export class Machine {
  readonly session: MoveSession;
  readonly shapes: Shapes;
  readonly charges: Charges;
  readonly locations: Locations;
  readonly objects: readonly LoadedInput[];
  /** Undefined where gas is not paid from a coin. */
  readonly gasCoin: ReturnType<typeof loadGasCoin>;
  /** Undefined while it is where it was. */
  gasCoinTransfer: GasCoinTransfer | undefined;

  /** @throws MoveError OUT_OF_GAS; MissingObjectsError, StateError */
  constructor(
    readonly parts: MachineParts,
    { objects, withdrawals, pure, receiving }: TypedTransaction,
    gasCoinType: ValueType,
  ) {
    const { protocol, linkage, charger, state, store, transaction } = parts;
    this.shapes = new Shapes(linkage);
    this.charges = new Charges(charger.status.meter, this.shapes, isLaunched(protocol));
    const inputs = new InputObjects(store, this.shapes, this.charges);
    this.objects = objects.map((object) => inputs.load(object));
    const withdrawn = withdrawals.map((withdrawal) => {
      const value = withdrawalValue(withdrawal);
      this.charges.load(value, this.shapes.typeOf(withdrawal.type.tag));
      return value;
    });
    this.gasCoin = loadGasCoin(charger, protocol, inputs, {
      type: gasCoinType,
      freshId: () => transaction.freshId(),
    });
    this.locations = new Locations(
      {
        txContext: contextValue(transaction.digest),
        gasCoin: this.gasCoin?.value,
        objects: this.objects.map(({ value }) => value),
        withdrawals: withdrawn,
        pure,
        receiving,
      },
      this.#byteInputs(),
    );
    if (this.gasCoin !== undefined) this.#holdBudget();
    this.session = new MoveSession({
      ...parts,
      objects: {
        state,
        inputs: inputs.forRuntime,
        protocol,
        isMetered: true,
        settledFunds: settledFunds(state),
      },
    });
    if (this.gasCoin?.isMade === true) this.session.objects.newId(this.gasCoin.id);
  }

  /** Takes an argument's value as its form says. @throws MoveError OUT_OF_GAS */
  argument({ form, type }: TypedArgument): Value {
    switch (form.kind) {
      case 'use':
      case 'freeze':
        return this.#use(form.usage, type);
      case 'read': {
        const reference = asReference(this.#use(form.usage, { ...type, by: 'reference' }));
        this.charges.read(reference, type);
        return copyValue(reference.get());
      }
      case 'borrow':
        this.charges.borrow();
        return this.locations.borrow(form.location);
    }
  }

  arguments(args: readonly TypedArgument[]): readonly Value[] {
    return args.map((argument) => this.argument(argument));
  }

  #use({ kind, location }: Usage, type: PtbType): Value {
    if (kind === 'move') {
      const value = this.locations.move(location);
      this.charges.move(value);
      return value;
    }
    const value = this.locations.copy(location);
    this.charges.copy(value, type);
    return value;
  }

  #byteInputs(): ByteInputs {
    const load = (value: Value, type: ValueType): Value => {
      this.charges.load(value, this.shapes.typeOf(type.tag));
      return value;
    };
    return {
      pure: ({ bytes, type }) => load(this.shapes.pure(type.tag, bytes), type),
      receiving: ({ ref, type }) => {
        const id = new Struct([Address.parse(idOf(ref.id))]);
        return load(new Struct([id, integer(ref.version)]), type);
      },
    };
  }

  /** The coin is used as if it held the budget less, which is off limits. */
  #holdBudget(): void {
    const coin = this.locations.borrow({ kind: 'gasCoin' });
    const left = balanceOf(coin.get()) - this.parts.charger.status.budget;
    if (left < 0n) throw invariantViolation('Transaction input checker should check the gas');
    setBalance(coin, left);
  }
}

/** `0x2::tx_context::TxContext`, of which natives know all; only the digest is in it. */
function contextValue(digest: Uint8Array): Value {
  return new Struct([
    Address.parse('0x0'),
    new ByteVector(digest.slice()),
    integer(0n),
    integer(0n),
    integer(0n),
  ]);
}

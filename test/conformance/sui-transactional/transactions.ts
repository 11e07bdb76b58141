/** Transactions as the runner sends them, tries them and inspects them (test_adapter.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type Expiration,
  type ObjectRef,
  objectRef,
  type ProgrammableTransaction,
  ProtocolConfig,
  type SuiObject,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';
import type { Account } from './accounts';
import { type Executed, type ExecutionContext, executed } from './executed';
import { gasCoin } from './genesis';
import { TaskError } from './unsupported';

const BUDGET = 5_000_000_000n;
const PRICE = 1000n;
const INSPECTION_BALANCE = 1_000_000_000_000_000_000n;
const INSPECTION_COIN = new Uint8Array(32).fill(0xee);

export interface Gas {
  readonly budget?: bigint | undefined;
  readonly price?: bigint | undefined;
  readonly sponsor?: string | undefined;
  /** Object names; the payer's own coin where there are none. */
  readonly payment?: readonly string[];
  readonly expiration?: bigint | undefined;
  readonly isDryRun?: boolean;
  /** Whether a coin that is nowhere pays. */
  readonly isMadeUp?: boolean;
}

export class Transactions {
  constructor(
    /** By name; who sends where none is named. */
    private readonly account: (name: string | undefined) => Account,
    private readonly object: (name: string) => SuiObject,
    private readonly price: bigint = PRICE,
  ) {}

  /** @throws TaskError where it fails or is refused */
  execute(
    context: ExecutionContext,
    programmable: ProgrammableTransaction,
    sender: string | undefined,
    gas: Gas,
    isShort: boolean,
  ): Executed {
    const from = this.account(sender);
    const payer = gas.sponsor === undefined ? from : this.account(gas.sponsor);
    const coin =
      gas.isMadeUp === true
        ? gasCoin(INSPECTION_COIN, payer.address, INSPECTION_BALANCE)
        : undefined;
    const payment =
      coin === undefined ? this.#payment(context, payer, gas.payment ?? []) : [objectRef(coin)];
    const data: TransactionData = {
      kind: { kind: 'programmable', programmable },
      sender: from.address,
      gas: {
        payment,
        owner: payer.address,
        price: gas.price ?? this.price,
        budget: gas.budget ?? BUDGET,
      },
      expiration: expirationOf(gas.expiration),
    };
    const world = coin === undefined ? context.world : context.world.with(coin);
    return executed(data, { ...context, world }, { isShort, isDryRun: gas.isDryRun === true });
  }

  /** Whoever owns what, and paid with a coin that is nowhere (sui-core, authority.rs `dev_inspect_transaction_block`). */
  inspect(
    context: ExecutionContext,
    programmable: ProgrammableTransaction,
    sender: string | undefined,
    price: bigint | undefined,
  ): string {
    const from = this.account(sender).address;
    const coin = gasCoin(INSPECTION_COIN, from, INSPECTION_BALANCE);
    const protocol = ProtocolConfig.of(context.environment);
    // The first version of execution has no rules of its own for it here: what breaks none of the others is
    // as on the chain.
    const inspects = protocol.feature('enable_ptb_execution_v2');
    const environment = inspects ? { ...context.environment, inspects } : context.environment;
    const data: TransactionData = {
      kind: { kind: 'programmable', programmable },
      sender: from,
      gas: {
        payment: [objectRef(coin)],
        owner: from,
        price: price ?? environment.referenceGasPrice,
        budget: protocol.required('max_tx_gas'),
      },
      expiration: { kind: 'none' },
    };
    const world = context.world.with(coin);
    return executed(
      data,
      { ...context, world, environment },
      { isShort: false, isDryRun: true },
    ).text();
  }

  #payment({ world }: ExecutionContext, payer: Account, names: readonly string[]): ObjectRef[] {
    const coins =
      names.length === 0
        ? [world.latest(bytesToHex(payer.gas.id))]
        : names.map((name) => this.object(name));
    return coins.map((coin) => {
      if (coin === null) throw new TaskError('INVALID TEST! Unable to find object');
      return objectRef(coin);
    });
  }
}

const expirationOf = (epoch: bigint | undefined): Expiration =>
  epoch === undefined ? { kind: 'none' } : { kind: 'epoch', epoch };

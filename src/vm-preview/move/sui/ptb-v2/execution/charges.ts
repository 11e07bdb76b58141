/** What handing values to commands costs (execution/context.rs, `charge_gas!`). */
import { OPCODES_BY_NAME } from '../../../core/format';
import type { Reference, Value } from '../../../core/values';
import type { SuiGas } from '../../gas';
import type { PtbType } from '../loading/ptb-type';
import type { LoadedType, Shapes } from './shapes';

const BORROW = OPCODES_BY_NAME.sui.get('MutBorrowLoc')?.byte ?? 0;

export class Charges {
  /** @param isLaunched - whether stacks are kept even, as on networks: see `launch.ts` */
  constructor(
    private readonly meter: SuiGas,
    private readonly shapes: Shapes,
    private readonly isLaunched: boolean,
  ) {}

  /** An input comes to its place. */
  load(value: Value, { type, loader }: LoadedType): void {
    this.meter.copyLocal(value, type, loader);
    if (this.isLaunched) this.meter.storeLocal();
  }

  move(value: Value): void {
    if (this.isLaunched) this.meter.moveLocal(value);
  }

  copy(value: Value, type: PtbType): void {
    const { type: moveType, loader } = this.#loaded(type);
    this.meter.copyLocal(value, moveType, loader);
  }

  borrow(): void {
    if (this.isLaunched) this.meter.instruction(BORROW);
  }

  /** The chain weighs the reference here, and not what it refers to. */
  read(reference: Reference, type: PtbType): void {
    const { type: moveType, loader } = this.#loaded({ ...type, by: 'reference' });
    this.meter.readReference(reference, moveType, loader);
  }

  /** A command looks at a value through a reference: the chain copies that. */
  look(reference: Reference, type: PtbType): void {
    this.copy(reference, type);
    if (this.isLaunched) this.meter.pop();
  }

  /** The context is given to `init`. */
  lendContext(): void {
    if (!this.isLaunched) return;
    this.meter.instruction(BORROW);
    this.meter.storeLocal();
  }

  /** A command ends. @param popped - arguments, and what a call put on the stack */
  end(popped: number): void {
    if (this.isLaunched) this.meter.popMany(popped);
  }

  #loaded({ by, of }: PtbType): LoadedType {
    const { type, loader } = this.shapes.typeOf(of.tag);
    if (by === 'value') return { type, loader };
    return { type: loader.types.reference(type, by === 'mutableReference'), loader };
  }
}

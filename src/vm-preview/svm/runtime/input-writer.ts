import { type InputRegion, MM_INPUT_START } from '../sbpf/types';

const INPUT_START = Number(MM_INPUT_START);

/** In bytes: four accounts' room to grow, and then some. */
const SCRATCH_SIZE = 256 * 1024;
let scratch: Uint8Array | undefined;

/** Zeros to write on. */
function zeroed(size: number): Uint8Array {
  if (size > SCRATCH_SIZE) return new Uint8Array(size);
  scratch ??= new Uint8Array(SCRATCH_SIZE);
  return scratch.subarray(0, size).fill(0);
}

/**
 * Writes a program's input and cuts it into regions. Addresses stay below 2^53, so they are numbers
 * here. The regions' bytes last until the next writer is made: the machine copies them when it is entered.
 * Source: agave `program-runtime/src/serialization.rs` (`Serializer`).
 */
export class InputWriter {
  readonly regions: InputRegion[] = [];
  readonly #buffer: Uint8Array;
  readonly #view: DataView;
  #position = 0;
  #regionStart = 0;
  #regionAddress = INPUT_START;

  /** @param size - exact, in bytes */
  constructor(size: number) {
    this.#buffer = zeroed(size);
    this.#view = new DataView(this.#buffer.buffer, 0, size);
  }

  /** Where the next byte goes, in the program's address space. */
  get address(): number {
    return this.#regionAddress + this.#position - this.#regionStart;
  }

  /** @returns the address */
  u8(value: number): number {
    const address = this.address;
    this.#buffer[this.#position++] = value;
    return address;
  }

  /** @returns the address */
  u64(value: bigint | number): number {
    const address = this.address;
    this.#view.setBigUint64(this.#position, BigInt(value), true);
    this.#position += 8;
    return address;
  }

  /** @returns the address */
  bytes(bytes: Uint8Array): number {
    const address = this.address;
    this.#buffer.set(bytes, this.#position);
    this.#position += bytes.length;
    return address;
  }

  zeros(count: number): void {
    this.#position += count;
  }

  /** Ends the region that is being written. */
  closeRegion(options: { writable: boolean; accountIndex: number | undefined }): void {
    const bytes = this.#buffer.subarray(this.#regionStart, this.#position);
    this.#pushRegion({ bytes, capacity: bytes.length, ...options });
    this.#regionStart = this.#position;
    this.#regionAddress += bytes.length;
  }

  /** A region that takes `reserved` bytes of address space and none of the buffer. */
  mapRegion(region: Omit<InputRegion, 'vmAddress'>, reserved: number): void {
    this.#pushRegion(region);
    this.#regionAddress += reserved;
  }

  #pushRegion(region: Omit<InputRegion, 'vmAddress'>): void {
    const { bytes, capacity, writable, accountIndex } = region;
    const vmAddress = BigInt(this.#regionAddress);
    this.regions.push({ bytes, capacity, writable, accountIndex, vmAddress });
  }
}

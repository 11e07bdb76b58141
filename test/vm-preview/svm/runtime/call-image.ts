/** The structures by which programs call programs, laid out in a program's heap. */
import { HEAP, type Operation, type Place, script } from './puppet';

export type Abi = 'C' | 'Rust';

export interface Meta {
  readonly key: Uint8Array;
  readonly signer?: boolean | number;
  readonly writable?: boolean | number;
}

/** An account info's fields; each can be made wrong on purpose. */
export interface Info {
  readonly key: bigint;
  readonly owner: bigint;
  readonly lamports: bigint;
  readonly data: bigint;
  readonly length: bigint;
}

export function infoOf(place: Place, length: number | bigint): Info {
  return { ...place, length: BigInt(length) };
}

export interface Call {
  readonly program: Uint8Array;
  readonly metas: readonly Meta[];
  readonly data: Uint8Array;
  readonly infos: readonly Info[];
  /** Signers' seeds. */
  readonly seeds?: readonly (readonly Uint8Array[])[];
  /** Overrides of the syscall's own arguments, r1 to r5. */
  readonly args?: readonly (bigint | undefined)[];
  /** Overrides of the lengths in the instruction. */
  readonly metaCount?: bigint;
  readonly dataLength?: bigint;
}

/** Bytes of the heap, addressed from its start. */
export class Image {
  #bytes = new Uint8Array(0);

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  add(bytes: Uint8Array): bigint {
    const start = Math.ceil(this.#bytes.length / 8) * 8;
    const grown = new Uint8Array(start + bytes.length);
    grown.set(this.#bytes);
    grown.set(bytes, start);
    this.#bytes = grown;
    return HEAP + BigInt(start);
  }

  words(words: readonly (bigint | number)[], tail: Uint8Array = new Uint8Array(0)): bigint {
    const bytes = new Uint8Array(words.length * 8 + tail.length);
    const view = new DataView(bytes.buffer);
    for (const [index, word] of words.entries()) {
      view.setBigUint64(index * 8, BigInt.asUintN(64, BigInt(word)), true);
    }
    bytes.set(tail, words.length * 8);
    return this.add(bytes);
  }

  /** @returns the operation that makes the call, and where the account infos lie */
  call(abi: Abi, call: Call): { readonly operation: Operation; readonly infos: bigint } {
    const { instruction, infos } = abi === 'C' ? this.#callC(call) : this.#callRust(call);
    const signers = (call.seeds ?? []).map((seeds) => {
      const slices = seeds.flatMap((seed) => [this.add(seed), BigInt(seed.length)]);
      return [this.words(slices), BigInt(seeds.length)];
    });
    const seeds = this.words(signers.flat());
    const defaults = [instruction, infos, BigInt(call.infos.length), seeds, BigInt(signers.length)];
    const args = defaults.map((value, index) => call.args?.[index] ?? value);
    return { operation: [abi === 'C' ? 'invokeC' : 'invokeRust', ...args], infos };
  }

  #callC(call: Call): { readonly instruction: bigint; readonly infos: bigint } {
    const metas = concat(
      call.metas.map(({ key, signer = false, writable = false }) => {
        const bytes = new Uint8Array(16);
        new DataView(bytes.buffer).setBigUint64(0, this.add(key), true);
        bytes.set([Number(writable), Number(signer)], 8);
        return bytes;
      }),
    );
    const instruction = this.words([
      this.add(call.program),
      this.add(metas),
      call.metaCount ?? call.metas.length,
      this.add(call.data),
      call.dataLength ?? call.data.length,
    ]);
    const infos = this.words(
      call.infos.flatMap((info) => [
        info.key,
        info.lamports,
        info.length,
        info.data,
        info.owner,
        0n,
        0n,
      ]),
    );
    return { instruction, infos };
  }

  #callRust(call: Call): { readonly instruction: bigint; readonly infos: bigint } {
    const metas = concat(
      call.metas.map(({ key, signer = false, writable = false }) =>
        concat([key, Uint8Array.of(Number(signer), Number(writable))]),
      ),
    );
    const metasAddress = this.add(metas);
    const metaCount = call.metaCount ?? call.metas.length;
    const dataLength = call.dataLength ?? call.data.length;
    const instruction = this.words(
      [metasAddress, metaCount, metaCount, this.add(call.data), dataLength, dataLength],
      call.program,
    );
    const infos = this.words(
      call.infos.flatMap((info) => [
        info.key,
        this.words([1, 1, 0, info.lamports]),
        this.words([1, 1, 0, info.data, info.length]),
        info.owner,
        0n,
        0n,
      ]),
    );
    return { instruction, infos };
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** A script that lies at `address`, followed by the image that it first copies to the heap. */
export function assemble(
  address: bigint,
  image: Image,
  operations: readonly Operation[],
): Uint8Array {
  if (image.bytes.length === 0) return script(operations);
  const withCopy = (source: bigint): Uint8Array =>
    script([['memcpy', HEAP, source, image.bytes.length], ...operations]);
  const length = BigInt(withCopy(0n).length);
  return concat([withCopy(address + length), image.bytes]);
}

/** Nests of calls between programs that write, grow, give away and hand on what they may and may not. */
import { type PublicKey, SystemProgram } from '@solana/web3.js';
import {
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V1,
  Pubkey,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction, web3Key } from '../../../support/solana-transaction';
import {
  type Abi,
  assemble,
  concat,
  Image,
  type Info,
  infoOf,
  type Meta,
} from '../../../vm-preview/svm/runtime/call-image';
import {
  type Operation,
  type Place,
  places,
  puppetElf,
} from '../../../vm-preview/svm/runtime/puppet';
import { account, caseOf, type Placed, type Scene, u32, u64 as u64Bytes } from '../case';
import type { Random } from '../random';

const SCRIPT_BYTES = 32_768;
const UNITS = 1_400_000;
/** A loader v3 program's account, which only points at its data. */
const PROGRAM_BYTES = 36;
const ELF = puppetElf();

interface Slot {
  readonly key: PublicKey;
  readonly signer: boolean;
  readonly writable: boolean;
  readonly length: number;
  readonly owner: PublicKey;
  duplicateOf?: number;
}

const u64 = (value: bigint): Uint8Array => Uint8Array.from(u64Bytes(value));

const payer = address(1);
const scriptKey = address(2);
const ids = [address(5), address(6)] as const;
const programs = [web3Key(ids[0]), web3Key(ids[1])] as const;
/** Stands for whatever owns a program: calls need it among their accounts. */
const LOADER = web3Key(address(7));

class Writer {
  constructor(
    private readonly random: Random,
    private readonly abi: Abi,
    private readonly isV1: boolean,
  ) {}

  layout(slots: readonly Slot[]): ReturnType<typeof places> {
    return places(
      slots.map(({ length, duplicateOf }) =>
        duplicateOf === undefined ? length : { duplicateOf },
      ),
      this.isV1,
    );
  }

  operations(program: PublicKey, slots: readonly Slot[], image: Image, depth: number): Operation[] {
    const { accounts } = this.layout(slots);
    const lengths = slots.map(({ length }) => length);
    const operations: Operation[] = [];
    const count = 1 + this.random.below(5);
    for (let index = 0; index < count; index++) {
      if (depth > 0 && this.random.chance(45)) {
        operations.push(this.call(slots, accounts, lengths, image, depth));
      } else {
        operations.push(...this.write(program, slots, accounts, lengths));
      }
    }
    return operations;
  }

  private write(
    program: PublicKey,
    slots: readonly Slot[],
    accounts: readonly Place[],
    lengths: number[],
  ): Operation[] {
    const { random } = this;
    const index = this.likely(slots, ({ writable, owner }) => writable && owner.equals(program));
    const place = accounts[index];
    const length = lengths[index];
    if (place === undefined || length === undefined) return [];
    switch (random.below(9)) {
      case 0:
        return [['store8', place.data + BigInt(random.below(length + 40)), random.below(256)]];
      case 1:
        return [['load8', place.data + BigInt(random.below(length + 20))]];
      case 2: {
        const grown = random.chance(80) ? random.below(length * 2 + 40) : random.below(22_000);
        lengths[index] = grown;
        return [['store64', place.length, grown]];
      }
      case 3: {
        const other = accounts[this.likely(slots, ({ writable }) => writable)];
        if (other === undefined) return [];
        const amount = BigInt(random.below(1000));
        return [
          ['add64', place.lamports, -amount],
          ['add64', other.lamports, amount],
        ];
      }
      case 4:
        return [['memset', place.data, 0, random.below(length + 10)]];
      case 5: {
        const owner = accounts[random.below(accounts.length)];
        if (owner === undefined) return [];
        return [
          ['memset', place.data, 0, length],
          ['memcpy', place.owner, owner.key, 32],
        ];
      }
      case 6:
        return [['store64', place.data + BigInt(random.below(length + 10_300)), random.below(99)]];
      case 7:
        return [['setReturnData', place.data, random.below(Math.max(1, Math.min(length, 64)))]];
      default:
        return random.chance(20) ? [['exit', random.below(3)]] : [];
    }
  }

  private call(
    slots: readonly Slot[],
    accounts: readonly Place[],
    lengths: readonly number[],
    image: Image,
    depth: number,
  ): Operation {
    const { random } = this;
    const infos = slots.map((slot, index) => this.info(slot, accounts[index], lengths[index]));
    if (random.chance(25)) {
      const [from, to] = [
        this.likely(slots, ({ signer }) => signer),
        this.likely(slots, ({ writable }) => writable),
      ].map((index) => slots[index]?.key.toBytes() ?? new Uint8Array(32));
      return image.call(this.abi, {
        program: SystemProgram.programId.toBytes(),
        metas: [
          { key: from ?? new Uint8Array(32), signer: true, writable: true },
          { key: to ?? new Uint8Array(32), writable: true },
        ],
        data: concat([Uint8Array.of(2, 0, 0, 0), u64(BigInt(random.below(2000)))]),
        infos,
      }).operation;
    }
    const inner: Slot[] = [];
    const metas: Meta[] = [];
    const positions = slots.flatMap(({ owner }, index) => (owner.equals(LOADER) ? [index] : []));
    const count = 1 + random.below(slots.length);
    for (let index = 0; index < count; index++) positions.push(random.below(slots.length));
    const callee = random.pick(programs);
    for (const position of random.chance(95) ? positions : positions.slice(1)) {
      const slot = slots[position];
      if (slot === undefined) continue;
      const writable = random.chance(95) ? slot.writable && random.chance(80) : true;
      const signer = slot.signer && random.chance(80);
      metas.push({ key: slot.key.toBytes(), writable, signer });
      const duplicateOf = inner.findIndex((known) => known.key.equals(slot.key));
      const entry = { ...slot, writable, signer, length: lengths[position] ?? 0 };
      delete entry.duplicateOf;
      inner.push(duplicateOf < 0 ? entry : { ...entry, duplicateOf });
    }
    const layout = this.layout(inner);
    const address = layout.data + 8n;
    const innerImage = new Image();
    const operations = this.operations(callee, inner, innerImage, depth - 1);
    return image.call(this.abi, {
      program: callee.toBytes(),
      metas,
      data: concat([u64(address), assemble(address, innerImage, operations)]),
      infos: random.chance(90) ? infos : infos.slice(0, random.below(infos.length + 1)),
    }).operation;
  }

  private info(slot: Slot, place: Place | undefined, length: number | undefined): Info {
    if (place === undefined) throw new RangeError('an account without a place');
    const { random } = this;
    const info = infoOf(place, random.chance(92) ? (length ?? 0) : random.below(slot.length + 30));
    return random.chance(98) ? info : { ...info, data: info.data + 8n };
  }

  /** An index of a slot that suits, more often than not. */
  private likely(slots: readonly Slot[], suits: (slot: Slot) => boolean): number {
    const indexes = slots.flatMap((slot, index) => (suits(slot) ? [index] : []));
    return indexes.length > 0 && this.random.chance(85)
      ? this.random.pick(indexes)
      : this.random.below(slots.length);
  }
}

/** Programs that call each other; of loader v3 unless another is named. */
export function callsScene(world: LitesvmWorld, loader?: Pubkey): Scene {
  const isV1 = loader?.equals(LOADER_V1) === true;
  const programBytes = loader === undefined ? PROGRAM_BYTES : ELF.length;
  for (const id of ids) world.addProgram(id, ELF, loader);
  const systemBytes = world.get(SYSTEM_PROGRAM)?.data.length ?? 0;
  return { world, next };

  function next(random: Random) {
    const readonly = { signer: false, writable: false, owner: SystemProgram.programId };
    const slots: Slot[] = [
      { ...readonly, key: web3Key(payer), signer: true, writable: true, length: 0 },
      { ...readonly, key: web3Key(scriptKey), length: SCRIPT_BYTES },
      { ...readonly, key: programs[0], owner: LOADER, length: programBytes },
      { ...readonly, key: programs[1], owner: LOADER, length: programBytes },
      { ...readonly, key: SystemProgram.programId, owner: LOADER, length: systemBytes },
    ];
    const placed: Placed[] = [[payer, account(10_000_000_000n, SYSTEM_PROGRAM)]];
    const lengths = [200, 70, 20, 1, 3000].map((limit) => random.below(limit));
    lengths.forEach((length, index) => {
      const owner = random.pick([...ids, ...ids, SYSTEM_PROGRAM]);
      const key = address(20 + index);
      const data = new Uint8Array(length).fill(index + 1);
      // Some are as poor as rent lets them be.
      const lamports = random.chance(80) ? 10_000_000_000n : BigInt(128 + length) * 5080n;
      placed.push([key, account(lamports, owner, data)]);
      slots.push({
        key: web3Key(key),
        signer: random.chance(30),
        writable: random.chance(80),
        length,
        owner: web3Key(owner),
      });
    });
    const writer = new Writer(random, random.pick(['C', 'Rust']), isV1);
    const layout = writer.layout(slots);
    const image = new Image();
    const start = layout.accounts[1]?.data ?? 0n;
    const data = new Uint8Array(SCRIPT_BYTES);
    const script = assemble(start, image, writer.operations(programs[0], slots, image, 3));
    // A longer one ends in an operation that there is not.
    data.set(script.subarray(0, SCRIPT_BYTES));
    placed.push([scriptKey, account(10_000_000_000n, SYSTEM_PROGRAM, data)]);
    const call = instruction(
      ids[0],
      slots.map(({ key, signer, writable }) => ({
        pubkey: Pubkey.from(key.toBytes()),
        isSigner: signer,
        isWritable: writable,
      })),
      u64(start),
    );
    const limit = instruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...u32(UNITS)]);
    return caseOf(world, payer, [limit, call], placed);
  }
}

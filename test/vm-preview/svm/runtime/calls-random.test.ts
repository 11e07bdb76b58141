/**
 * Random scripts of writes and calls, held to agave. LOOKAHEAD_CALLS says how many to run,
 * LOOKAHEAD_SEED where to start.
 */
import { Keypair, type PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { type Abi, assemble, concat, Image, type Info, infoOf, type Meta } from './call-image';
import { MODES, SYSTEM_BYTES, Twin } from './native';
import { type Operation, type Place, places, puppetElf } from './puppet';

const COUNT = Number(process.env['LOOKAHEAD_CALLS'] ?? 20);
const SEED = Number(process.env['LOOKAHEAD_SEED'] ?? 1);
const SCRIPT_BYTES = 32_768;
const ELF = puppetElf();

/** mulberry32 */
class Random {
  constructor(private state: number) {}

  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }
}

interface Slot {
  readonly key: PublicKey;
  readonly signer: boolean;
  readonly writable: boolean;
  readonly length: number;
  readonly owner: PublicKey;
  duplicateOf?: number;
}

function key(seed: number): PublicKey {
  return Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey;
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

const payer = key(1);
const scriptKey = key(2);
const programs = [key(5), key(6)] as const;
/** Stands for whatever owns a program: calls need it among their accounts. */
const LOADER = key(7);

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

const LOADERS = [
  ['loader v3', 'BPFLoaderUpgradeab1e11111111111111111111111', 36, false],
  ['loader v1', 'BPFLoader1111111111111111111111111111111111', ELF.length, true],
] as const;

describe.each(MODES)('random calls against agave, %s', (_mode, changes) => {
  it.each(LOADERS)('of programs of %s', (_loader, loader, programBytes, isV1) => {
    const twin = new Twin(changes);
    for (const program of programs) {
      twin.svm.addProgramWithLoader(program.toBase58() as never, ELF, loader as never);
    }
    twin.nextSlot();
    const errors = new Map<string, number>();
    for (let seed = SEED; seed < SEED + COUNT; seed++) {
      const random = new Random(seed);
      const lengths = [
        random.below(200),
        random.below(70),
        random.below(20),
        0,
        random.below(3000),
      ];
      const readonly = { signer: false, writable: false, owner: SystemProgram.programId };
      const slots: Slot[] = [
        { ...readonly, key: payer, signer: true, writable: true, length: 0 },
        { ...readonly, key: scriptKey, length: SCRIPT_BYTES },
        { ...readonly, key: programs[0], owner: LOADER, length: programBytes },
        { ...readonly, key: programs[1], owner: LOADER, length: programBytes },
        { ...readonly, key: SystemProgram.programId, owner: LOADER, length: SYSTEM_BYTES },
      ];
      twin.set(payer, {});
      lengths.forEach((length, index) => {
        const owner = random.pick([...programs, ...programs, SystemProgram.programId]);
        const pubkey = key(20 + index);
        twin.set(pubkey, {
          data: new Uint8Array(length).fill(index + 1),
          owner: Pubkey.from(owner.toBytes()),
        });
        slots.push({
          key: pubkey,
          signer: random.chance(30),
          writable: random.chance(80),
          length,
          owner,
        });
      });
      const writer = new Writer(random, random.pick(['C', 'Rust']), isV1);
      const layout = writer.layout(slots);
      const image = new Image();
      const start = layout.accounts[1]?.data ?? 0n;
      const data = new Uint8Array(SCRIPT_BYTES);
      data.set(assemble(start, image, writer.operations(programs[0], slots, image, 3)));
      twin.set(scriptKey, { data });
      const instruction = new TransactionInstruction({
        programId: programs[0],
        keys: slots.map(({ key: pubkey, signer, writable }) => ({
          pubkey,
          isSigner: signer,
          isWritable: writable,
        })),
        data: Buffer.from(u64(start)),
      });
      const transaction = twin.compile(payer, [instruction]);
      const native = twin.native(transaction);
      expect([seed, twin.ours(transaction)]).toEqual([
        seed,
        { ...native, accounts: native.accounts && expect.any(Map) },
      ]);
      const outcome = twin.compare(payer, [instruction]);
      const error = outcome.error ?? 'none';
      errors.set(error, (errors.get(error) ?? 0) + 1);
    }
    // Random, yet neither all fail nor all succeed.
    if (COUNT >= 20) expect(errors.size).toBeGreaterThan(3);
    if (process.env['LOOKAHEAD_CALLS'] !== undefined) console.log(Object.fromEntries(errors));
  });
});

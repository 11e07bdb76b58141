/** All scenes by name, and which of them a block of cases plays in. */
import { LOADER_V1, LOADER_V2 } from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { type Mode, worldOf } from '../../svm-matrix/modes';
import type { Scene } from '../case';
import type { Random } from '../random';
import { callsScene } from './calls';
import { cellScene, SEARCHED_CELLS } from './cells';
import { programsScene } from './programs';
import { signaturesScene } from './signatures';
import { syscallsScene } from './syscalls';
import { systemScene } from './system';
import { stakeScene, tokenScenes } from './tokens';

interface Family {
  /** Of a hundred blocks, about. */
  readonly share: number;
  readonly open: (world: LitesvmWorld) => Scene;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  system: { share: 14, open: systemScene },
  token: { share: 7, open: tokenScenes.token },
  'token-2022': { share: 6, open: tokenScenes['token-2022'] },
  stake: { share: 5, open: stakeScene },
  'calls-v1': { share: 4, open: (world) => callsScene(world, LOADER_V1) },
  'calls-v2': { share: 4, open: (world) => callsScene(world, LOADER_V2) },
  'calls-v3': { share: 8, open: (world) => callsScene(world) },
  programs: { share: 14, open: programsScene },
  signatures: { share: 3, open: signaturesScene },
  syscalls: { share: 12, open: syscallsScene },
};
const CELLS_SHARE = 36;
const WORKING_CELLS = SEARCHED_CELLS.filter(({ error }) => error === undefined);

export const FAMILY_NAMES: readonly string[] = [...Object.keys(FAMILIES), 'cells'];

/** Opens scenes, and keeps those open that do not take a world of their own. */
export class Scenes {
  readonly #open = new Map<string, Scene>();
  #world: LitesvmWorld | undefined;

  /** @param families - names to draw from; a prefix names all that start so */
  constructor(
    readonly mode: Mode,
    readonly families: readonly string[] = FAMILY_NAMES,
  ) {}

  draw(random: Random): { readonly name: string; readonly scene: Scene } {
    const wanted = FAMILY_NAMES.filter((name) =>
      this.families.some((prefix) => name.startsWith(prefix)),
    );
    const weighted = wanted.flatMap((name) =>
      Array<string>(FAMILIES[name]?.share ?? CELLS_SHARE).fill(name),
    );
    const name = random.pick(weighted);
    const family = FAMILIES[name];
    if (family === undefined) {
      // Around what works there is more to find than around what fails at once.
      const cell = random.pick(random.chance(80) ? WORKING_CELLS : SEARCHED_CELLS);
      const title = `${cell.program} / ${cell.instruction} / ${cell.outcome}`;
      return { name: title, scene: cellScene(cell, this.mode) };
    }
    const known = this.#open.get(name) ?? family.open(this.#worldFor(name));
    this.#open.set(name, known);
    return { name, scene: known };
  }

  /** Programs are deployed for calls; the others share a world. */
  #worldFor(name: string): LitesvmWorld {
    if (name.startsWith('calls')) return new LitesvmWorld(worldOf(this.mode));
    this.#world ??= new LitesvmWorld(worldOf(this.mode));
    return this.#world;
  }
}

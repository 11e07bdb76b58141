/** A lesson: what a site says, what its transaction does, and what to learn from it. */
import type { ChainId } from '../../../src/vm-preview/model/preview';

export interface LessonText {
  /** In the page's address. */
  readonly id: string;
  readonly chain: ChainId;
  readonly title: string;
  readonly site: SiteClaim;
  /** Where to look in the preview. */
  readonly look: string;
  /** One or two sentences. */
  readonly learn: string;
}

/** What the visitor of a made-up site sees. */
export interface SiteClaim {
  readonly name: string;
  readonly says: string;
  /** On its button. */
  readonly button: string;
}

/** @typeParam Node - what the page asks of the local chain */
export interface Lesson<Node> extends LessonText {
  build(node: Node): Promise<BuiltLesson>;
}

export interface BuiltLesson {
  readonly bytes: Uint8Array;
  /** Whose wallet it is looked at from. */
  readonly account: string;
}

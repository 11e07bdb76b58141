/** Every lesson, bound to the chains that `npm start` runs. */
import { AptosLocalnet } from '../aptos/localnet';
import { LOCAL_NETWORKS } from '../local/networks';
import { Localnet } from '../solana/localnet';
import { SuiLocalnet } from '../sui/localnet';
import { APTOS_LESSONS } from './aptos';
import type { BuiltLesson, Lesson, LessonText } from './lesson';
import { SOLANA_LESSONS } from './solana';
import { SUI_LESSONS } from './sui';

export interface BoundLesson extends LessonText {
  build(): Promise<BuiltLesson>;
}

function bound<Node>(lessons: readonly Lesson<Node>[], node: Node): BoundLesson[] {
  return lessons.map((lesson) => ({ ...lesson, build: () => lesson.build(node) }));
}

export const LESSONS: readonly BoundLesson[] = [
  ...bound(SOLANA_LESSONS, new Localnet(LOCAL_NETWORKS.solana.endpoint)),
  ...bound(APTOS_LESSONS, new AptosLocalnet(LOCAL_NETWORKS.aptos.endpoint)),
  ...bound(SUI_LESSONS, new SuiLocalnet(LOCAL_NETWORKS.sui.endpoint)),
];

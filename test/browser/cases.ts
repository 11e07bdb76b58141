/** What a visitor does with the built site, and what they must see. */
import type { Case } from './case';
import { LESSON_CASES } from './lesson-cases';
import { PAGE_CASES } from './page-cases';
import { PLAYGROUND_CASES } from './playground-cases';
import { PORTFOLIO_CASES } from './portfolio-cases';
import { START_CASES } from './start-cases';

export type { Case } from './case';

export const CASES: readonly Case[] = [
  ...START_CASES,
  ...PORTFOLIO_CASES,
  ...PAGE_CASES,
  ...PLAYGROUND_CASES,
  ...LESSON_CASES,
];

/** What a visitor does with the built site, and what they must see. */
import type { Case } from './case';
import { PAGE_CASES } from './page-cases';
import { PORTFOLIO_CASES } from './portfolio-cases';
import { START_CASES } from './start-cases';

export type { Case } from './case';

export const CASES: readonly Case[] = [...START_CASES, ...PORTFOLIO_CASES, ...PAGE_CASES];

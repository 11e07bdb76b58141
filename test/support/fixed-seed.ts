/**
 * Property tests draw the same values each time, so that a change and not chance decides whether they
 * pass. LOOKAHEAD_SEED draws others; the conformance searches take a fresh seed each run.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['LOOKAHEAD_SEED'] ?? 20_261_122) });

/**
 * A process of its own: litesvm reads SBF_TRACE_DIR from its process's environment when it starts.
 * Arguments: the ELF file, and the instruction's data in hexadecimal.
 */
import { readFileSync } from 'node:fs';
import { Native } from './side-by-side';

const [file = '', data = ''] = process.argv.slice(2);
new Native(Uint8Array.from(readFileSync(file)), 200_000).run(
  Uint8Array.from(Buffer.from(data, 'hex')),
);

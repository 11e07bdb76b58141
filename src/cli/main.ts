/** `npm run -s preview -- <chain> <transaction>`: the one place of the project that may print. */
import { runCommand } from './preview';

const { exitCode, output, error } = await runCommand(process.argv.slice(2));
if (output !== '') process.stdout.write(`${output}\n`);
if (error !== '') process.stderr.write(`${error}\n`);
process.exitCode = exitCode;

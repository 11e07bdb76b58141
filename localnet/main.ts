/** `npm run localnet [-- --solana-port 8899]`: the local chains, until interrupted. */
import { startSolanaLocalnet } from './solana';

const port = Number(argument('--solana-port') ?? process.env['SOLANA_PORT'] ?? 8899);

try {
  const solana = await startSolanaLocalnet({ port });
  console.log(`Solana localnet: ${solana.url} (genesis ${solana.genesisHash})`);
  const stop = () => {
    solana.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken
      ? `Port ${port} or ${port + 1} is taken: choose another with --solana-port.`
      : `The localnet did not start: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}

function argument(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
}

/**
 * `npm run localnet [-- --solana-port 8899 --aptos-port 8080 --aptos-framework own --sui-port 9000
 * --sui-faucet-port 9123 --sui-framework own]`: the local chains, until interrupted.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startAptosLocalnet } from './aptos';
import { startSolanaLocalnet } from './solana';
import { startSuiLocalnet } from './sui';

const solanaPort = Number(argument('--solana-port') ?? process.env['SOLANA_PORT'] ?? 8899);
/** The one that @aptos-labs/ts-sdk asks for its network `local`, as it asks the next one for money. */
const aptosPort = Number(argument('--aptos-port') ?? process.env['APTOS_PORT'] ?? 8080);
/** Those of Sui's own local network. */
const suiPort = Number(argument('--sui-port') ?? process.env['SUI_PORT'] ?? 9000);
const suiFaucetPort = Number(
  argument('--sui-faucet-port') ?? process.env['SUI_FAUCET_PORT'] ?? 9123,
);

const running: { close(): Promise<void> }[] = [];
const stop = async () => {
  await Promise.all(running.map((chain) => chain.close()));
};

try {
  const solana = await startSolanaLocalnet({ port: solanaPort });
  running.push(solana);
  console.log(`Solana localnet: ${solana.url} (genesis ${solana.genesisHash})`);
  const aptos = await startAptosLocalnet({
    port: aptosPort,
    faucetPort: aptosPort + 1,
    fixtures: recordings('aptos', 'aptos/genesis/devnet.blob'),
  });
  running.push(aptos);
  console.log(
    `Aptos localnet: ${aptos.url} (chain id ${aptos.chainId}, ${aptos.framework} framework), faucet ${aptos.faucetUrl}`,
  );
  const sui = await startSuiLocalnet({
    port: suiPort,
    faucetPort: suiFaucetPort,
    fixtures: recordings('sui', 'sui/framework'),
  });
  running.push(sui);
  console.log(
    `Sui localnet: ${sui.url} (chain ${sui.chainIdentifier}, framework ${sui.framework}), faucet ${sui.faucetUrl}`,
  );
  const end = () => {
    stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken
      ? `A port of ${[solanaPort, solanaPort + 1, aptosPort, aptosPort + 1, suiPort, suiFaucetPort].join(', ')} is taken: choose others with --solana-port, --aptos-port, --sui-port and --sui-faucet-port.`
      : `The localnet did not start: ${error instanceof Error ? error.message : String(error)}`,
  );
  await stop();
  process.exitCode = 1;
}

/** Where the real chain's framework is recorded, unless the small one is asked for. */
function recordings(chain: 'aptos' | 'sui', file: string): string | undefined {
  if (argument(`--${chain}-framework`) === 'own') return undefined;
  const fixtures = process.env['LOOKAHEAD_FIXTURES'] ?? '../shared/fixtures';
  return existsSync(join(fixtures, file)) ? fixtures : undefined;
}

function argument(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
}

// `npm start`: installs what is missing, builds everything, and serves the local chains, the snap and
// the site until interrupted. With `--check` it stops again once all have answered.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureInstalled, ROOT, run } from './ensure-installed.mjs';
import { serveFolder } from './static-server.mjs';

const HOST = '127.0.0.1';
/** How many ports are tried from the usual one on. */
const PORTS_TRIED = 50;
const LOCALNET_DEADLINE_MS = 30_000;

const isCheck = process.argv.includes('--check');
const cleanUps = [];
let stopping = false;

try {
  await start();
} catch (error) {
  // A build that failed has said why.
  if (error.status === undefined) console.error(`Lookahead did not start: ${error.message}`);
  await stop(error.status ?? 1);
}

async function start() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20)
    throw new Error(`Node 20 or later is needed; this is ${process.version}.`);
  ensureInstalled();

  // A web3.js Connection looks for subscriptions on the next port.
  const solanaPort = await freePort('The local Solana chain', 8899, 2);
  const snapPort = await freePort('The snap', 8080);
  // Port 8080, where the SDK's network `local` looks, is the snap's; the faucet is on the next one.
  const aptosPort = await freePort('The local Aptos chain', 8082, 2);
  const suiPort = await freePort('The local Sui chain', 9000);
  const suiFaucetPort = await freePort('The faucet of Sui', 9123);
  const sitePort = await freePort('The site', 5173);
  const solanaUrl = `http://${HOST}:${solanaPort}`;
  const aptosUrl = `http://${HOST}:${aptosPort}/v1`;
  const suiUrl = `http://${HOST}:${suiPort}`;
  const snapId = `local:http://localhost:${snapPort}`;

  step('Building the VM, the snap and the site');
  run('npm', ['run', '--silent', 'build:wasm']);
  run('npm', ['run', '--silent', 'build:snap']);
  run('npm', ['run', '--silent', 'build:site', '--', '--logLevel', 'warn'], {
    LOCALNET_URL: solanaUrl,
    APTOS_LOCALNET_URL: aptosUrl,
    SUI_LOCALNET_URL: `${suiUrl}/graphql`,
    SNAP_ID: snapId,
  });

  step('Starting');
  const ports = {
    '--solana-port': solanaPort,
    '--aptos-port': aptosPort,
    '--sui-port': suiPort,
    '--sui-faucet-port': suiFaucetPort,
  };
  const health = [`${solanaUrl}/health`, `${aptosUrl}/-/healthy`, `${suiUrl}/health`];
  await startLocalnet(ports, health);
  await serve(join(ROOT, 'dist/snap'), snapPort);
  await serve(join(ROOT, 'dist/site'), sitePort);

  if (isCheck) {
    await expectAnswer(`http://${HOST}:${snapPort}/snap.manifest.json`);
    await expectAnswer(`http://${HOST}:${snapPort}/dist/bundle.js`);
    await expectAnswer(`http://${HOST}:${sitePort}/`);
    await expectAnswer(aptosUrl);
    console.log('The local chains, the snap and the site answer.');
    await stop(0);
    return;
  }
  console.log(`
  Site         http://localhost:${sitePort}   ← open this
  Solana       ${solanaUrl}
  Aptos        ${aptosUrl}
  Sui          ${suiUrl}/graphql
  Snap         ${snapId}

The playground works in any browser. To sign, open the site where MetaMask Flask is installed.
Stop with Ctrl-C.`);
}

function step(text) {
  console.log(`${text}…`);
}

/** The first of `count` neighbouring free ports, from the usual one on; says when it is another. */
async function freePort(what, usual, count = 1) {
  for (let port = usual; port < usual + PORTS_TRIED; port += 1) {
    const neighbours = Array.from({ length: count }, (_, index) => port + index);
    const free = await Promise.all(neighbours.map(isFree));
    if (!free.every(Boolean)) continue;
    if (port !== usual) console.log(`${what} takes port ${port}, since ${usual} is in use.`);
    return port;
  }
  throw new Error(`no port from ${usual} to ${usual + PORTS_TRIED - 1} is free.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

async function startLocalnet(ports, urls) {
  const args = Object.entries(ports).flatMap(([name, port]) => [name, String(port)]);
  const child = spawn(process.execPath, ['--import', 'tsx', 'localnet/main.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let ended = false;
  child.once('exit', (code) => {
    ended = true;
    if (stopping) return;
    console.error(`The local chains ended by themselves (${code}).`);
    stop(1);
  });
  cleanUps.push(async () => {
    if (ended) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const deadline = Date.now() + LOCALNET_DEADLINE_MS;
  for (const url of urls) {
    while (!(await answers(url))) {
      if (ended || Date.now() > deadline) throw new Error(`${url} does not answer.`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function serve(folder, port) {
  const server = await serveFolder(folder, port, HOST);
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Not there yet.
    return false;
  }
}

async function expectAnswer(url) {
  if (!(await answers(url))) throw new Error(`${url} does not answer.`);
}

async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  await Promise.all(cleanUps.map((cleanUp) => cleanUp()));
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(0));

/** A token transfer with the state in memory: our whole pipeline beside litesvm's. */

import { TOKEN_PROGRAM } from '../../src/vm-preview/svm';
import { LitesvmWorld } from '../../test/support/litesvm-world';
import {
  address,
  instruction,
  readonly,
  signer,
  transaction,
  writable,
} from '../../test/support/solana-transaction';
import { benchEnvironment, loaded, measure, micro, run } from './pipeline';
import { report, timed } from './report';

/** Token accounts have 165 bytes: mint, owner, amount, no delegate, initialized. */
const TOKEN_ACCOUNT_BYTES = 165;
const MINT_BYTES = 82;

/** @returns milliseconds of ours, warmed up */
export async function benchTransfer(): Promise<number> {
  const { world, bytes } = transferWorld();
  const environment = benchEnvironment(world);
  const state = loaded(world, bytes, environment);

  const cold = timed(() => run(bytes, state, world.environment()));
  const { ours, native, unwarmed } = measure(world, bytes, state, environment);
  report(
    'token transfer, state in memory, signatures off',
    `${micro(ours)}; litesvm ${micro(native)}; ratio ${(ours / native).toFixed(2)}; its first runs ${micro(unwarmed)}; program not cached ${micro(cold)}`,
  );
  return ours;
}

export function transferWorld(): { world: LitesvmWorld; bytes: Uint8Array } {
  const world = new LitesvmWorld();
  const [payer, mint, from, to] = [address(1), address(2), address(3), address(4)];
  const owner = TOKEN_PROGRAM;
  world.set(payer, { lamports: 1_000_000_000n });
  world.set(mint, { lamports: 10_000_000n, owner, data: mintData() });
  for (const account of [from, to]) {
    world.set(account, { lamports: 10_000_000n, owner, data: tokenData(mint.bytes, payer.bytes) });
  }
  // TransferChecked: 100 units of 6 decimals.
  const data = [12, 100, 0, 0, 0, 0, 0, 0, 0, 6];
  const transfer = instruction(
    owner,
    [writable(from), readonly(mint), writable(to), signer(payer)],
    data,
  );
  return {
    world,
    bytes: transaction({ payer, blockhash: world.blockhash, instructions: [transfer] }),
  };
}

function mintData(): Uint8Array {
  const data = new Uint8Array(MINT_BYTES);
  data[36] = 0xff; // supply
  data[44] = 6; // decimals
  data[45] = 1; // initialized
  return data;
}

function tokenData(mint: Uint8Array, owner: Uint8Array): Uint8Array {
  const data = new Uint8Array(TOKEN_ACCOUNT_BYTES);
  data.set(mint, 0);
  data.set(owner, 32);
  new DataView(data.buffer).setBigUint64(64, 1_000_000n, true);
  data[108] = 1; // initialized
  return data;
}

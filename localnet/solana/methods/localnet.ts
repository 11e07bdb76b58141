/** What only the local chain has: money for the asking, and time that can be moved. */
import { PublicKey } from '@solana/web3.js';
import type { Json } from '../../json';
import { invalidParams, RpcError, type RpcMethods } from '../../rpc-server';
import type { Bank } from '../bank';
import { airdrop, type Genesis, mintTokens, NONCE, TOKENS, WALLETS } from '../genesis';
import { addressAt, unsigned } from '../params';

/** Lamports: 1,000 SOL at once. */
const MAX_AIRDROP = 1_000_000_000_000n;

export function localnetMethods(bank: Bank, genesis: Genesis): RpcMethods {
  return {
    requestAirdrop(params) {
      const lamports = unsigned(params[1]);
      if (lamports === 0n || lamports > MAX_AIRDROP) {
        throw invalidParams(`Invalid request: an airdrop is 1 to ${MAX_AIRDROP} lamports`);
      }
      return given(() => airdrop(bank, new PublicKey(addressAt(params, 0)), lamports).signature);
    },
    /** mint, owner, amount in smallest units → signature. */
    localnet_mintTo(params) {
      const mint = new PublicKey(addressAt(params, 0));
      const token = TOKENS.find((one) => one.mint.equals(mint));
      if (token === undefined) throw invalidParams('Invalid param: not a mint of this chain');
      const owner = new PublicKey(addressAt(params, 1));
      const amount = unsigned(params[2]);
      return given(() => mintTokens(bank, token, owner, amount).signature);
    },
    /** Lets slots pass, 1 when not said; → the slot reached. */
    localnet_advanceSlots(params) {
      const slots = params[0] === undefined ? 1n : unsigned(params[0]);
      if (slots > 1_000_000n) throw invalidParams('Invalid param: at most 1,000,000 slots at once');
      bank.advance(slots);
      return bank.slot;
    },
    localnet_info: () => info(genesis),
  };
}

function given(give: () => string): string {
  try {
    return give();
  } catch (error) {
    if (error instanceof RpcError || !(error instanceof Error)) throw error;
    throw new RpcError(-32603, `The faucet's transaction failed: ${error.message}`);
  }
}

function info(genesis: Genesis): Json {
  return {
    tokens: TOKENS.map(({ symbol, name, mint, program, decimals, transferFeeBasisPoints }) => ({
      symbol,
      name,
      mint: mint.toBase58(),
      program: program.toBase58(),
      decimals,
      transferFeeBasisPoints,
    })),
    wallets: Object.fromEntries(
      Object.entries(WALLETS).map(([name, { publicKey }]) => [name, publicKey.toBase58()]),
    ),
    lookupTable: genesis.lookupTable.toBase58(),
    nonceAccount: NONCE.publicKey.toBase58(),
  };
}

/** From a request to a preview and on to the chain, against the local chain and its real programs. */

import {
  type AddressLookupTableAccount,
  AddressLookupTableProgram,
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  StakeProgram,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import nacl from 'tweetnacl';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../../localnet/solana';
import type { Network } from '../../../src/chains/chain';
import {
  attachSignature,
  confirmTransaction,
  createSolanaCache,
  decodeTransaction,
  genesisHash,
  type KeyValueStore,
  latestBlockhash,
  nativeBalance,
  previewTransaction,
  replaceBlockhash,
  type SolanaCache,
  type SolanaPreview,
  submitTransaction,
} from '../../../src/chains/solana';
import { localNetwork } from '../../support/local-network';
import {
  associatedToken,
  createAssociatedToken,
  TOKEN,
  TOKEN_2022,
  transactionBytes,
  transferChecked,
} from './support';

// Runs real programs on one of a busy machine's cores.
jest.setTimeout(60_000);

let net: SolanaLocalnet;
let network: Network;
let connection: Connection;

beforeAll(async () => {
  net = await startSolanaLocalnet({ slotMilliseconds: 0 });
  network = localNetwork('solana', net.url, net.genesisHash);
  connection = new Connection(net.url, 'confirmed');
});
afterAll(() => net.close());

const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

function sign(transaction: Uint8Array, message: Uint8Array, signer: Keypair): Uint8Array {
  const signature = nacl.sign.detached(message, signer.secretKey);
  return attachSignature(transaction, signer.publicKey.toBase58(), signature);
}

async function preview(transaction: Uint8Array, account: PublicKey, cache: SolanaCache) {
  return previewTransaction({ network, cache, account: account.toBase58(), transaction });
}

function token(symbol: string) {
  const found = net.tokens.find((one) => one.symbol === symbol);
  if (found === undefined) throw new Error(`no token ${symbol}`);
  const of = (owner: PublicKey) => associatedToken(owner, found.mint, found.program);
  return { ...found, of };
}

function openAndSend(symbol: string, from: PublicKey, to: PublicKey, amount: bigint) {
  const { decimals, mint, of, program } = token(symbol);
  return [
    createAssociatedToken(from, to, mint, program),
    transferChecked(of(from), mint, of(to), from, amount, decimals, program),
  ];
}

/** Sends what was previewed and compares every account with what the preview said. */
async function sendAndCompare(shown: SolanaPreview, signer: Keypair): Promise<void> {
  const id = await submitTransaction(network, sign(shown.transaction, shown.message, signer));
  const landed = await confirmTransaction(network, id, { pollMs: 10 });
  expect(landed.status).toBe(shown.preview.verdict.kind === 'success' ? 'confirmed' : 'failed');
  for (const { address, after } of shown.outcome.accounts) {
    const found = await connection.getAccountInfo(new PublicKey(address.bytes));
    const told = after && {
      lamports: Number(after.lamports),
      owner: after.owner.toBase58(),
      executable: after.executable,
      data: Buffer.from(after.data).toString('hex'),
    };
    const real = found && {
      lamports: found.lamports,
      owner: found.owner.toBase58(),
      executable: found.executable,
      data: found.data.toString('hex'),
    };
    // The sysvars move with every slot, whatever a transaction does.
    if (told?.owner.startsWith('Sysvar')) continue;
    expect({ address: address.toBase58(), ...told }).toEqual({
      address: address.toBase58(),
      ...real,
    });
  }
}

describe('what the preview says is what the chain does', () => {
  const cache = createSolanaCache();

  test('a SOL transfer', async () => {
    const { alice } = net.wallets;
    const to = Keypair.generate().publicKey;
    const { blockhash } = await latestBlockhash(network);
    const transfer = SystemProgram.transfer({
      fromPubkey: alice.publicKey,
      toPubkey: to,
      lamports: 5_000_000,
    });
    const shown = await preview(
      transactionBytes(alice.publicKey, blockhash, [transfer]),
      alice.publicKey,
      cache,
    );
    expect(shown.preview.verdict.kind).toBe('success');
    expect(shown.preview.fee.total).toBe('5000');
    expect(shown.preview.changes).toEqual([
      expect.objectContaining({ kind: 'balance', delta: '-5005000' }),
    ]);
    expect(shown.preview.othersChanges.map(({ kind }) => kind)).toEqual(['balance', 'opened']);
    expect(shown.preview.provenance).toMatchObject({
      host: new URL(net.url).host,
      certainty: 'conditional',
      expiry: { kind: 'blocks' },
    });
    const { from, to: until } = shown.preview.provenance.height;
    expect(from).toBe(until);
    expect(JSON.parse(JSON.stringify(shown.preview))).toEqual(shown.preview);
    await sendAndCompare(shown, alice);
    expect(await nativeBalance(network, to.toBase58())).toBe(5_000_000n);
  });

  test.each(['USDL', 'LOOK', 'FEES'])(
    '%s to a wallet that has no account for it',
    async (symbol) => {
      const { alice } = net.wallets;
      const to = Keypair.generate().publicKey;
      const { blockhash } = await latestBlockhash(network);
      const bytes = transactionBytes(
        alice.publicKey,
        blockhash,
        openAndSend(symbol, alice.publicKey, to, 10_000n),
      );
      const shown = await preview(bytes, alice.publicKey, cache);
      expect(shown.preview.verdict.kind).toBe('success');
      const balances = shown.preview.changes.filter(({ kind }) => kind === 'balance');
      expect(balances).toEqual([
        expect.objectContaining({ asset: expect.objectContaining({ symbol: 'SOL' }) }),
        expect.objectContaining({
          delta: '-10000',
          owner: alice.publicKey.toBase58(),
          asset: expect.objectContaining({ symbol, untrustedName: token(symbol).name }),
        }),
      ]);
      expect(shown.preview.othersChanges).toContainEqual(
        expect.objectContaining({
          kind: 'balance',
          owner: to.toBase58(),
          delta: symbol === 'FEES' ? '9900' : '10000',
        }),
      );
      expect(shown.preview.othersChanges).toContainEqual(
        expect.objectContaining({ kind: 'opened', what: 'token-account' }),
      );
      // What the program called is told too.
      expect(shown.preview.request[0]?.inner.map(({ name }) => name)).toContain('CreateAccount');
      await sendAndCompare(shown, alice);
    },
  );

  test('one that fails', async () => {
    const { bob } = net.wallets;
    const { decimals, mint, of } = token('USDL');
    const { blockhash } = await latestBlockhash(network);
    const bytes = transactionBytes(bob.publicKey, blockhash, [
      transferChecked(
        of(bob.publicKey),
        mint,
        of(net.wallets.alice.publicKey),
        bob.publicKey,
        10n ** 15n,
        decimals,
        TOKEN,
      ),
    ]);
    const shown = await preview(bytes, bob.publicKey, cache);
    expect(shown.preview.verdict).toMatchObject({
      kind: 'failure',
      error: { text: 'Instruction 1 failed: there are not enough tokens (error 1).' },
    });
    const signed = sign(shown.transaction, shown.message, bob);
    await expect(submitTransaction(network, signed)).rejects.toMatchObject({
      code: 'node-rpc-error',
    });
    const id = await submitTransaction(network, signed, { skipPreflight: true });
    expect(await confirmTransaction(network, id, { pollMs: 10 })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('Error processing Instruction 0'),
    });
    expect(await nativeBalance(network, bob.publicKey.toBase58())).toBe(
      BigInt(shown.preview.raw.diff[0]?.after?.lamports ?? 0),
    );
  });

  test('an old blockhash is refused, and a fresh one put in its place', async () => {
    const { carol } = net.wallets;
    const transfer = SystemProgram.transfer({
      fromPubkey: carol.publicKey,
      toPubkey: net.wallets.bob.publicKey,
      lamports: 1,
    });
    const { blockhash } = await latestBlockhash(network);
    const bytes = transactionBytes(carol.publicKey, blockhash, [transfer]);
    net.advanceSlots(200);
    const late = await preview(bytes, carol.publicKey, cache);
    expect(late.preview.verdict).toMatchObject({
      kind: 'refused',
      error: { code: 'BlockhashNotFound' },
    });
    expect(late.preview.provenance.expiry.kind).toBe('expired');
    const fresh = replaceBlockhash(bytes, (await latestBlockhash(network)).blockhash);
    const shown = await preview(fresh, carol.publicKey, cache);
    expect(shown.preview.verdict.kind).toBe('success');
    await sendAndCompare(shown, carol);
  });
});

test('each transaction on the state that the one before leaves', async () => {
  const cache = createSolanaCache();
  const { bob, carol } = net.wallets;
  const { blockhash } = await latestBlockhash(network);
  const send = (from: PublicKey, to: PublicKey, lamports: number) =>
    transactionBytes(from, blockhash, [
      SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports }),
    ]);
  const poor = Keypair.generate().publicKey;
  const account = bob.publicKey.toBase58();
  const spend = send(poor, carol.publicKey, 1_000_000);
  const alone = await previewTransaction({ network, cache, account, transaction: spend });
  expect(alone.preview.verdict).toMatchObject({
    kind: 'refused',
    error: { code: 'AccountNotFound' },
  });
  const first = await previewTransaction({
    network,
    cache,
    account,
    transaction: send(bob.publicKey, poor, 3_000_000),
  });
  const second = await previewTransaction({
    network,
    cache,
    account,
    transaction: spend,
    base: first,
  });
  expect(second.preview.verdict.kind).toBe('success');
  const third = await previewTransaction({
    network,
    cache,
    account,
    transaction: spend,
    base: second,
  });
  const poorAfter = third.preview.othersChanges.find(({ address }) => address === poor.toBase58());
  expect(poorAfter).toMatchObject({ before: '1995000', after: '990000' });
});

test('the playground: without an account all changes are others’', async () => {
  const { alice, bob } = net.wallets;
  const { blockhash } = await latestBlockhash(network);
  const { preview: shown } = await previewTransaction({
    network,
    cache: createSolanaCache(),
    transaction: transactionBytes(alice.publicKey, blockhash, [
      SystemProgram.transfer({
        fromPubkey: alice.publicKey,
        toPubkey: bob.publicKey,
        lamports: 1,
      }),
    ]),
  });
  expect([shown.changes, shown.othersChanges.length, shown.account]).toEqual([[], 2, undefined]);
  expect(shown.provenance.assumptions).toEqual([
    `The signature of ${alice.publicKey.toBase58()} is still missing and is presumed.`,
  ]);
});

test('a node of another network is refused', async () => {
  const { blockhash } = await latestBlockhash(network);
  const { alice } = net.wallets;
  expect(await genesisHash(net.url)).toBe(net.genesisHash);
  await expect(
    previewTransaction({
      network: { ...network, genesis: PublicKey.default.toBase58() },
      cache: createSolanaCache(),
      transaction: transactionBytes(alice.publicKey, blockhash, [
        SystemProgram.transfer({
          fromPubkey: alice.publicKey,
          toPubkey: alice.publicKey,
          lamports: 1,
        }),
      ]),
    }),
  ).rejects.toMatchObject({ code: 'wrong-network' });
});

describe('what loading takes', () => {
  /** A store that outlives the process, as the snap's does. */
  class MapStore implements KeyValueStore {
    readonly entries = new Map<string, string>();
    async get(key: string) {
      return this.entries.get(key);
    }
    async set(key: string, value: string) {
      this.entries.set(key, value);
    }
  }

  async function makeTable(addresses: readonly PublicKey[]): Promise<PublicKey> {
    const { alice } = net.wallets;
    net.advanceSlots(1);
    const recentSlot = (await connection.getSlot('confirmed')) - 1;
    const [create, table] = AddressLookupTableProgram.createLookupTable({
      authority: alice.publicKey,
      payer: alice.publicKey,
      recentSlot,
    });
    const extend = AddressLookupTableProgram.extendLookupTable({
      lookupTable: table,
      authority: alice.publicKey,
      payer: alice.publicKey,
      addresses: [...addresses],
    });
    const { blockhash } = await latestBlockhash(network);
    const bytes = transactionBytes(alice.publicKey, blockhash, [create, extend], [alice]);
    const id = await submitTransaction(network, bytes);
    expect(await confirmTransaction(network, id, { pollMs: 10 })).toMatchObject({
      status: 'confirmed',
    });
    net.advanceSlots(2);
    return table;
  }

  async function manyPrograms(): Promise<Uint8Array> {
    const { alice, bob } = net.wallets;
    const to = Keypair.generate().publicKey;
    const look = token('LOOK');
    const usdl = token('USDL');
    const tables = [
      await makeTable([
        TOKEN,
        look.of(alice.publicKey),
        look.of(to),
        look.mint,
        StakeProgram.programId,
      ]),
      await makeTable([
        TOKEN_2022,
        usdl.of(alice.publicKey),
        usdl.of(bob.publicKey),
        usdl.mint,
        bob.publicKey,
      ]),
    ];
    const { blockhash } = await latestBlockhash(network);
    const message = new TransactionMessage({
      payerKey: alice.publicKey,
      recentBlockhash: blockhash,
      instructions: [
        ComputeBudgetProgram.setComputeUnitLimit({ units: 300_000 }),
        SystemProgram.transfer({
          fromPubkey: alice.publicKey,
          toPubkey: bob.publicKey,
          lamports: 9,
        }),
        ...openAndSend('LOOK', alice.publicKey, to, 5n),
        transferChecked(
          usdl.of(alice.publicKey),
          usdl.mint,
          usdl.of(bob.publicKey),
          alice.publicKey,
          7n,
          usdl.decimals,
          TOKEN,
        ),
        new TransactionInstruction({ programId: MEMO, keys: [], data: Buffer.from('hello') }),
      ],
    }).compileToV0Message(await Promise.all(tables.map(readTable)));
    expect(message.addressTableLookups).toHaveLength(2);
    return new VersionedTransaction(message).serialize();
  }

  async function readTable(key: PublicKey): Promise<AddressLookupTableAccount> {
    const { value } = await connection.getAddressLookupTable(key);
    if (value === null) throw new Error('no table');
    return value;
  }

  test('cold and warm, for three transactions', async () => {
    const { alice } = net.wallets;
    const { blockhash } = await latestBlockhash(network);
    const subjects: [string, Uint8Array, number][] = [
      [
        'SOL transfer',
        transactionBytes(alice.publicKey, blockhash, [
          SystemProgram.transfer({
            fromPubkey: alice.publicKey,
            toPubkey: net.wallets.bob.publicKey,
            lamports: 1,
          }),
        ]),
        1,
      ],
      [
        'token transfer that opens an account',
        transactionBytes(
          alice.publicKey,
          blockhash,
          openAndSend('USDL', alice.publicKey, Keypair.generate().publicKey, 1n),
        ),
        2,
      ],
      ['two lookup tables, six programs', await manyPrograms(), 3],
    ];
    const rows: string[] = [];
    for (const [title, transaction, coldRounds] of subjects) {
      const store = new MapStore();
      let said: SolanaPreview['preview']['changes'] | undefined;
      // Warm: another process with the same store.
      for (const heat of ['cold', 'warm'] as const) {
        const shown = await preview(transaction, alice.publicKey, createSolanaCache(store));
        expect(shown.preview.verdict).toEqual({ kind: 'success' });
        // The names of tokens, too.
        said ??= shown.preview.changes;
        expect(shown.preview.changes).toEqual(said);
        const { load } = shown.preview.provenance;
        if (load === undefined) throw new Error('no figures');
        rows.push(
          `${title.padEnd(38)} ${heat}  ${load.rounds} rounds  ${String(load.requests).padStart(2)} requests  ${String(load.bytes).padStart(8)} bytes`,
        );
        if (heat === 'cold') {
          expect(load.rounds).toBeLessThanOrEqual(coldRounds);
        } else {
          expect(load.rounds).toBe(1);
          expect(load.requests).toBeLessThanOrEqual(4);
          expect(load.bytes).toBeLessThan(80_000);
        }
        const { from, to } = shown.preview.provenance.height;
        expect(from).toBe(to);
      }
    }
    console.log(rows.join('\n'));
  });
});

test('what can be said before any state is read', async () => {
  const { alice, bob } = net.wallets;
  const { blockhash } = await latestBlockhash(network);
  const bytes = transactionBytes(
    alice.publicKey,
    blockhash,
    [
      SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports: 1 }),
      SystemProgram.transfer({ fromPubkey: bob.publicKey, toPubkey: alice.publicKey, lamports: 1 }),
    ],
    [bob],
  );
  const told = decodeTransaction(bytes, network);
  expect(told).toMatchObject({
    feePayer: alice.publicKey.toBase58(),
    signers: [alice.publicKey.toBase58(), bob.publicKey.toBase58()],
    signed: [bob.publicKey.toBase58()],
  });
  expect(told.calls.map(({ name }) => name)).toEqual(['Transfer', 'Transfer']);
});

/** The local chain as @solana/web3.js sees it. */
import {
  AddressLookupTableProgram,
  ComputeBudgetProgram,
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  NONCE_ACCOUNT_LENGTH,
  NonceAccount,
  PublicKey,
  SendTransactionError,
  SystemProgram,
  sendAndConfirmTransaction,
  Transaction,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import { durableNonce } from '../../localnet/solana/nonce';
import {
  associatedTokenAddress,
  createAssociatedTokenAccountIdempotent,
} from '../../localnet/solana/token-instructions';

let localnet: SolanaLocalnet;
let connection: Connection;

beforeAll(async () => {
  localnet = await startSolanaLocalnet({ slotMilliseconds: 0 });
  connection = new Connection(localnet.url, 'confirmed');
});

afterAll(async () => {
  // A Connection drops its socket half a second after the last subscription; before that it would
  // look for the closed server for ever.
  await new Promise((resolve) => setTimeout(resolve, 700));
  await localnet.close();
});

function tokenOf(symbol: string) {
  const token = localnet.tokens.find((one) => one.symbol === symbol);
  if (token === undefined) throw new Error(`no token ${symbol}`);
  return token;
}

function transferChecked(
  program: PublicKey,
  [from, mint, to, owner]: readonly [PublicKey, PublicKey, PublicKey, PublicKey],
  amount: bigint,
  decimals: number,
): TransactionInstruction {
  const data = Buffer.alloc(10);
  data[0] = 12;
  data.writeBigUInt64LE(amount, 1);
  data[9] = decimals;
  return new TransactionInstruction({
    programId: program,
    keys: [
      { pubkey: from, isSigner: false, isWritable: true },
      { pubkey: mint, isSigner: false, isWritable: false },
      { pubkey: to, isSigner: false, isWritable: true },
      { pubkey: owner, isSigner: true, isWritable: false },
    ],
    data,
  });
}

async function rpc(method: string, params: readonly unknown[] = []): Promise<unknown> {
  const response = await fetch(localnet.url, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }),
  });
  return response.json();
}

describe('a Connection to the local chain', () => {
  it('finds the same genesis, wallets and mints on every start', async () => {
    expect(await connection.getGenesisHash()).toBe('AabY1jwLS1JeHrFg3jiyGV2QFF8FfZLzvq8sNrEeDxcq');
    const other = await startSolanaLocalnet();
    expect(other.lookupTable).toEqual(localnet.lookupTable);
    expect(other.tokens).toEqual(localnet.tokens);
    await other.close();
  });

  it('airdrops, confirmed over the subscription', async () => {
    const { publicKey } = Keypair.generate();
    const signature = await connection.requestAirdrop(publicKey, 2 * LAMPORTS_PER_SOL);
    const latest = await connection.getLatestBlockhash();
    const { value } = await connection.confirmTransaction({ signature, ...latest });
    expect(value.err).toBeNull();
    expect(await connection.getBalance(publicKey)).toBe(2 * LAMPORTS_PER_SOL);
    // Twice the same in one slot are still two.
    await connection.requestAirdrop(publicKey, 2 * LAMPORTS_PER_SOL);
    expect(await connection.getBalance(publicKey)).toBe(4 * LAMPORTS_PER_SOL);
  });

  it('transfers SOL, with the fee that it said', async () => {
    const { alice, bob } = localnet.wallets;
    const before = await connection.getBalance(alice.publicKey);
    const transaction = new Transaction().add(
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_003 }),
      SystemProgram.transfer({
        fromPubkey: alice.publicKey,
        toPubkey: bob.publicKey,
        lamports: 1_000,
      }),
    );
    const signature = await sendAndConfirmTransaction(connection, transaction, [alice]);
    const fee = await connection.getFeeForMessage(transaction.compileMessage());
    // Two builtin instructions at 3,000 units, rounded up.
    expect(fee.value).toBe(5_000 + 6_001);
    expect(await connection.getBalance(alice.publicKey)).toBe(before - 1_000 - 11_001);
    const landed = await connection.getTransaction(signature, {
      maxSupportedTransactionVersion: 0,
    });
    expect(landed?.meta?.fee).toBe(11_001);
    expect(landed?.meta?.preBalances[0]).toBe(before);
    expect(landed?.transaction.message.staticAccountKeys[0]).toEqual(alice.publicKey);
    const [newest] = await connection.getSignaturesForAddress(bob.publicKey, { limit: 1 });
    expect(newest?.signature).toBe(signature);
  });

  it.each([
    ['USDL', 7_000_000n, 7_000_000n],
    ['LOOK', 7_000_000_000n, 7_000_000_000n],
    ['FEES', 70_000n, 69_300n],
  ])('moves %s into an account that it opens', async (symbol, sent, arrived) => {
    const { alice, carol } = localnet.wallets;
    const { mint, program, decimals } = tokenOf(symbol);
    const from = associatedTokenAddress(alice.publicKey, mint, program);
    const to = associatedTokenAddress(carol.publicKey, mint, program);
    const transaction = new Transaction().add(
      createAssociatedTokenAccountIdempotent(alice.publicKey, carol.publicKey, mint, program),
      transferChecked(program, [from, mint, to, alice.publicKey], sent, decimals),
    );
    const signature = await sendAndConfirmTransaction(connection, transaction, [alice]);
    const balance = await connection.getTokenAccountBalance(to);
    // The fee of FEES is held back in the receiving account, outside its balance.
    expect(balance.value.amount).toBe(arrived.toString());
    const owned = await connection.getTokenAccountsByOwner(carol.publicKey, { mint });
    expect(owned.value.map(({ pubkey }) => pubkey.toBase58())).toEqual([to.toBase58()]);
    const parsed = await connection.getParsedTokenAccountsByOwner(carol.publicKey, { mint });
    expect(parsed.value[0]?.account.data.parsed.info.tokenAmount.amount).toBe(arrived.toString());
    const landed = await connection.getTransaction(signature, {
      maxSupportedTransactionVersion: 0,
    });
    const post = landed?.meta?.postTokenBalances?.find(
      (one) => one.owner === carol.publicKey.toBase58(),
    );
    expect(post?.uiTokenAmount.amount).toBe(arrived.toString());
    expect(post?.mint).toBe(mint.toBase58());
  });

  it("names a token in the mint's metadata, or in Metaplex's", async () => {
    const look = await connection.getAccountInfo(tokenOf('LOOK').mint);
    expect(look?.data.toString('latin1')).toContain('Lookahead');
    const program = new PublicKey('metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s');
    const [named] = await connection.getProgramAccounts(program);
    expect(named?.account.data.toString('latin1')).toContain('Local Dollar');
    expect(named?.account.data.subarray(33, 65)).toEqual(tokenOf('USDL').mint.toBuffer());
  });

  it('mints tokens for the asking', async () => {
    const { publicKey } = Keypair.generate();
    const { mint, program } = tokenOf('LOOK');
    const supply = await connection.getTokenSupply(mint);
    await rpc('localnet_mintTo', [mint.toBase58(), publicKey.toBase58(), '123']);
    const account = associatedTokenAddress(publicKey, mint, program);
    expect((await connection.getTokenAccountBalance(account)).value.amount).toBe('123');
    const after = await connection.getTokenSupply(mint);
    expect(BigInt(after.value.amount) - BigInt(supply.value.amount)).toBe(123n);
  });

  it('resolves lookup tables', async () => {
    const { alice, bob } = localnet.wallets;
    const { value: table } = await connection.getAddressLookupTable(localnet.lookupTable);
    if (table === null) throw new Error('the table is missing');
    expect(table.state.addresses).toContainEqual(bob.publicKey);
    const { blockhash } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: alice.publicKey,
      recentBlockhash: blockhash,
      instructions: [
        SystemProgram.transfer({
          fromPubkey: alice.publicKey,
          toPubkey: bob.publicKey,
          lamports: 5,
        }),
      ],
    }).compileToV0Message([table]);
    const transaction = new VersionedTransaction(message);
    transaction.sign([alice]);
    expect(message.addressTableLookups).toHaveLength(1);
    const before = await connection.getBalance(bob.publicKey);
    const signature = await connection.sendTransaction(transaction);
    expect(await connection.getBalance(bob.publicKey)).toBe(before + 5);
    const landed = await connection.getTransaction(signature, {
      maxSupportedTransactionVersion: 0,
    });
    expect(landed?.meta?.loadedAddresses?.writable).toEqual([bob.publicKey]);
  });

  it('simulates without changing anything', async () => {
    const { alice, bob } = localnet.wallets;
    const before = await connection.getBalance(bob.publicKey);
    const transaction = new Transaction({ feePayer: alice.publicKey }).add(
      SystemProgram.transfer({
        fromPubkey: alice.publicKey,
        toPubkey: bob.publicKey,
        lamports: 9,
      }),
    );
    transaction.recentBlockhash = (await connection.getLatestBlockhash()).blockhash;
    const { value } = await connection.simulateTransaction(
      new VersionedTransaction(transaction.compileMessage()),
      { accounts: { encoding: 'base64', addresses: [bob.publicKey.toBase58()] } },
    );
    expect(value.err).toBeNull();
    expect(value.unitsConsumed).toBe(150);
    expect(value.accounts?.[0]?.lamports).toBe(before + 9);
    expect(await connection.getBalance(bob.publicKey)).toBe(before);
  });

  it('reads the features, as many as mainnet had active', async () => {
    const features = await connection.getProgramAccounts(
      new PublicKey('Feature111111111111111111111111111111111111'),
      { dataSlice: { offset: 0, length: 9 }, filters: [{ dataSize: 9 }] },
    );
    expect(features).toHaveLength(250);
    expect(features.every(({ account }) => account.data[0] === 1)).toBe(true);
  });

  it("has mainnet's rent and epochs", async () => {
    expect(await connection.getMinimumBalanceForRentExemption(165)).toBe((165 + 128) * 5080);
    const { epoch, slotsInEpoch } = await connection.getEpochInfo();
    expect(epoch).toBe(1036);
    expect(slotsInEpoch).toBe(432_000);
    const schedule = await connection.getEpochSchedule();
    expect(schedule.getEpoch(447_553_000)).toBe(1036);
  });
});

describe('what is wrong is refused as the real node refuses it', () => {
  async function transferOf(lamports: number, from = localnet.wallets.alice): Promise<Transaction> {
    const transaction = new Transaction({
      feePayer: from.publicKey,
      ...(await connection.getLatestBlockhash()),
    }).add(
      SystemProgram.transfer({
        fromPubkey: from.publicKey,
        toPubkey: localnet.wallets.bob.publicKey,
        lamports,
      }),
    );
    transaction.sign(from);
    return transaction;
  }

  it('a failing transaction, with its logs', async () => {
    const transaction = await transferOf(1e15);
    const error = await connection
      .sendRawTransaction(transaction.serialize())
      .catch((reason: unknown) => reason);
    if (!(error instanceof SendTransactionError)) throw error;
    expect(error.transactionError.message).toBe(
      'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
    );
    expect(error.logs?.[0]).toBe('Program 11111111111111111111111111111111 invoke [1]');
  });

  it('but it lands without preflight, and its fee is paid', async () => {
    const { publicKey } = localnet.wallets.alice;
    const before = await connection.getBalance(publicKey);
    const transaction = await transferOf(1e15);
    const signature = await connection.sendRawTransaction(transaction.serialize(), {
      skipPreflight: true,
    });
    const { value } = await connection.getSignatureStatus(signature);
    expect(value?.err).toEqual({ InstructionError: [0, { Custom: 1 }] });
    expect(await connection.getBalance(publicKey)).toBe(before - 5_000);
  });

  it('a program that does not exist costs the fee', async () => {
    const { alice } = localnet.wallets;
    const before = await connection.getBalance(alice.publicKey);
    const transaction = new Transaction({
      feePayer: alice.publicKey,
      ...(await connection.getLatestBlockhash()),
    }).add(new TransactionInstruction({ programId: Keypair.generate().publicKey, keys: [] }));
    transaction.sign(alice);
    const signature = await connection.sendRawTransaction(transaction.serialize(), {
      skipPreflight: true,
    });
    const { value } = await connection.getSignatureStatus(signature);
    expect(value?.err).toBe('ProgramAccountNotFound');
    expect(await connection.getBalance(alice.publicKey)).toBe(before - 5_000);
  });

  it('a signature of another message', async () => {
    const bytes = (await transferOf(3)).serialize();
    bytes[bytes.length - 8] = 4;
    await expect(connection.sendRawTransaction(bytes)).rejects.toThrow(
      'Transaction signature verification failure',
    );
  });

  it('the same transaction twice', async () => {
    const bytes = (await transferOf(77)).serialize();
    await connection.sendRawTransaction(bytes);
    await expect(connection.sendRawTransaction(bytes)).rejects.toThrow(
      'This transaction has already been processed',
    );
  });

  it('a blockhash older than 150 slots', async () => {
    const old = await transferOf(78);
    const newer = await transferOf(79);
    localnet.advanceSlots(150);
    await connection.sendRawTransaction(newer.serialize());
    localnet.advanceSlots(1);
    await expect(connection.sendRawTransaction(old.serialize())).rejects.toThrow(
      'Blockhash not found',
    );
    const { value } = await connection.isBlockhashValid(old.recentBlockhash ?? '');
    expect(value).toBe(false);
  });

  it('what is no request', async () => {
    const post = async (body: string) => {
      const response = await fetch(localnet.url, { method: 'POST', body });
      return { status: response.status, text: await response.text() };
    };
    expect((await post('{')).text).toContain('"code":-32700');
    expect((await post('[]')).text).toContain('"code":-32600');
    expect((await post(' '.repeat(60_000))).status).toBe(413);
    expect(await rpc('getNothing')).toEqual({
      jsonrpc: '2.0',
      id: 7,
      error: { code: -32601, message: 'Method not found' },
    });
    expect(await rpc('getBalance', ['zzz'])).toMatchObject({ error: { code: -32602 } });
    expect(await rpc('sendTransaction', ['AAAA', { encoding: 'base64' }])).toMatchObject({
      error: { code: -32602 },
    });
    const batch = JSON.stringify([
      { jsonrpc: '2.0', id: 1, method: 'getHealth' },
      { jsonrpc: '2.0', id: 2, method: 'getNothing' },
    ]);
    expect(JSON.parse((await post(batch)).text)).toMatchObject([
      { id: 1, result: 'ok' },
      { id: 2, error: { code: -32601 } },
    ]);
  });

  it('lets any page in, a sandboxed one too', async () => {
    const response = await fetch(localnet.url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'null',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,solana-client',
      },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type,solana-client');
  });
});

describe('durable nonces, as agave has them and litesvm does not', () => {
  const authority = () => localnet.wallets.alice;

  async function nonce(): Promise<string> {
    const account = await connection.getAccountInfo(localnet.nonceAccount);
    expect(account?.data).toHaveLength(NONCE_ACCOUNT_LENGTH);
    return NonceAccount.fromAccountData(account?.data ?? Buffer.alloc(0)).nonce;
  }

  async function send(lamports: number): Promise<string> {
    const { publicKey } = authority();
    const transaction = new Transaction({
      feePayer: publicKey,
      nonceInfo: {
        nonce: await nonce(),
        nonceInstruction: SystemProgram.nonceAdvance({
          noncePubkey: localnet.nonceAccount,
          authorizedPubkey: publicKey,
        }),
      },
      minContextSlot: 0,
    }).add(
      SystemProgram.transfer({
        fromPubkey: publicKey,
        toPubkey: localnet.wallets.bob.publicKey,
        lamports,
      }),
    );
    transaction.sign(authority());
    return connection.sendRawTransaction(transaction.serialize(), { skipPreflight: true });
  }

  async function expectAdvanced(): Promise<void> {
    const { blockhash } = await connection.getLatestBlockhash();
    const next = durableNonce(new PublicKey(blockhash).toBytes());
    expect(await nonce()).toBe(new PublicKey(next).toBase58());
  }

  it('stand in for a blockhash and advance to the newest', async () => {
    localnet.advanceSlots(1);
    const signature = await send(1);
    const { value } = await connection.getSignatureStatus(signature);
    expect(value?.err).toBeNull();
    await expectAdvanced();
  });

  it('advance when the transaction fails', async () => {
    localnet.advanceSlots(1);
    const signature = await send(1e15);
    const { value } = await connection.getSignatureStatus(signature);
    expect(value?.err).toEqual({ InstructionError: [1, { Custom: 1 }] });
    await expectAdvanced();
  });

  it('cannot be used twice in a slot', async () => {
    localnet.advanceSlots(1);
    await send(2);
    const again = await send(3);
    expect((await connection.getSignatureStatus(again)).value).toBeNull();
  });
});

it('time passes by itself', async () => {
  let now = 1_700_000_000_000;
  const timed = await startSolanaLocalnet({ slotMilliseconds: 250, now: () => now });
  const clock = new Connection(timed.url, 'confirmed');
  const slot = await clock.getSlot();
  now += 10_000;
  expect(await clock.getSlot()).toBe(slot + 40);
  expect(await clock.getBlockTime(slot)).toBe(1_700_000_000);
  await timed.close();
});

it('the lookup table program is there for new tables', async () => {
  const { alice } = localnet.wallets;
  // Another connection, since one keeps a blockhash for 30 seconds.
  const fresh = new Connection(localnet.url, 'confirmed');
  const slot = await fresh.getSlot();
  const [create] = AddressLookupTableProgram.createLookupTable({
    authority: alice.publicKey,
    payer: alice.publicKey,
    recentSlot: slot - 1,
  });
  await sendAndConfirmTransaction(fresh, new Transaction().add(create), [alice]);
});

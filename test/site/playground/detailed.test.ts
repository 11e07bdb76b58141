/** What a detailed preview adds: the work of each step, fields before and after, and what was read. */

import { startAptosLocalnet } from '../../../localnet/aptos';
import { startSolanaLocalnet } from '../../../localnet/solana';
import { startSuiLocalnet } from '../../../localnet/sui';
import { AptosLocalnet } from '../../../site/src/aptos/localnet';
import { APTOS_SAMPLES, buildAptosSample } from '../../../site/src/aptos/samples';
import { Localnet } from '../../../site/src/solana/localnet';
import { buildSample, SAMPLES } from '../../../site/src/solana/samples';
import { SuiLocalnet } from '../../../site/src/sui/localnet';
import { buildSuiSample, SUI_SAMPLES } from '../../../site/src/sui/samples';
import { createAptosCache, previewTransaction as previewAptos } from '../../../src/chains/aptos';
import { createSolanaCache, previewTransaction as previewSolana } from '../../../src/chains/solana';
import { createSuiCache, previewTransaction as previewSui } from '../../../src/chains/sui';
import type { DecodedCall, Preview } from '../../../src/vm-preview/model/preview';
import { localNetwork } from '../../support/local-network';

jest.setTimeout(60_000);

function sample<T extends { readonly id: string }>(samples: readonly T[], id: string): T {
  const found = samples.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no sample ${id}`);
  return found;
}

const sumOf = (calls: readonly DecodedCall[]) =>
  calls.reduce((sum, { units }) => sum + BigInt(units ?? 0), 0n).toString();

/** Calls in the order in which they end. */
function* ended(calls: readonly DecodedCall[]): Generator<DecodedCall> {
  for (const call of calls) {
    yield* ended(call.inner);
    yield call;
  }
}

it('tells units of each instruction on Solana as the programs’ own logs do', async () => {
  const chain = await startSolanaLocalnet({ slotMilliseconds: 0 });
  try {
    const built = await buildSample(sample(SAMPLES, 'send-fee-token'), new Localnet(chain.url));
    const { preview } = await previewSolana({
      network: localNetwork('solana', chain.url, chain.genesisHash),
      transaction: built.bytes,
      account: built.owner,
      detailed: true,
      cache: createSolanaCache(),
    });
    const { raw, request } = preview;
    expect(sumOf(request)).toBe(raw.units.used);
    const logged = raw.logs.flatMap((line) => / consumed (\d+) of /.exec(line)?.[1] ?? []);
    const told = [...ended(request)].filter(({ program }) => program.name !== 'System Program');
    expect(told.map(({ units }) => units)).toEqual(logged);
    expect(logged.length).toBeGreaterThan(4);

    const opened = raw.decoded?.find(({ untrustedBefore }) => untrustedBefore === null);
    expect(opened).toMatchObject({
      type: 'token-account',
      untrustedAfter: { amount: '198000', extensions: { withheld: '2000' } },
    });
    const [info] = raw.reads?.filter(({ address }) => address === built.owner) ?? [];
    expect(info).toEqual({ kind: 'account', address: built.owner, length: 0 });
    expect(raw.reads?.some(({ length }) => length === null)).toBe(true);
  } finally {
    await chain.close();
  }
});

it('tells gas of each command on Sui, and fields of objects', async () => {
  const chain = await startSuiLocalnet();
  try {
    const localnet = new SuiLocalnet(chain.url);
    const run = async (id: string): Promise<Preview> => {
      const built = await buildSuiSample(sample(SUI_SAMPLES, id), localnet);
      const { preview } = await previewSui({
        network: localNetwork('sui', chain.url, chain.chainIdentifier),
        transaction: built.bytes,
        account: built.owner,
        detailed: true,
        cache: createSuiCache(),
      });
      return preview;
    };
    const { raw, request } = await run('swap-moon');
    const [commands, rest] = raw.units.parts ?? [];
    expect(commands?.used).toBe(sumOf(request));
    expect(BigInt(commands?.used ?? 0) + BigInt(rest?.used ?? 0)).toBe(BigInt(raw.units.used));
    expect(Number(request[1]?.units)).toBeGreaterThan(0);
    const pool = raw.decoded?.find(({ type }) => type.endsWith('::exchange::Pool'));
    expect(pool).toMatchObject({
      untrustedBefore: { taken: { value: '0' } },
      untrustedAfter: { taken: { value: '10000000000' } },
    });
    const kinds = new Set(raw.reads?.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['object', 'package']));

    // One that fails has come no further than where it failed, and its gas was used.
    const failed = await run('too-much-sui');
    expect(failed.verdict).toMatchObject({ kind: 'failure', error: { at: 1 } });
    expect(failed.request.map(({ units }) => units !== undefined)).toEqual([true, true]);
  } finally {
    await chain.close();
  }
});

it('tells gas of the call on Aptos, and fields of resources', async () => {
  const chain = await startAptosLocalnet();
  try {
    const localnet = new AptosLocalnet(chain.url);
    const built = await buildAptosSample(sample(APTOS_SAMPLES, 'mint-usdl'), localnet);
    const network = localNetwork('aptos', chain.url, chain.chainId);
    const request = { network, transaction: built.bytes, account: built.owner };
    const { preview } = await previewAptos({
      ...request,
      detailed: true,
      cache: createAptosCache(),
    });
    const { raw } = preview;
    expect(raw.units.parts?.map(({ label }) => label)).toEqual([
      'execution',
      'reading and writing',
    ]);
    expect(preview.request[0]?.units).toBe(raw.units.parts?.[0]?.used);
    const store = raw.decoded?.find(({ type }) => type === '0x1::fungible_asset::FungibleStore');
    expect(store?.untrustedAfter).toBeDefined();
    expect(raw.reads?.some(({ key, kind }) => kind === 'module' && key === 'dollar')).toBe(true);
    // Who does not ask for it is spared it.
    const { preview: plain } = await previewAptos({ ...request, cache: createAptosCache() });
    expect(plain.raw.decoded).toBeUndefined();
    expect(plain.raw.reads).toBeUndefined();
  } finally {
    await chain.close();
  }
});

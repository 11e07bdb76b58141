import { units } from '../parts/amount';

import { Localnet } from '../solana/localnet';
import { buildSample, SAMPLES } from '../solana/samples';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new Localnet(LOCAL_NETWORKS.solana.endpoint);
const DECIMALS = 9;

export const solana: LocalChain = {
  id: 'solana',
  name: 'Solana',
  network: LOCAL_NETWORKS.solana,
  samples: SAMPLES.map((sample) => ({
    id: sample.id,
    title: sample.title,
    text: sample.text,
    complete: true,
    build: (owner) => buildSample(sample, localnet, owner),
  })),
  async balances(address) {
    const { tokens } = await localnet.info();
    const [lamports, ...amounts] = await Promise.all([
      localnet.balance(address),
      ...tokens.map(({ mint }) => localnet.tokenBalance(address, mint)),
    ]);
    return [
      { symbol: 'SOL', amount: units(lamports, DECIMALS) },
      ...tokens.map(({ symbol, decimals }, index) => ({
        symbol,
        amount: units(amounts[index] ?? '0', decimals),
      })),
    ];
  },
  async fund(address) {
    const { tokens } = await localnet.info();
    await localnet.fund(address, tokens);
  },
  bob: async () => (await localnet.info()).wallets.bob,
  genesis: () => localnet.genesisHash(),
  async send(snap, signing) {
    return (await snap.request('solana_signAndSendTransaction', signing)).signature;
  },
  async outcome(signature) {
    const { slot, error } = await localnet.landed(signature);
    const where = `in slot ${slot.toLocaleString('en')}`;
    return error === undefined ? `confirmed ${where}` : `failed ${where}: ${error}`;
  },
};

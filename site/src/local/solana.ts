import { Localnet } from '../solana/localnet';
import { buildSample, SAMPLES } from '../solana/samples';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new Localnet(LOCAL_NETWORKS.solana.endpoint);

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
  async fund(address) {
    const { tokens } = await localnet.info();
    await localnet.fund(address, tokens);
  },
  bob: async () => (await localnet.info()).wallets.bob,
};

import { BOB, SuiLocalnet } from '../sui/localnet';
import { buildSuiSample, SUI_SAMPLES } from '../sui/samples';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new SuiLocalnet(LOCAL_NETWORKS.sui.endpoint);

export const sui: LocalChain = {
  id: 'sui',
  name: 'Sui',
  network: LOCAL_NETWORKS.sui,
  samples: SUI_SAMPLES.map((sample) => ({
    id: sample.id,
    title: sample.title,
    text: sample.text,
    complete: true,
    build: (owner) => buildSuiSample(sample, localnet, owner),
  })),
  fund: (address) => localnet.fund(address),
  bob: async () => BOB,
};

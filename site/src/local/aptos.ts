import { AptosLocalnet, BOB } from '../aptos/localnet';
import { APTOS_SAMPLES, buildAptosSample } from '../aptos/samples';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new AptosLocalnet(LOCAL_NETWORKS.aptos.endpoint);

export const aptos: LocalChain = {
  id: 'aptos',
  name: 'Aptos',
  network: LOCAL_NETWORKS.aptos,
  samples: APTOS_SAMPLES.map((sample) => ({
    id: sample.id,
    title: sample.title,
    text: sample.text,
    complete: sample.sponsored !== true,
    build: (owner) => buildAptosSample(sample, localnet, owner),
  })),
  fund: (address) => localnet.fund(address),
  bob: async () => BOB,
};

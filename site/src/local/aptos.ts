import { AptosLocalnet, BOB } from '../aptos/localnet';
import { APTOS_SAMPLES, buildAptosSample } from '../aptos/samples';
import { units } from '../parts/amount';
import { plain } from '../parts/text';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new AptosLocalnet(LOCAL_NETWORKS.aptos.endpoint);
const DECIMALS = 8;

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
  async balances(address) {
    return [{ symbol: 'APT', amount: units(await localnet.balance(address), DECIMALS) }];
  },
  fund: (address) => localnet.fund(address),
  bob: async () => BOB,
  genesis: () => localnet.chainId(),
  async send(snap, signing) {
    return (await snap.request('aptos_signAndSubmitTransaction', signing)).hash;
  },
  async outcome(hash) {
    const { version, error } = await localnet.landed(hash);
    const where = `at version ${Number(version).toLocaleString('en')}`;
    return error === undefined ? `confirmed ${where}` : `failed ${where}: ${plain(error, 300)}`;
  },
};

import { units } from '../parts/amount';
import { plain } from '../parts/text';
import { BOB, SuiLocalnet } from '../sui/localnet';
import { buildSuiSample, SUI_SAMPLES } from '../sui/samples';
import type { LocalChain } from './chain';
import { LOCAL_NETWORKS } from './networks';

const localnet = new SuiLocalnet(LOCAL_NETWORKS.sui.endpoint);
const DECIMALS = 9;

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
  async balances(address) {
    return [{ symbol: 'SUI', amount: units(await localnet.balance(address), DECIMALS) }];
  },
  fund: (address) => localnet.fund(address),
  bob: async () => BOB,
  genesis: () => localnet.chainIdentifier(),
  async send(snap, signing) {
    return (await snap.request('sui_signAndExecuteTransaction', signing)).digest;
  },
  async outcome(digest) {
    const { checkpoint, error } = await localnet.landed(digest);
    const where = `in checkpoint ${checkpoint.toLocaleString('en')}`;
    return error === undefined ? `confirmed ${where}` : `failed ${where}: ${plain(error, 300)}`;
  },
};

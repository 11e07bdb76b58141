/** Previews of Sui transactions by the real VM, over the local chain with its small framework. */
import type { SuiGraphQLClient } from '@mysten/sui/graphql';
import { Transaction } from '@mysten/sui/transactions';
import { type SuiLocalnet, startSuiLocalnet } from '../../localnet/sui';
import { ownModules } from '../../localnet/sui/framework';
import type { Network } from '../../src/chains/chain';
import {
  completeTransaction,
  createSuiCache,
  previewTransaction,
  SUI_NETWORKS,
} from '../../src/chains/sui';
import type { Preview } from '../../src/vm-preview/model/preview';
import { keysOf, sdkClient } from './sui-localnet';

export interface SuiPreviews {
  readonly previews: ReadonlyMap<string, Preview>;
  readonly own: string;
  readonly bob: string;
  readonly carol: string;
  readonly package: string;
  readonly tap: string;
}

type Build = (transaction: Transaction) => void;

const SUI = 1_000_000_000n;

/** Name and preview of each, all of alice's. */
export async function suiPreviews(): Promise<SuiPreviews> {
  const localnet = await startSuiLocalnet();
  try {
    return await new Previewer(localnet).run();
  } finally {
    await localnet.close();
  }
}

class Previewer {
  readonly #previews = new Map<string, Preview>();
  readonly #client: SuiGraphQLClient;
  readonly #cache = createSuiCache();

  constructor(private readonly localnet: SuiLocalnet) {
    this.#client = sdkClient(localnet);
  }

  async run(): Promise<SuiPreviews> {
    const { accounts, demo } = this.localnet;
    const own = accounts.alice.address;
    const { bob, carol } = accounts;
    const target = (name: string) => `${demo.package}::${name}`;
    const typeArguments = [target('ticket::Ticket')];
    const [ticket] = (
      await this.#client.core.listOwnedObjects({ owner: own, type: typeArguments[0] ?? '' })
    ).objects;
    const ticketId = ticket?.objectId ?? '';

    await this.#build('coin-transfer', (tx) => {
      tx.transferObjects([tx.splitCoins(tx.gas, [(3n * SUI) / 2n])], bob.address);
    });
    await this.#build('most-leaves', (tx) => {
      tx.transferObjects([tx.splitCoins(tx.gas, [104n * SUI])], bob.address);
    });
    await this.#build('gas-open', (tx) => tx.transferObjects([ticketId], bob.address), 'kind');
    await this.#build('object-made', (tx) => {
      tx.moveCall({
        target: target('ticket::mint'),
        arguments: ['Balcony', ''].map((text) => tx.pure.string(text)),
      });
    });
    for (const [name, lesson] of [
      ['object-taken', 'verify_ownership'],
      ['object-frozen', 'protect'],
    ] as const) {
      await this.#build(name, (tx) => {
        tx.moveCall({
          target: target(`lessons::${lesson}`),
          typeArguments,
          arguments: [tx.object(ticketId)],
        });
      });
    }
    await this.#build('shared-object', (tx) => {
      tx.moveCall({
        target: target('moon::mint'),
        arguments: [tx.object(demo.tap), tx.pure.u64(12_500_000n), tx.pure.address(own)],
      });
    });
    await this.#build('coin-drained', (tx) => {
      tx.moveCall({ target: target('lessons::claim_airdrop'), arguments: [tx.gas] });
    });
    await this.#build('published', (tx) => {
      const modules = ownModules('demo').map((bytes) => Buffer.from(bytes).toString('base64'));
      tx.transferObjects([tx.publish({ modules, dependencies: ['0x1', '0x2'] })], carol.address);
    });
    await this.#build(
      'sponsored',
      (tx) => tx.transferObjects([ticketId], bob.address),
      carol.address,
    );
    await this.#build('failing', (tx) => tx.moveCall({ target: target('lessons::fail') }), 'kind');
    await this.#build(
      'not-enough',
      (tx) => {
        tx.transferObjects([tx.splitCoins(tx.gas, [1_000n * SUI])], bob.address);
      },
      'kind',
    );
    return {
      previews: this.#previews,
      own,
      bob: bob.address,
      carol: carol.address,
      package: demo.package,
      tap: demo.tap,
    };
  }

  /** @param gas - who pays; `kind` leaves it open */
  async #build(name: string, build: Build, gas?: string): Promise<void> {
    const own = keysOf(this.localnet.accounts.alice).toSuiAddress();
    const transaction = new Transaction();
    build(transaction);
    transaction.setSender(own);
    if (gas !== undefined && gas !== 'kind') {
      transaction.setGasOwner(gas);
      transaction.setGasPayment((await this.#client.core.listCoins({ owner: gas })).objects);
    }
    const bytes =
      gas === 'kind'
        ? completeTransaction(
            await transaction.build({ client: this.#client, onlyTransactionKind: true }),
            own,
          )
        : await transaction.build({ client: this.#client });
    const { preview } = await previewTransaction({
      network: this.#network,
      transaction: bytes,
      account: own,
      cache: this.#cache,
    });
    this.#previews.set(name, preview);
  }

  get #network(): Network {
    const [mainnet] = SUI_NETWORKS;
    if (mainnet === undefined) throw new Error('no network');
    const { chainIdentifier, url } = this.localnet;
    return { ...mainnet, id: 'local', endpoint: url, genesis: chainIdentifier };
  }
}

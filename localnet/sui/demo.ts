/** Publishes the demo's package, by a transaction like any other. */
import { addressBytes, fullAddress } from '../../src/chains/sui/address';
import { BcsWriter } from '../../src/vm-preview/move/core/bcs';
import { type StructTag, typeTagText } from '../../src/vm-preview/move/core/types';
import { ACCOUNTS, PUBLISHER } from './accounts';
import type { Chain } from './chain';
import { send } from './faucet';
import { ownModules } from './framework';

export interface Demo {
  /** Ids, 0x and 64 digits. */
  readonly package: string;
  /** Of `moon::Tap`, a shared object from which anyone mints. */
  readonly tap: string;
  readonly tapVersion: bigint;
}

/** Also gives alice a ticket. */
export function publishDemo(chain: Chain): Demo {
  const demo = publish(chain);
  giveTicket(chain, demo);
  return demo;
}

function giveTicket(chain: Chain, demo: Demo): void {
  const pure = (bytes: Uint8Array) => ({ kind: 'pure', bytes }) as const;
  const { outcome } = send(
    chain,
    PUBLISHER,
    [
      pure(new BcsWriter().string('Front row').finish()),
      pure(new BcsWriter().string('').finish()),
      pure(addressBytes(ACCOUNTS.alice.address)),
    ],
    [
      {
        kind: 'moveCall',
        call: {
          package: addressBytes(demo.package),
          module: 'ticket',
          function: 'new',
          typeArguments: [],
          args: [
            { kind: 'input', index: 0 },
            { kind: 'input', index: 1 },
          ],
        },
      },
      {
        kind: 'transferObjects',
        objects: [{ kind: 'result', index: 0 }],
        address: { kind: 'input', index: 2 },
      },
    ],
  );
  if (outcome.status.kind !== 'success')
    throw new Error(`there is no ticket: ${statusOf(outcome)}`);
}

function publish(chain: Chain): Demo {
  const dependencies = ['0x1', '0x2'].map(addressBytes);
  const { outcome } = send(
    chain,
    PUBLISHER,
    [{ kind: 'pure', bytes: addressBytes(PUBLISHER.address) }],
    [
      { kind: 'publish', modules: ownModules('demo'), dependencies },
      {
        kind: 'transferObjects',
        objects: [{ kind: 'result', index: 0 }],
        address: { kind: 'input', index: 0 },
      },
    ],
  );
  const made = outcome.changes.flatMap(({ after }) => (after === null ? [] : [after]));
  const published = made.find(({ data }) => data.kind === 'package');
  const tap = made.find(({ data }) => data.kind === 'move' && isTap(data.type));
  if (published === undefined || tap === undefined)
    throw new Error(`the demo was not published: ${JSON.stringify(statusOf(outcome))}`);
  return { package: fullAddress(published.id), tap: fullAddress(tap.id), tapVersion: tap.version };
}

const isTap = (type: StructTag): boolean => typeTagText(type).endsWith('::moon::Tap');

function statusOf({ status }: ReturnType<typeof send>['outcome']): string {
  if (status.kind !== 'failure') return status.kind;
  return `${status.failure.code} ${status.failure.text ?? ''}`;
}

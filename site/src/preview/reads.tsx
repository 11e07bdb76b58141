import type { ChainId, Provenance, StateRead } from '../../../src/vm-preview/model/preview';
import { CHAIN_WORDS } from '../../../src/vm-preview/model/words';
import { Address } from '../parts/address';
import { counted, plain, shortened, thousands } from '../parts/text';
import { Fold } from './fold';
import { heightText } from './provenance';

const KINDS: Readonly<Record<StateRead['kind'], readonly [one: string, several: string]>> = {
  account: ['Account', 'Accounts'],
  object: ['Object', 'Objects'],
  package: ['Package', 'Packages'],
  resource: ['Resource', 'Resources'],
  group: ['Resource group', 'Resource groups'],
  'table-item': ['Item of a table', 'Items of tables'],
  module: ['Module', 'Modules'],
  setting: ['Setting of the chain', 'Settings of the chain'],
};

/** More of a kind are shown when they are asked for. */
const MANY = 12;

/** Everything that the run rests on, and who said it. */
export function Reads({
  reads,
  chain,
  provenance,
}: {
  reads: readonly StateRead[];
  chain: ChainId;
  provenance: Provenance;
}) {
  return (
    <Fold title="What it read" count={`${counted(reads.length, 'piece')} of state`}>
      {() => (
        <>
          <p className="quiet">
            State of {heightText(provenance, CHAIN_WORDS[chain].height)}. What was kept from an
            earlier preview and cannot change is not asked for again.
          </p>
          {Object.entries(KINDS).map(([kind, [one, several]]) => {
            const found = reads.filter((read) => read.kind === kind);
            if (found.length === 0) return null;
            return (
              <details key={kind} className="reads" open={found.length <= MANY}>
                <summary>
                  {found.length === 1 ? one : several} <span className="quiet">{found.length}</span>
                </summary>
                <ul>
                  {found.map((read) => (
                    <Read key={`${read.address} ${read.key} ${read.version}`} read={read} />
                  ))}
                </ul>
              </details>
            );
          })}
        </>
      )}
    </Fold>
  );
}

function Read({ read: { address, key, kind, length, version } }: { read: StateRead }) {
  return (
    <li>
      {kind === 'module' ? (
        <code className="long" title={address}>
          {plain(shortened(withoutZeros(address)), 80)}::{plain(key ?? '', 100)}
        </code>
      ) : (
        <>
          {address === '' ? null : <Address value={address} />}{' '}
          {key === undefined ? null : <code className="long">{plain(shortened(key), 160)}</code>}
        </>
      )}{' '}
      <span className="quiet">
        {version === undefined ? '' : `version ${thousands(version)}, `}
        {length === null ? 'nothing there' : counted(length, 'byte')}
      </span>
    </li>
  );
}

/** The chain's own addresses are short. */
function withoutZeros(address: string): string {
  return address.replace(/^0x0{40,}(?=.)/, '0x');
}

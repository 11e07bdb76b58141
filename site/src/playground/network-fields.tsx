import type { ChainId } from '../../../src/vm-preview/model/preview';
import { CHAIN_NAMES, CUSTOM, NETWORKS } from './networks';

export interface ChosenNetwork {
  readonly chain: ChainId;
  readonly id: string;
  /** Of the visitor's own node; only looked at for `custom`. */
  readonly endpoint: string;
}

const CHAINS: readonly ChainId[] = ['solana', 'aptos', 'sui'];

/** A network of any chain, or a node that the visitor names. */
export function NetworkFields({
  chosen,
  onChoose,
}: {
  chosen: ChosenNetwork;
  onChoose: (chosen: ChosenNetwork) => void;
}) {
  const choose = (value: string) => {
    const [name, id = ''] = value.split('/');
    const chain = CHAINS.find((one) => one === name);
    if (chain !== undefined) onChoose({ ...chosen, chain, id });
  };
  return (
    <>
      <label className="field">
        <span>Network</span>
        <select
          value={`${chosen.chain}/${chosen.id}`}
          onChange={(event) => choose(event.target.value)}
        >
          {CHAINS.map((chain) => (
            <optgroup key={chain} label={CHAIN_NAMES[chain]}>
              {NETWORKS[chain].map(({ id, name }) => (
                <option key={id} value={`${chain}/${id}`}>
                  {name}
                </option>
              ))}
              <option value={`${chain}/${CUSTOM}`}>Another {CHAIN_NAMES[chain]} node</option>
            </optgroup>
          ))}
        </select>
      </label>
      {chosen.id === CUSTOM ? (
        <label className="field">
          <span>Endpoint of the node</span>
          <input
            type="url"
            value={chosen.endpoint}
            onChange={(event) => onChoose({ ...chosen, endpoint: event.target.value })}
            placeholder="https://…"
            spellCheck={false}
            autoComplete="off"
            required
          />
        </label>
      ) : null}
    </>
  );
}

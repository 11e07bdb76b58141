/** Transactions of the chains on this machine, to begin with. */
import { useEffect, useState } from 'react';
import type { ChainId } from '../../../src/vm-preview/model/preview';
import { hrefOf } from '../frame/route';
import type { LocalChain, Sample } from '../local/chain';
import { loadLocalChain } from '../local/load';
import { Segments } from '../parts/segments';
import { CHAIN_NAMES } from './networks';

const CHAINS = (['solana', 'aptos', 'sui'] as const).map((value) => ({
  value,
  text: CHAIN_NAMES[value],
}));

export function Samples({
  disabled,
  picked,
  onPick,
}: {
  disabled: boolean;
  picked: string | undefined;
  onPick: (sample: Sample, chain: ChainId) => void;
}) {
  const [chain, setChain] = useState<ChainId>('solana');
  const local = useLocalChain(chain);
  return (
    <div className="card examples">
      <div className="card-head">
        <h2>Or try one of these</h2>
        <Segments
          label="Chain of the examples"
          options={CHAINS}
          value={chain}
          onChoose={setChain}
        />
      </div>
      <div className="samples">
        {(local?.samples ?? []).map((sample) => (
          <button
            type="button"
            key={sample.id}
            className={sample.id === picked ? 'sample picked' : 'sample'}
            disabled={disabled}
            onClick={() => onPick(sample, chain)}
          >
            <strong>{sample.title}</strong>
            <span className="quiet">{sample.text}</span>
          </button>
        ))}
      </div>
      <p className="quiet more">
        What sites say and what they do instead: see the <a href={hrefOf('lessons')}>lessons</a>.
      </p>
    </div>
  );
}

function useLocalChain(chain: ChainId): LocalChain | undefined {
  const [local, setLocal] = useState<LocalChain>();
  useEffect(() => {
    let isCurrent = true;
    void loadLocalChain(chain).then((loaded) => {
      if (isCurrent) setLocal(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [chain]);
  return local;
}

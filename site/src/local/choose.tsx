import { LOCAL_CHAINS, type LocalChain } from '.';

/** Which chain a part of the page is about. */
export function ChooseChain({
  chain,
  onChoose,
}: {
  chain: LocalChain;
  onChoose: (chain: LocalChain) => void;
}) {
  return (
    <fieldset className="choice">
      <legend className="unseen">Chain</legend>
      {LOCAL_CHAINS.map((one) => (
        <button
          type="button"
          key={one.id}
          className={one.id === chain.id ? 'choice-item picked' : 'choice-item'}
          aria-pressed={one.id === chain.id}
          onClick={() => onChoose(one)}
        >
          {one.name}
        </button>
      ))}
    </fieldset>
  );
}

/** Paste a transaction, or take a sample, and see what it would do. No wallet is asked. */
import { type FormEvent, useRef, useState } from 'react';
import type { Network } from '../../../src/chains/chain';
import { FIRST_CHAIN, type LocalChain, type Sample } from '../local';
import { ChooseChain } from '../local/choose';
import { toBase64 } from '../parts/base64';
import { customChain, NETWORK_GROUPS, networkAt, networkById } from './networks';
import { usePreviewer } from './previewer';
import { PreviewResult } from './result';

const EMPTY = 'Try a sample, or paste a transaction: what it would do appears here.';

export function Playground() {
  const [state, run] = usePreviewer();
  const [text, setText] = useState('');
  const [chain, setChain] = useState(FIRST_CHAIN);
  const [networkId, setNetworkId] = useState(FIRST_CHAIN.network.id);
  const [endpoint, setEndpoint] = useState('');
  const [account, setAccount] = useState('');
  const [loading, setLoading] = useState(false);
  const [picked, setPicked] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const result = useRef<HTMLDivElement>(null);

  const custom = customChain(networkId);
  const network = (): Network =>
    custom === undefined ? networkById(networkId) : networkAt(custom, endpoint.trim());

  const choose = (chosen: LocalChain) => {
    setChain(chosen);
    setPicked(undefined);
    setProblem(undefined);
    setNetworkId(chosen.network.id);
  };

  const preview = (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const from = account.trim();
    run(text, network(), from === '' ? undefined : from);
    show(result.current);
  };

  const load = async (sample: Sample) => {
    setLoading(true);
    setPicked(sample.id);
    setProblem(undefined);
    try {
      const { bytes, owner } = await sample.build();
      const base64 = toBase64(bytes);
      setText(base64);
      setNetworkId(chain.network.id);
      setAccount(owner);
      run(base64, chain.network, owner);
      show(result.current);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  };

  return (
    <section className="part" id="playground">
      <h2>Playground</h2>
      <p className="lead">
        Real transactions on local chains, run in your browser by the virtual machines that the snap
        carries. The node is asked for state only; no wallet is needed.
      </p>
      <div className="two bench">
        <div className="card">
          <div className="card-head">
            <h3>Try it</h3>
            <ChooseChain chain={chain} onChoose={choose} />
          </div>
          <Samples samples={chain.samples} disabled={loading} picked={picked} onPick={load} />
          {problem === undefined ? null : (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
        </div>
        <div className="card result" ref={result}>
          <PreviewResult state={state} empty={EMPTY} />
        </div>
        <form className="card" onSubmit={preview}>
          <h3>Or paste a transaction</h3>
          <label className="field">
            <span>Transaction, in base64 or hex</span>
            <textarea
              value={text}
              onChange={(event) => setText(event.target.value)}
              spellCheck={false}
              autoComplete="off"
              required
            />
          </label>
          <label className="field">
            <span>Network</span>
            <select value={networkId} onChange={(event) => setNetworkId(event.target.value)}>
              {NETWORK_GROUPS.map((group) => (
                <optgroup key={group.chain} label={group.name}>
                  {group.networks.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                  <option value={group.custom}>Another {group.name} node</option>
                </optgroup>
              ))}
            </select>
          </label>
          {custom !== undefined ? (
            <label className="field">
              <span>Endpoint</span>
              <input
                type="url"
                value={endpoint}
                onChange={(event) => setEndpoint(event.target.value)}
                placeholder="https://…"
                required
              />
            </label>
          ) : null}
          <label className="field">
            <span>Seen from this account (may stay empty)</span>
            <input
              value={account}
              onChange={(event) => setAccount(event.target.value)}
              spellCheck={false}
              autoComplete="off"
            />
          </label>
          <div className="row field">
            <button type="submit" className="button main" disabled={state.step === 'running'}>
              Preview
            </button>
          </div>
        </form>
      </div>
    </section>
  );
}

/** On a narrow screen the result is below what started it. */
function show(element: HTMLElement | null): void {
  if (element === null || element.getBoundingClientRect().top < window.innerHeight / 2) return;
  element.scrollIntoView({ block: 'start' });
}

/** Before one is picked the first is put forward. */
function Samples({
  samples,
  disabled,
  picked = samples[0]?.id,
  onPick,
}: {
  samples: readonly Sample[];
  disabled: boolean;
  picked: string | undefined;
  onPick: (sample: Sample) => void;
}) {
  return (
    <div className="samples">
      {samples.map((sample) => (
        <button
          type="button"
          key={sample.id}
          className={sample.id === picked ? 'sample picked' : 'sample'}
          disabled={disabled}
          onClick={() => onPick(sample)}
        >
          <strong>{sample.title}</strong>
          <span className="quiet">{sample.text}</span>
        </button>
      ))}
    </div>
  );
}

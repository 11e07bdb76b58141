/** Paste a transaction, or take a sample, and see what it would do. No wallet is asked. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ChainId } from '../../../src/vm-preview/model/preview';
import { useRoute } from '../frame/route';
import type { Sample } from '../local/chain';
import { LOCAL_NETWORKS } from '../local/networks';
import { toBase64 } from '../parts/base64';
import { plain } from '../parts/text';
import { type SharedTransaction, transactionIn } from './link';
import type { Recognized } from './messages';
import { type ChosenNetwork, NetworkFields } from './network-fields';
import { endpointOf, isLocal, NETWORKS, networkOf } from './networks';
import { usePastes } from './previewer';
import { PreviewResult } from './result';
import { Samples } from './samples';
import { Share } from './share';
import { TransactionInput } from './transaction-input';

const EMPTY = 'Paste a transaction, or try an example: what it would do appears here.';
const READ_AFTER_MS = 150;

const localNetwork = (chain: ChainId): ChosenNetwork => ({
  chain,
  id: LOCAL_NETWORKS[chain].id,
  endpoint: '',
});

export function Playground() {
  const previewer = usePastes();
  const { read, reading, run, state } = previewer;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(localNetwork('solana'));
  const [account, setAccount] = useState('');
  const [fromLink, setFromLink] = useState<SharedTransaction>();
  const [picked, setPicked] = useState<string>();
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  const result = useRef<HTMLDivElement>(null);
  /** How often the visitor has changed the text. */
  const edits = useRef(0);
  const { query } = useRoute();
  const link = query.toString();

  const start = (given: string, network: ChosenNetwork, from: string) => {
    const wanted = networkOf(network.chain, network.id, network.endpoint);
    if (wanted === undefined) {
      setProblem('A node’s address begins with https://, or with http:// on this machine.');
      return;
    }
    setProblem(undefined);
    setFromLink(undefined);
    run(given, wanted, from.trim() === '' ? undefined : from.trim());
    show(result.current);
  };

  // A link fills in the form. A node is asked only once the visitor says so, unless it is on this machine.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link
  useEffect(() => {
    const shared = transactionIn(new URLSearchParams(link));
    if (shared === undefined) return;
    const { account: from = '', bytes, chain, endpoint = '', network } = shared;
    const wanted = { chain, id: network, endpoint };
    setText(bytes);
    setChosen(wanted);
    setAccount(from);
    setPicked(undefined);
    previewer.clear();
    if (isLocal(chain, network)) start(bytes, wanted, from);
    else setFromLink(shared);
  }, [link]);

  useEffect(() => {
    const timer = setTimeout(() => read(text, account.trim() || undefined), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, account, read]);

  const recognized = reading.kind === 'recognized' ? reading.recognized : undefined;
  const recognizedChain = recognized?.chain;
  const named = recognized?.network;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what was pasted, not what is chosen
  useEffect(() => {
    if (recognizedChain === undefined || fromLink !== undefined) return;
    setChosen((before) =>
      before.chain === recognizedChain && named === undefined
        ? before
        : before.chain === recognizedChain && before.id === 'custom'
          ? before
          : networkFor(recognizedChain, named, before),
    );
  }, [recognizedChain, named, text]);

  const preview = (event: FormEvent) => {
    event.preventDefault();
    start(text, chosen, account);
  };

  const load = async (sample: Sample, chain: ChainId) => {
    setLoading(true);
    setPicked(sample.id);
    setProblem(undefined);
    const editsBefore = edits.current;
    try {
      const { bytes, owner } = await sample.build();
      // What was typed meanwhile is wanted more than the sample.
      if (edits.current !== editsBefore) return;
      const base64 = toBase64(bytes);
      const network = localNetwork(chain);
      setText(base64);
      setChosen(network);
      setAccount(owner);
      start(base64, network, owner);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  };

  return (
    <section className="part" id="playground" aria-labelledby="playground-title">
      <div className="page-head">
        <h1 id="playground-title">Playground</h1>
        <p className="lead">
          Any transaction of Solana, Aptos or Sui, run in your browser by the virtual machines that
          the snap carries. The node that you choose is asked for state only, and nobody else is
          asked anything. No wallet is needed.
        </p>
      </div>
      <div className="two bench">
        <form className="card" onSubmit={preview}>
          <TransactionInput
            text={text}
            reading={reading}
            onText={(given) => {
              edits.current += 1;
              setText(given);
              setPicked(undefined);
            }}
          />
          <NetworkFields chosen={chosen} onChoose={setChosen} />
          <label className="field">
            <span>Seen from this account (may stay empty)</span>
            <input
              value={account}
              onChange={(event) => setAccount(event.target.value)}
              placeholder={recognized?.payer ?? ''}
              spellCheck={false}
              autoComplete="off"
            />
          </label>
          {fromLink === undefined ? null : <LinkNotice chosen={chosen} />}
          {problem === undefined ? null : (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
          <div className="row field">
            <button type="submit" className="button main" disabled={state.step === 'running'}>
              Preview
            </button>
          </div>
        </form>
        <div className="card result" ref={result}>
          <PreviewResult state={state} empty={EMPTY} />
          {state.step === 'done' ? (
            <Share
              shared={{
                chain: state.preview.chain,
                network: chosen.id,
                bytes: recognized?.bytes ?? state.bytes,
                account: state.preview.account,
                endpoint: endpointOf(chosen.endpoint),
              }}
            />
          ) : null}
        </div>
        <Samples disabled={loading} picked={picked} onPick={load} />
      </div>
    </section>
  );
}

/** The network that the transaction names; else the one of its chain that most are for. */
function networkFor(
  chain: ChainId,
  named: Recognized['network'],
  before: ChosenNetwork,
): ChosenNetwork {
  const wasLocal = isLocal(before.chain, before.id);
  const usual = wasLocal ? LOCAL_NETWORKS[chain] : NETWORKS[chain].find(({ builtin }) => builtin);
  return { ...before, chain, id: named ?? usual?.id ?? LOCAL_NETWORKS[chain].id };
}

function LinkNotice({ chosen }: { chosen: ChosenNetwork }) {
  const network = networkOf(chosen.chain, chosen.id, chosen.endpoint);
  return (
    <div className="notice" role="status">
      <strong>This transaction came with a link</strong>
      <p>
        Nothing has been asked yet.{' '}
        {network === undefined
          ? 'Name the node that is to be asked for state.'
          : `“Preview” asks ${plain(new URL(network.endpoint).host, 100)} for state.`}
      </p>
    </div>
  );
}

/** On a narrow screen the result is below what started it. */
function show(element: HTMLElement | null): void {
  if (element === null || element.getBoundingClientRect().top < window.innerHeight / 2) return;
  element.scrollIntoView({ block: 'start' });
}

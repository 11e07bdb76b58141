/** With MetaMask: install the snap, see the addresses, get test money, sign what was previewed. */
import { useState } from 'react';
import type { RpcAccount } from '../../../src/rpc/types';
import type { LookaheadSnap } from '../../provider';
import { FIRST_CHAIN, type LocalChain, type Sample } from '../local';
import { ChooseChain } from '../local/choose';
import { Address } from '../parts/address';
import { toBase64 } from '../parts/base64';
import { usePreviewer } from '../playground/previewer';
import { PreviewResult } from '../playground/result';
import { Accounts } from './accounts';
import { Funds } from './funds';
import { type Task, useTask } from './use-task';
import { useWallet, type WalletState } from './use-wallet';

export function WalletPart() {
  const wallet = useWallet();
  const task = useTask();
  const [sendings, setSendings] = useState(0);
  const [chain, setChain] = useState(FIRST_CHAIN);
  const account = wallet.accounts.find((one) => one.chain === chain.id);
  return (
    <section className="part" id="wallet">
      <h2>With MetaMask</h2>
      <p className="lead">
        The snap gives you accounts on Solana, Eclipse, Aptos and Sui, and shows the same preview in
        MetaMask’s own window before anything is signed.
      </p>
      {wallet.snap === undefined ? (
        <Connect wallet={wallet} task={task} />
      ) : (
        <>
          {wallet.accounts.length === 0 ? null : (
            <div className="part-choice">
              <ChooseChain chain={chain} onChoose={setChain} />
            </div>
          )}
          <div className="two">
            <Accounts wallet={wallet} task={task} />
            {account === undefined ? null : (
              // Read anew after each transaction.
              <Funds key={`${chain.id} ${sendings}`} chain={chain} address={account.address} />
            )}
          </div>
          <Problem task={task} />
          {account === undefined ? null : (
            <Actions
              key={chain.id}
              snap={wallet.snap}
              chain={chain}
              account={account}
              onLanded={() => setSendings((before) => before + 1)}
            />
          )}
        </>
      )}
    </section>
  );
}

function Connect({ wallet, task }: { wallet: WalletState; task: Task }) {
  return (
    <div className="card">
      {wallet.wallets.length === 0 ? (
        <p>
          No MetaMask was found in this browser. Until the snap is on MetaMask’s list it needs{' '}
          <a href="https://docs.metamask.io/snaps/get-started/install-flask/" rel="noreferrer">
            MetaMask Flask
          </a>
          , in a browser profile of its own. The playground above works without.
        </p>
      ) : (
        <div className="row">
          {wallet.wallets.map((found) => (
            <button
              type="button"
              key={found.info.uuid}
              className="button main"
              disabled={task.running !== undefined}
              onClick={() => task.start('Connecting', () => wallet.connect(found))}
            >
              Connect {found.info.rdns === 'io.metamask.flask' ? 'MetaMask Flask' : 'MetaMask'}
            </button>
          ))}
          {task.running === undefined ? null : (
            <span className="row quiet busy">Answer in MetaMask’s window…</span>
          )}
        </div>
      )}
      <Problem task={task} />
    </div>
  );
}

function Problem({ task: { problem } }: { task: Task }) {
  if (problem === undefined) return null;
  return (
    <p className="problem" role="alert">
      {problem}
    </p>
  );
}

interface Sent {
  readonly id: string;
  readonly outcome: string;
}

function Actions({
  snap,
  chain,
  account,
  onLanded,
}: {
  snap: LookaheadSnap;
  chain: LocalChain;
  account: RpcAccount;
  onLanded: () => void;
}) {
  const [state, run] = usePreviewer();
  const task = useTask();
  const [sent, setSent] = useState<Sent>();

  const preview = (sample: Sample) =>
    task.start(sample.id, async () => {
      setSent(undefined);
      const { bytes } = await sample.build(account.address);
      run(toBase64(bytes), chain.network, account.address);
    });

  const sign = (sample: Sample) =>
    task.start(sample.id, async () => {
      setSent(undefined);
      const network = await addLocalnet(snap, chain);
      const { bytes } = await sample.build(account.address);
      const id = await chain.send(snap, {
        network,
        account: account.address,
        transaction: toBase64(bytes),
      });
      setSent({ id, outcome: 'sent, not confirmed yet' });
      const outcome = await chain.outcome(id);
      onLanded();
      setSent({ id, outcome });
    });

  return (
    <div className="two actions">
      <div className="card">
        <h3>Sign something</h3>
        <ul className="steps">
          {chain.samples.map((sample) => (
            <li key={sample.id} className="step">
              <strong>{sample.title}</strong>
              <p className="quiet">{sample.text}</p>
              <div className="row">
                <button
                  type="button"
                  className="button"
                  disabled={task.running !== undefined}
                  onClick={() => preview(sample)}
                >
                  Preview here
                </button>
                {sample.complete ? (
                  <button
                    type="button"
                    className="button main"
                    disabled={task.running !== undefined}
                    onClick={() => sign(sample)}
                  >
                    Sign in MetaMask
                  </button>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </div>
      <div className="card">
        <Problem task={task} />
        {sent === undefined ? null : (
          <p className="note" role="status">
            Transaction <Address value={sent.id} /> {sent.outcome}.
          </p>
        )}
        <PreviewResult
          state={state}
          empty="Preview one of these here first, then compare with what MetaMask shows."
        />
      </div>
    </div>
  );
}

/** Has the wallet know the local chain; the user is asked the first time. @returns its id there */
async function addLocalnet(snap: LookaheadSnap, chain: LocalChain): Promise<string> {
  const genesis = await chain.genesis();
  const { networks } = await snap.request('wallet_getNetworks', {});
  const known = networks.find(
    (network) => network.chain === chain.id && network.genesis === genesis,
  );
  if (known !== undefined) return known.id;
  const { network } = await snap.request('wallet_addNetwork', {
    chain: chain.id,
    name: chain.network.name,
    endpoint: chain.network.endpoint,
    isTest: true,
  });
  return network.id;
}

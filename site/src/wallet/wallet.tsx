/** With MetaMask: install the snap, see the addresses, get test money, sign what was previewed. */
import { useState } from 'react';
import type { RpcAccount } from '../../../src/rpc/types';
import type { LookaheadSnap } from '../../provider';
import { Address } from '../parts/address';
import { LOCALNET } from '../playground/networks';
import { usePreviewer } from '../playground/previewer';
import { PreviewResult } from '../playground/result';
import { toBase64 } from '../solana/build';
import { Localnet } from '../solana/localnet';
import { buildSample, SAMPLES, type Sample } from '../solana/samples';
import { Accounts } from './accounts';
import { Funds } from './funds';
import { type Task, useTask } from './use-task';
import { useWallet, type WalletState } from './use-wallet';

const localnet = new Localnet(LOCALNET.endpoint);

export function WalletPart() {
  const wallet = useWallet();
  const task = useTask();
  const [sendings, setSendings] = useState(0);
  const solana = wallet.accounts.find(({ chain }) => chain === 'solana');
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
          <div className="two">
            <Accounts wallet={wallet} task={task} />
            {solana === undefined ? null : (
              // Read anew after each transaction.
              <Funds key={sendings} localnet={localnet} address={solana.address} />
            )}
          </div>
          <Problem task={task} />
          {solana === undefined ? null : (
            <Actions
              snap={wallet.snap}
              account={solana}
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
  readonly signature: string;
  readonly outcome: string;
}

function Actions({
  snap,
  account,
  onLanded,
}: {
  snap: LookaheadSnap;
  account: RpcAccount;
  onLanded: () => void;
}) {
  const [state, run] = usePreviewer();
  const task = useTask();
  const [sent, setSent] = useState<Sent>();

  const preview = (sample: Sample) =>
    task.start(sample.id, async () => {
      setSent(undefined);
      const { bytes } = await buildSample(sample, localnet, account.address);
      run(toBase64(bytes), LOCALNET, account.address);
    });

  const sign = (sample: Sample) =>
    task.start(sample.id, async () => {
      setSent(undefined);
      const network = await addLocalnet(snap);
      const { bytes } = await buildSample(sample, localnet, account.address);
      const { signature } = await snap.request('solana_signAndSendTransaction', {
        network,
        account: account.address,
        transaction: toBase64(bytes),
      });
      setSent({ signature, outcome: 'sent, not confirmed yet' });
      const { slot, error } = await localnet.landed(signature);
      onLanded();
      setSent({
        signature,
        outcome:
          error === undefined
            ? `confirmed in slot ${slot.toLocaleString('en')}`
            : `failed in slot ${slot.toLocaleString('en')}: ${error}`,
      });
    });

  return (
    <div className="two actions">
      <div className="card">
        <h3>Sign something</h3>
        <ul className="steps">
          {SAMPLES.map((sample) => (
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
                <button
                  type="button"
                  className="button main"
                  disabled={task.running !== undefined}
                  onClick={() => sign(sample)}
                >
                  Sign in MetaMask
                </button>
              </div>
            </li>
          ))}
        </ul>
      </div>
      <div className="card">
        <Problem task={task} />
        {sent === undefined ? null : (
          <p className="note" role="status">
            Transaction <Address value={sent.signature} /> {sent.outcome}.
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
async function addLocalnet(snap: LookaheadSnap): Promise<string> {
  const genesis = await localnet.genesisHash();
  const { networks } = await snap.request('wallet_getNetworks', {});
  const known = networks.find((network) => network.genesis === genesis);
  if (known !== undefined) return known.id;
  const { network } = await snap.request('wallet_addNetwork', {
    chain: 'solana',
    name: LOCALNET.name,
    endpoint: LOCALNET.endpoint,
    isTest: true,
  });
  return network.id;
}

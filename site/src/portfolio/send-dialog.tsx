import { type FormEvent, type RefObject, useState } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { RpcAccount } from '../../../src/rpc/types';
import type { Transaction } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { Address } from '../parts/address';
import { units } from '../parts/amount';
import { Dialog } from '../parts/dialog';
import { AdviceNotice } from '../parts/notice';
import { parseAmount } from '../parts/parse-amount';
import { plain } from '../parts/text';
import { WaitForMetaMask } from '../parts/wait';
import { WorkButton } from '../parts/work-button';
import { useRefresh } from '../wallet/balances';
import { explorerOf } from '../wallet/networks';
import { type Phase, send } from '../wallet/send';
import { useLookahead, useWork } from '../wallet/wallet';

const WORDS: Readonly<Record<Phase, string>> = {
  build: 'Building the transaction…',
  network: 'MetaMask asks whether Lookahead may know this network…',
  review: 'Read the preview in MetaMask’s window, then approve or reject.',
  confirm: 'Sent. Waiting for the network to confirm it…',
};

/** The chain's coin to an address. */
export function SendDialog({
  account,
  available,
  dialog,
  network,
}: {
  account: RpcAccount;
  /** Of the smallest unit, in digits. */
  available: string | undefined;
  dialog: RefObject<HTMLDialogElement | null>;
  network: Network;
}) {
  const { snap } = useLookahead();
  const refresh = useRefresh(network);
  const [to, setTo] = useState('');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<{ field: 'to' | 'amount'; text: string }>();
  const [phase, setPhase] = useState<Phase>('build');
  const [landed, setLanded] = useState<Transaction>();
  const { decimals, symbol } = network.coin;
  const work = useWork('send', async () => {
    const amount = parseAmount(text, decimals);
    if (snap === undefined || amount === undefined) return;
    const transfer = { from: account.address, to: to.trim(), amount };
    setLanded(await send({ snap, network, transfer }, setPhase));
    await refresh();
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setLanded(undefined);
    const found = await faultOf(network, { to, text, available });
    setFault(found);
    if (found === undefined) work.start();
  };

  return (
    <Dialog dialog={dialog} title={`Send ${symbol}`}>
      <form className="stack" onSubmit={submit} noValidate>
        <label className="field">
          <span>To</span>
          <input
            value={to}
            onChange={({ target }) => setTo(target.value)}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={fault?.field === 'to'}
            aria-describedby={`${network.id}-fault`}
          />
        </label>
        <label className="field">
          <span>Amount in {symbol}</span>
          <input
            value={text}
            onChange={({ target }) => setText(target.value)}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={fault?.field === 'amount'}
            aria-describedby={`${network.id}-fault`}
          />
        </label>
        <p className="quiet">
          {available === undefined
            ? ''
            : `You have ${units(available, decimals)} ${symbol} there. `}
          The fee comes on top; the preview shows it.
        </p>
        <p className="problem" role="alert" id={`${network.id}-fault`} hidden={fault === undefined}>
          {fault?.text}
        </p>
        <AdviceNotice advice={work.advice} />
        <div className="row">
          <WorkButton work={work} submits>
            Review in MetaMask
          </WorkButton>
        </div>
        <WaitForMetaMask work={work} text={WORDS[phase]} />
        {landed === undefined ? null : <Done landed={landed} network={network} />}
      </form>
    </Dialog>
  );
}

function Done({ landed, network }: { landed: Transaction; network: Network }) {
  const failed = landed.error !== undefined;
  return (
    <div className={failed ? 'notice bad' : 'notice good'} role="status">
      <strong>{failed ? 'It failed' : 'Confirmed'}</strong>
      {failed ? <p>{plain(landed.error ?? '', 300)}</p> : null}
      <p>
        <Address value={landed.id} />{' '}
        <a href={explorerOf(network, landed.id)}>See it in the explorer</a>
      </p>
    </div>
  );
}

/** One sentence that says what to mend. */
async function faultOf(
  network: Network,
  { available, text, to }: { to: string; text: string; available: string | undefined },
): Promise<{ field: 'to' | 'amount'; text: string } | undefined> {
  const { decimals, symbol } = network.coin;
  const ledger = await loadLedger(network.chain);
  if (!ledger.isAddress(to.trim())) {
    return {
      field: 'to',
      text: `That is no address of ${network.name}: paste the receiver’s whole address.`,
    };
  }
  const amount = parseAmount(text, decimals);
  if (amount === undefined) {
    return {
      field: 'amount',
      text: `Enter a number of ${symbol} above 0, with at most ${decimals} decimals, e.g. 0.5.`,
    };
  }
  if (available !== undefined && amount > BigInt(available)) {
    return {
      field: 'amount',
      text: `That is more than you have: at most ${units(available, decimals)} ${symbol}, less the fee.`,
    };
  }
  return undefined;
}

/** The steps, in their order: those done with what came of them, the next one open, the rest by name. */
import { useState } from 'react';
import type { RpcChain } from '../../../src/rpc/types';
import { shortened } from '../parts/text';
import { setReturning } from '../wallet/memory';
import { isFlask } from '../wallet/metamask';
import { type Lookahead, type Stage, useLookahead } from '../wallet/wallet';
import { AddressesStep } from './addresses';
import { ConnectStep } from './connect';
import { FindStep } from './find';
import { InstallStep } from './install';
import { LocalSteps } from './local-steps';
import { Step } from './step';

const ORDER: Readonly<Record<Stage['at'], number>> = {
  searching: 0,
  none: 0,
  choose: 0,
  ordinary: 0,
  install: 1,
  connect: 2,
  connected: 3,
};

export function Path() {
  const lookahead = useLookahead();
  const [hasSeenAddresses, setSeen] = useState(false);
  const [progress, setProgress] = useState<'money' | 'transfer' | 'done'>('money');
  const [chain, setChain] = useState<RpcChain>('solana');
  const { accounts, stage } = lookahead;
  const reached = ORDER[stage.at];
  const current = reached < 3 ? reached : hasSeenAddresses ? LOCAL[progress] : 3;

  const finish = () => {
    setReturning(true);
    setProgress('done');
  };

  return (
    <ol className="path" aria-label="Steps">
      <Step number={0} current={current} title="MetaMask" done={nameOf(lookahead)}>
        <FindStep />
      </Step>
      <Step
        number={1}
        current={current}
        title={
          stage.at === 'install' && stage.installed !== undefined
            ? 'Update Lookahead'
            : 'Install Lookahead'
        }
        done={`Version ${lookahead.version ?? ''}`}
      >
        <InstallStep />
      </Step>
      <Step
        number={2}
        current={current}
        title="Connect your accounts"
        done={`${accounts.length} account${accounts.length === 1 ? '' : 's'}`}
      >
        <ConnectStep />
      </Step>
      <Step
        number={3}
        current={current}
        title="Your addresses"
        done={accounts.map(({ address }) => shortened(address)).join(', ')}
      >
        <AddressesStep onDone={() => setSeen(true)} />
      </Step>
      <LocalSteps
        current={current}
        chain={chain}
        onChain={setChain}
        onFunded={() => setProgress('transfer')}
        onBack={() => setProgress('money')}
        onDone={finish}
      />
    </ol>
  );
}

const LOCAL = { money: 4, transfer: 5, done: 6 } as const;

function nameOf({ stage, wallets }: Lookahead): string {
  if (!('wallet' in stage)) return '';
  const { wallet } = stage;
  return isFlask(wallet) ? 'MetaMask Flask' : wallets.length === 0 ? '' : 'MetaMask';
}

/** Test money and a first transfer, on the chain that the visitor picks. */
import type { RpcChain } from '../../../src/rpc/types';
import { Segments } from '../parts/segments';
import { CHAIN_NAMES } from '../wallet/address-cards';
import { CHAINS, useLookahead } from '../wallet/wallet';
import { MoneyStep } from './money';
import { Step } from './step';
import { TransferStep } from './transfer';

const MONEY = 4;
const TRANSFER = 5;

export interface LocalStepsProps {
  readonly current: number;
  readonly chain: RpcChain;
  onChain(chain: RpcChain): void;
  onFunded(): void;
  onBack(): void;
  onDone(): void;
}

export function LocalSteps({ chain, current, ...on }: LocalStepsProps) {
  const { accounts } = useLookahead();
  const account = accounts.find((one) => one.chain === chain);
  const choose = (chosen: RpcChain) => {
    on.onChain(chosen);
    on.onBack();
  };
  const chains = CHAINS.filter((id) => accounts.some((one) => one.chain === id));
  const choice = (
    <Segments
      label="Chain"
      options={chains.map((value) => ({ value, text: CHAIN_NAMES[value] }))}
      value={chain}
      onChoose={choose}
    />
  );
  return (
    <>
      <Step number={MONEY} current={current} title="Test money" done={`On ${CHAIN_NAMES[chain]}`}>
        {account === undefined ? null : (
          <div className="stack">
            {choice}
            <MoneyStep key={chain} account={account} onDone={on.onFunded} />
          </div>
        )}
      </Step>
      <Step
        number={TRANSFER}
        current={current}
        isOpen={current > TRANSFER}
        title="Your first transfer, previewed"
        done=""
      >
        {account === undefined ? null : (
          <div className="stack">
            {choice}
            <TransferStep
              key={chain}
              account={account}
              chains={chains}
              onChain={choose}
              onDone={on.onDone}
            />
          </div>
        )}
      </Step>
    </>
  );
}

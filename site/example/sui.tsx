/** `@mysten/dapp-kit` with its own button and dialog. */
import {
  ConnectButton,
  createNetworkConfig,
  SuiClientProvider,
  useCurrentAccount,
  useSignPersonalMessage,
  useSignTransaction,
  WalletProvider,
} from '@mysten/dapp-kit';
import { getJsonRpcFullnodeUrl } from '@mysten/sui/jsonRpc';
import { Transaction } from '@mysten/sui/transactions';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import '@mysten/dapp-kit/dist/index.css';
import { Action, Part } from './parts';

const { networkConfig } = createNetworkConfig({
  testnet: { url: getJsonRpcFullnodeUrl('testnet'), network: 'testnet' },
});
const queries = new QueryClient();

export function SuiPart() {
  return (
    <QueryClientProvider client={queries}>
      <SuiClientProvider networks={networkConfig} defaultNetwork="testnet">
        <WalletProvider autoConnect>
          <Part name="Sui">
            <ConnectButton connectText="Connect a Sui wallet" />
            <Actions />
          </Part>
        </WalletProvider>
      </SuiClientProvider>
    </QueryClientProvider>
  );
}

function Actions() {
  const account = useCurrentAccount();
  const { mutateAsync: signMessage } = useSignPersonalMessage();
  const { mutateAsync: signTransaction } = useSignTransaction();
  if (account === null) return null;
  return (
    <>
      <p>
        Connected: <code>{account.address}</code>
      </p>
      <Action
        name="Sign a Sui message"
        run={async () => {
          const message = new TextEncoder().encode('Hello from a dapp');
          return (await signMessage({ message })).signature;
        }}
      />
      <Action
        name="Sign a Sui transaction"
        run={async () => {
          const transaction = new Transaction();
          const [coin] = transaction.splitCoins(transaction.gas, [1]);
          if (coin === undefined) throw new Error('There is no coin to send.');
          transaction.transferObjects([coin], account.address);
          return (await signTransaction({ transaction })).signature;
        }}
      />
    </>
  );
}

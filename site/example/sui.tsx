/** `@mysten/dapp-kit` with its own button and dialog. */
import {
  ConnectButton,
  createNetworkConfig,
  SuiClientProvider,
  useCurrentAccount,
  useCurrentWallet,
  useSignPersonalMessage,
  WalletProvider,
} from '@mysten/dapp-kit';
import { getJsonRpcFullnodeUrl } from '@mysten/sui/jsonRpc';
import { Transaction } from '@mysten/sui/transactions';
import { signAndExecuteTransaction } from '@mysten/wallet-standard';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import '@mysten/dapp-kit/dist/index.css';
import { Action, Part } from './parts';

const { networkConfig } = createNetworkConfig({
  testnet: { url: getJsonRpcFullnodeUrl('testnet'), network: 'testnet' },
  localnet: { url: getJsonRpcFullnodeUrl('localnet'), network: 'localnet' },
});
const queries = new QueryClient();

export function SuiPart({ isLocal }: { isLocal: boolean }) {
  const network = isLocal ? 'localnet' : 'testnet';
  return (
    <QueryClientProvider client={queries}>
      <SuiClientProvider networks={networkConfig} defaultNetwork={network}>
        <WalletProvider autoConnect>
          <Part name="Sui">
            <ConnectButton connectText="Connect a Sui wallet" />
            <Actions chain={`sui:${network}`} />
          </Part>
        </WalletProvider>
      </SuiClientProvider>
    </QueryClientProvider>
  );
}

function Actions({ chain }: { chain: 'sui:localnet' | 'sui:testnet' }) {
  const account = useCurrentAccount();
  const { currentWallet } = useCurrentWallet();
  const { mutateAsync: signMessage } = useSignPersonalMessage();
  if (account === null || currentWallet === null) return null;
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
        name="Send a Sui transaction"
        run={async () => {
          const transaction = new Transaction();
          const [coin] = transaction.splitCoins(transaction.gas, [1]);
          if (coin === undefined) throw new Error('There is no coin to send.');
          transaction.transferObjects([coin], account.address);
          // By the wallet itself: the hook of that name sends through the page's own client.
          const sent = await signAndExecuteTransaction(currentWallet, {
            transaction,
            account,
            chain,
          });
          return sent.digest;
        }}
      />
    </>
  );
}

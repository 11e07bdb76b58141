/** `@solana/wallet-adapter-react` with its own button and dialog. */
import {
  ConnectionProvider,
  useConnection,
  useWallet,
  WalletProvider,
} from '@solana/wallet-adapter-react';
import { WalletModalProvider, WalletMultiButton } from '@solana/wallet-adapter-react-ui';
import { SystemProgram, Transaction } from '@solana/web3.js';
import '@solana/wallet-adapter-react-ui/styles.css';
import { Action, Part, toHex } from './parts';

export function SolanaPart({ endpoint }: { endpoint: string }) {
  return (
    <ConnectionProvider endpoint={endpoint}>
      <WalletProvider wallets={[]} autoConnect>
        <WalletModalProvider>
          <Part name="Solana">
            <WalletMultiButton />
            <Actions />
          </Part>
        </WalletModalProvider>
      </WalletProvider>
    </ConnectionProvider>
  );
}

function Actions() {
  const { connection } = useConnection();
  const { publicKey, sendTransaction, signMessage } = useWallet();
  if (publicKey === null) return null;
  return (
    <>
      <p>
        Connected: <code>{publicKey.toBase58()}</code>
      </p>
      <Action
        name="Sign a Solana message"
        run={async () => {
          if (signMessage === undefined) throw new Error('The wallet signs no messages.');
          return toHex(await signMessage(new TextEncoder().encode('Hello from a dapp')));
        }}
      />
      <Action
        name="Send a Solana transaction"
        run={async () => {
          const transaction = new Transaction().add(
            SystemProgram.transfer({ fromPubkey: publicKey, toPubkey: publicKey, lamports: 1 }),
          );
          return sendTransaction(transaction, connection);
        }}
      />
    </>
  );
}

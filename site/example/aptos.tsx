/** `@aptos-labs/wallet-adapter-react` with its own list items. */
import { Network } from '@aptos-labs/ts-sdk';
import {
  AptosWalletAdapterProvider,
  groupAndSortWallets,
  useWallet,
  WalletItem,
} from '@aptos-labs/wallet-adapter-react';
import { Action, Part } from './parts';

/** @param isLocal - whether a local chain is meant, which the wallet may not know yet */
export function AptosPart({ isLocal }: { isLocal: boolean }) {
  return (
    <AptosWalletAdapterProvider
      autoConnect
      disableTelemetry
      dappConfig={{ network: isLocal ? Network.LOCAL : Network.TESTNET }}
    >
      <Part name="Aptos">
        <Wallets />
        <Actions isLocal={isLocal} />
      </Part>
    </AptosWalletAdapterProvider>
  );
}

function Wallets() {
  const { connected, disconnect, wallets } = useWallet();
  if (connected) {
    return (
      <button type="button" onClick={() => disconnect()}>
        Disconnect Aptos
      </button>
    );
  }
  return groupAndSortWallets([...wallets]).availableWallets.map((wallet) => (
    <WalletItem key={wallet.name} wallet={wallet}>
      <WalletItem.Icon className="icon" /> <WalletItem.Name />{' '}
      <WalletItem.ConnectButton>Connect {wallet.name} on Aptos</WalletItem.ConnectButton>
    </WalletItem>
  ));
}

function Actions({ isLocal }: { isLocal: boolean }) {
  const { account, changeNetwork, network, signAndSubmitTransaction, signMessageAndVerify } =
    useWallet();
  if (account === null) return null;
  const address = account.address.toString();
  return (
    <>
      <p>
        Connected: <code>{address}</code> on {network?.name}
      </p>
      <Action
        name="Sign an Aptos message"
        run={async () => {
          const message = { message: 'Hello from a dapp', nonce: '1' };
          return (await signMessageAndVerify(message)) ? 'verified' : 'not verified';
        }}
      />
      <Action
        name="Submit an Aptos transaction"
        run={async () => {
          if (isLocal) await changeNetwork(Network.LOCAL);
          const { hash } = await signAndSubmitTransaction({
            data: { function: '0x1::aptos_account::transfer', functionArguments: [address, 1] },
          });
          return hash;
        }}
      />
    </>
  );
}

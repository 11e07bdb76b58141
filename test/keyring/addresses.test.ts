import { Account } from '@aptos-labs/ts-sdk';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { mnemonicToSeedSync } from '@scure/bip39';
import { Keypair } from '@solana/web3.js';
import { HDKey } from 'micro-ed25519-hdkey';
import { deriveAccount, type KeyringChain } from '../../src/keyring';
import { MNEMONICS } from '../support/mnemonic';
import { SnapHost } from '../support/snap-host';

jest.setTimeout(60_000);

// The SDK's HTTP client, which is not installed and which deriving does not need.
jest.mock('got', () => ({}), { virtual: true });

const EXPECTED: Record<KeyringChain, (mnemonic: string, index: number) => string> = {
  solana: (mnemonic, index) => {
    const master = HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic));
    const { privateKey } = master.derive(`m/44'/501'/${index}'/0'`);
    return Keypair.fromSeed(privateKey).publicKey.toBase58();
  },
  aptos: (mnemonic, index) =>
    Account.fromDerivationPath({
      path: `m/44'/637'/${index}'/0'/0'`,
      mnemonic,
    }).accountAddress.toStringLong(),
  sui: (mnemonic, index) =>
    Ed25519Keypair.deriveKeypair(mnemonic, `m/44'/784'/${index}'/0'/0'`).toSuiAddress(),
};

const TEN = Array.from({ length: 10 }, (_, index) => index);

describe.each(['solana', 'aptos', 'sui'] as const)('accounts on %s', (chain) => {
  it.each(Object.entries(MNEMONICS))(
    'are those that its SDK derives from the phrase "%s"',
    async (source, mnemonic) => {
      new SnapHost().install();
      const ours = await Promise.all(TEN.map((index) => deriveAccount({ chain, index, source })));
      expect(ours.map(({ address }) => address)).toEqual(
        TEN.map((index) => EXPECTED[chain](mnemonic, index)),
      );
      expect(new Set(ours.map(({ address }) => address)).size).toBe(10);
    },
  );

  it('ask MetaMask for the leaf alone', async () => {
    const host = new SnapHost().install();
    await deriveAccount({ chain, index: 7, source: 'default' });
    const tail = chain === 'solana' ? ["0'"] : ["0'", "0'"];
    const coin = { solana: 501, aptos: 637, sui: 784 }[chain];
    expect(host.requests).toEqual([
      {
        method: 'snap_getBip32Entropy',
        params: {
          path: ['m', "44'", `${coin}'`, "7'", ...tail],
          curve: 'ed25519',
          source: 'default',
        },
      },
    ]);
  });
});

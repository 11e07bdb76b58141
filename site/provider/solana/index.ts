/** The wallet by the Wallet Standard of Solana. */
import type {
  SolanaSignAndSendTransactionFeature,
  SolanaSignAndSendTransactionInput,
  SolanaSignInFeature,
  SolanaSignInInput,
  SolanaSignInOutput,
  SolanaSignMessageFeature,
  SolanaSignTransactionFeature,
  SolanaSignTransactionInput,
  SolanaSignTransactionOutput,
} from '@solana/wallet-standard-features';
import type { IdentifierArray, Wallet } from '@wallet-standard/base';
import { base64Of, bytesOfBase58, bytesOfBase64 } from '../bytes';
import { CODES, InvalidRequestError } from '../errors';
import { networkOf } from '../networks';
import { present } from '../present';
import type { Session } from '../session';
import { chainsOf, connectFeatures, eventFeature, StandardAccounts, walletOf } from '../standard';

const CHAINS = [
  ...chainsOf('solana', ['mainnet', 'devnet', 'testnet', 'localnet']),
  // The same keys and addresses.
  ...chainsOf('eclipse', ['mainnet', 'testnet']),
];
const FEATURES: IdentifierArray = [
  'solana:signTransaction',
  'solana:signAndSendTransaction',
  'solana:signMessage',
  'solana:signIn',
];
const VERSIONS = ['legacy', 0] as const;
/** The snap takes no more at a time. */
const MAX_TRANSACTIONS = 20;

type Features = SolanaSignTransactionFeature &
  SolanaSignAndSendTransactionFeature &
  SolanaSignMessageFeature &
  SolanaSignInFeature;

/** For `registerLookahead`: accounts on Solana and Eclipse. */
export function solana(session: Session): Wallet {
  const accounts = new StandardAccounts(session, {
    chain: 'solana',
    chains: CHAINS,
    features: FEATURES,
  });
  return walletOf(accounts, {
    ...connectFeatures(accounts),
    ...eventFeature(accounts),
    ...signing(session, accounts),
  });
}

function signing(session: Session, accounts: StandardAccounts): Features {
  const targetOf = async ({ account, chain }: SolanaSignTransactionInput) => {
    const network = await networkOf(session, 'solana', CHAINS, chain);
    return {
      account: accounts.require(account).address,
      ...(network === undefined ? {} : { network }),
    };
  };

  const signTogether = async (
    inputs: readonly SolanaSignTransactionInput[],
  ): Promise<readonly SolanaSignTransactionOutput[]> => {
    const [first, ...others] = inputs;
    if (first === undefined) return [];
    const target = await targetOf(first);
    const transactions = inputs.map(({ transaction }) => base64Of(transaction));
    if (others.length === 0) {
      const transaction = base64Of(first.transaction);
      const signed = await session.request('solana_signTransaction', { ...target, transaction });
      return [{ signedTransaction: bytesOfBase64(signed.transaction) }];
    }
    const signed = await session.request('solana_signAllTransactions', { ...target, transactions });
    return signed.transactions.map((text) => ({ signedTransaction: bytesOfBase64(text) }));
  };

  const send = async (input: SolanaSignAndSendTransactionInput) => {
    const transaction = base64Of(input.transaction);
    const target = await targetOf(input);
    const sent = await session.request('solana_signAndSendTransaction', { ...target, transaction });
    return { signature: bytesOfBase58(sent.signature) };
  };

  const signIn = async (input: SolanaSignInInput): Promise<SolanaSignInOutput> => {
    // A sign-in may be the first thing that a page asks for.
    if (accounts.get().length === 0) await session.connect('solana');
    const signed = await session.request('solana_signIn', present(input));
    return {
      account: accounts.require(signed.account),
      signedMessage: bytesOfBase64(signed.signedMessage),
      signature: bytesOfBase58(signed.signature),
      signatureType: 'ed25519',
    };
  };

  return {
    'solana:signTransaction': {
      version: '1.0.0',
      supportedTransactionVersions: VERSIONS,
      signTransaction: async (...inputs) => signTogether(together(inputs)),
    },
    'solana:signAndSendTransaction': {
      version: '1.0.0',
      supportedTransactionVersions: VERSIONS,
      signAndSendTransaction: (...inputs) => oneByOne(inputs, send),
    },
    'solana:signMessage': {
      version: '1.1.0',
      signMessage: (...inputs) =>
        oneByOne(inputs, async ({ account, message }) => {
          const signed = await session.request('solana_signMessage', {
            account: accounts.require(account).address,
            message: base64Of(message),
          });
          return {
            signedMessage: bytesOfBase64(signed.signedMessage),
            signature: bytesOfBase58(signed.signature),
            signatureType: 'ed25519',
          };
        }),
    },
    'solana:signIn': {
      version: '1.0.0',
      signIn: (...inputs) => oneByOne(inputs.length === 0 ? [{}] : inputs, signIn),
    },
  };
}

/**
 * Transactions that are signed together are previewed each on the state that the one before leaves, so
 * they must be of one account on one chain.
 *
 * @throws InvalidRequestError
 */
function together(
  inputs: readonly SolanaSignTransactionInput[],
): readonly SolanaSignTransactionInput[] {
  const [first] = inputs;
  if (inputs.length > MAX_TRANSACTIONS) {
    throw new InvalidRequestError(
      CODES.invalidParams,
      `Lookahead signs at most ${MAX_TRANSACTIONS} transactions together.`,
    );
  }
  const isOdd = ({ account, chain }: SolanaSignTransactionInput) =>
    account.address !== first?.account.address || chain !== first.chain;
  if (inputs.some(isOdd)) {
    throw new InvalidRequestError(
      CODES.invalidParams,
      'Transactions that are signed together must be of one account on one chain.',
    );
  }
  return inputs;
}

/** In turn: each has a window of its own. */
async function oneByOne<Input, Output>(
  inputs: readonly Input[],
  run: (input: Input) => Promise<Output>,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const input of inputs) outputs.push(await run(input));
  return outputs;
}

/** AIP-62's features that sign. */
import type { AnyRawTransaction, Network } from '@aptos-labs/ts-sdk';
import type {
  AptosSignAndSubmitTransactionFeature,
  AptosSignInBoundFields,
  AptosSignInFeature,
  AptosSignInInput,
  AptosSignMessageFeature,
  AptosSignTransactionFeatureV1_1,
  AptosSignTransactionInputV1_1,
  AptosSignTransactionOutput,
  AptosSignTransactionOutputV1_1,
  UserResponse,
} from '@aptos-labs/wallet-standard';
import type { RpcMethods } from '../../../src/rpc/types';
import { base64Of } from '../bytes';
import { CODES, WalletError } from '../errors';
import { present } from '../present';
import type { Session } from '../session';
import { type AptosNetworks, nameOf } from './network';
import { approved, firstAccount } from './response';

export type SigningFeatures = AptosSignTransactionFeatureV1_1 &
  AptosSignAndSubmitTransactionFeature &
  AptosSignMessageFeature &
  AptosSignInFeature;

export function signingFeatures(session: Session, networks: AptosNetworks): SigningFeatures {
  const onNetwork = () => (networks.chosen === undefined ? {} : { network: networks.chosen });

  const networkFor = async (name: Network | undefined) => {
    if (name !== undefined) return { id: await networks.idOf(name), name };
    const current = await networks.current();
    return { id: current.id, name: nameOf(current) };
  };

  /** Has a transaction built for the network it is for. */
  const built = async (input: AptosSignTransactionInputV1_1) => {
    const network = await networkFor(input.network);
    const url = networks.endpointOf(network.name);
    const { build } = await import('./build');
    const place = { name: network.name, ...(url === undefined ? {} : { url }) };
    const transaction = await build(input, firstAccount(session).address, place);
    return { transaction, network: network.id };
  };

  const signBuilt = (transaction: AnyRawTransaction, asFeePayer: boolean) =>
    approved(async ({ authenticatorOf, payAs }) => {
      const { address } = firstAccount(session);
      if (asFeePayer) payAs(transaction, address);
      const signed = await session.request('aptos_signTransaction', {
        ...onNetwork(),
        ...(asFeePayer ? { account: address } : {}),
        transaction: base64Of(transaction.bcsToBytes()),
      });
      return authenticatorOf(signed.authenticator);
    });

  const signInput = (input: AptosSignTransactionInputV1_1) =>
    approved(async ({ authenticatorOf }) => {
      const { transaction, network } = await built(input);
      const account = input.signerAddress?.toStringLong();
      const signed = await session.request('aptos_signTransaction', {
        network,
        ...(account === undefined ? {} : { account }),
        transaction: base64Of(transaction.bcsToBytes()),
      });
      const authenticator = authenticatorOf(signed.authenticator);
      return { authenticator, rawTransaction: transaction };
    });

  function signTransaction(
    transaction: AnyRawTransaction,
    asFeePayer?: boolean,
  ): Promise<UserResponse<AptosSignTransactionOutput>>;
  function signTransaction(
    input: AptosSignTransactionInputV1_1,
  ): Promise<UserResponse<AptosSignTransactionOutputV1_1>>;
  function signTransaction(
    input: AnyRawTransaction | AptosSignTransactionInputV1_1,
    asFeePayer = false,
  ): Promise<UserResponse<AptosSignTransactionOutput | AptosSignTransactionOutputV1_1>> {
    return 'rawTransaction' in input ? signBuilt(input, asFeePayer) : signInput(input);
  }

  return {
    'aptos:signTransaction': { version: '1.1.0', signTransaction },
    'aptos:signAndSubmitTransaction': {
      version: '1.1.0',
      signAndSubmitTransaction: (input) =>
        approved(async () => {
          const { transaction, network } = await built(input);
          return session.request('aptos_signAndSubmitTransaction', {
            network,
            transaction: base64Of(transaction.bcsToBytes()),
          });
        }),
    },
    'aptos:signMessage': {
      version: '1.0.0',
      // Address, site and chain are always signed, whether asked for or not.
      signMessage: ({ message, nonce }) =>
        approved(async ({ signatureOf }) => {
          const { account, signature, ...signed } = await session.request('aptos_signMessage', {
            ...onNetwork(),
            account: firstAccount(session).address,
            message,
            nonce,
          });
          return { ...signed, signature: signatureOf(signature) };
        }),
    },
    'aptos:signIn': {
      version: '1.0.0',
      signIn: (input) =>
        approved(async ({ accountInfo, signatureOf }) => {
          // A sign-in may be the first thing that a page asks for.
          if (session.accounts('aptos').length === 0) await session.connect('aptos');
          const signed = await session.request('aptos_signIn', {
            ...onNetwork(),
            ...present(input),
          });
          return {
            account: accountInfo(signed.account),
            input: bound(signed.input),
            signature: signatureOf(signed.signature),
            type: 'ed25519',
          };
        }),
    },
  };
}

type SignedInput = RpcMethods['aptos_signIn']['result']['input'];

/** The fields that were signed, those that the wallet filled in among them. */
function bound({ resources, ...fields }: SignedInput): AptosSignInInput & AptosSignInBoundFields {
  const { address, chainId, domain, nonce, uri, version } = fields;
  if (
    address === undefined ||
    chainId === undefined ||
    domain === undefined ||
    nonce === undefined ||
    uri === undefined ||
    version === undefined
  ) {
    throw new WalletError(CODES.internal, 'Lookahead signed in without a field that binds.');
  }
  const signed = { ...fields, address, chainId, domain, nonce, uri, version };
  return resources === undefined ? signed : { ...signed, resources: [...resources] };
}

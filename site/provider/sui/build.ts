/** From what dapps hand over to what is signed. Source: `sui:signTransaction` 2.0.0, whose input is JSON. */
import { SuiGraphQLClient } from '@mysten/sui/graphql';
import { SuiGrpcClient } from '@mysten/sui/grpc';
import { Transaction } from '@mysten/sui/transactions';

/**
 * @param json - of the SDK's transaction, whole or with objects, gas and budget left open
 * @param chain - e.g. `sui:testnet`
 * @param endpoint - of a node that fills in what is open: of its GraphQL service where the path ends in
 * `/graphql`, else of gRPC; the network's public one unless told
 * @returns BCS of `TransactionData`
 */
export async function buildTransaction(
  json: string,
  sender: string,
  chain: string,
  endpoint: string = publicNode(chain),
): Promise<Uint8Array> {
  const transaction = Transaction.from(json);
  transaction.setSenderIfNotSet(sender);
  return transaction.build({ client: clientOf(chain, endpoint) });
}

function clientOf(chain: string, endpoint: string): SuiGraphQLClient | SuiGrpcClient {
  const network = chain.slice(chain.indexOf(':') + 1);
  return new URL(endpoint).pathname.endsWith('/graphql')
    ? new SuiGraphQLClient({ network, url: endpoint })
    : new SuiGrpcClient({ network, baseUrl: endpoint });
}

function publicNode(chain: string): string {
  const network = chain.slice(chain.indexOf(':') + 1);
  return network === 'localnet'
    ? 'http://127.0.0.1:9000/graphql'
    : `https://fullnode.${network}.sui.io:443`;
}

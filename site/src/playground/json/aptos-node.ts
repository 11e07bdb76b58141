/** What JSON of an Aptos transaction leaves to the node: it is asked for facts, never for an answer. */
import { array, boolean, string, type } from '@metamask/superstruct';
import { AptosRest } from '../../../../src/chains/aptos/rest';
import type { Network } from '../../../../src/chains/chain';
import { type HttpAnswer, parseJson, requestBytes } from '../../../../src/chains/http';
import { StateError } from '../../../../src/vm-preview/errors';
import { type AptosFacts, type AptosJson, aptosBytes } from './aptos';
import { unresolved } from './read';

const moduleShape = type({
  abi: type({
    exposed_functions: array(
      type({ name: string(), is_entry: boolean(), params: array(string()) }),
    ),
  }),
});

const MICROS = 1_000_000n;
const SIGNERS: ReadonlySet<string> = new Set(['signer', '&signer']);

/**
 * @param account - the sender of JSON that names none
 * @throws MalformedError, StateError
 */
export async function completeAptos(
  json: AptosJson,
  network: Network,
  account: string | undefined,
): Promise<Uint8Array> {
  const sender = json.sender ?? account;
  if (sender === undefined) {
    throw unresolved(
      'this call does not say who sends it: name the account from which it is seen, and preview it again',
    );
  }
  const rest = new AptosRest(network.endpoint);
  const [ledger, found, gasUnitPrice, parameters] = await Promise.all([
    rest.ledger(),
    rest.account(sender),
    rest.gasUnitPrice(),
    parametersOf(json, network.endpoint),
  ]);
  const facts: AptosFacts = {
    chainId: ledger.chainId,
    sequenceNumber: found?.sequenceNumber ?? 0n,
    gasUnitPrice,
    seconds: ledger.timestampMicros / MICROS,
    parameters,
  };
  return aptosBytes(json, sender, facts);
}

async function parametersOf({ call }: AptosJson, endpoint: string): Promise<readonly string[]> {
  const path = `accounts/${call.address}/module/${encodeURIComponent(call.module)}`;
  const answer = await requestBytes(endpoint, { method: 'GET', path });
  const { abi } = moduleOf(answer, new URL(endpoint).host);
  const called = abi.exposed_functions.find(({ name }) => name === call.function);
  if (called === undefined || !called.is_entry) {
    throw new StateError(
      'aptos-function',
      `the module ${call.module} has no entry function ${call.function}`,
    );
  }
  return called.params.filter((param) => !SIGNERS.has(param));
}

function moduleOf(answer: HttpAnswer, host: string) {
  if (answer.status === 404) {
    throw new StateError('aptos-module', `${host} does not know the module that is called`);
  }
  const json = parseJson(answer, host);
  if (moduleShape.is(json)) return json;
  throw new StateError('aptos-module', `${host} tells nothing of the module that is called`);
}

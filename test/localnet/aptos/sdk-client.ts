/** The SDK with a client over `fetch`, in place of the one that wants a package of its own. */
import type { AptosLocalnet } from '../../../localnet/aptos';
import { Aptos, AptosConfig, type Client, Network } from '../../support/aptos-sdk';

const client: Client = {
  async provider(options) {
    const {
      body,
      headers = {},
      method,
      params = {},
    } = options as typeof options & {
      headers?: Record<string, unknown>;
    };
    const url = new URL(options.url);
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const sent: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) sent[name] = String(value);
    }
    const isBytes = body instanceof Uint8Array;
    const answer = await fetch(url, {
      method,
      headers: sent,
      ...(method === 'POST'
        ? { body: isBytes ? Uint8Array.from(body) : JSON.stringify(body) }
        : {}),
    });
    const told: Record<string, string> = {};
    answer.headers.forEach((value, name) => {
      told[name] = value;
    });
    return {
      status: answer.status,
      statusText: answer.statusText,
      data: await answer.json(),
      headers: told,
    };
  },
};

export function sdkOf({ faucetUrl, url }: AptosLocalnet): Aptos {
  return new Aptos(
    new AptosConfig({ network: Network.LOCAL, fullnode: url, faucet: faucetUrl, client }),
  );
}

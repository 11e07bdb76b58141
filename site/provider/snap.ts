import type { RpcMethodName, RpcMethods } from '../../src/rpc/types';
import type { Eip1193Provider } from './eip1193';
import { toWalletError } from './errors';

/** The snap in one MetaMask. Keeps nothing: what is connected is asked for again. */
export class LookaheadSnap {
  /** @param snapId - e.g. `npm:lookahead-snap`, or `local:http://localhost:8080` */
  constructor(
    readonly provider: Eip1193Provider,
    readonly snapId: string,
  ) {}

  /** The installed version, or `undefined` when this page has not installed the snap. */
  async installedVersion(): Promise<string | undefined> {
    const snaps = await this.#ask('wallet_getSnaps');
    const own = isRecord(snaps) ? snaps[this.snapId] : undefined;
    const version = isRecord(own) ? own['version'] : undefined;
    return typeof version === 'string' ? version : undefined;
  }

  /** Installs or updates the snap; the user is asked. */
  async install(): Promise<void> {
    await this.#ask('wallet_requestSnaps', { [this.snapId]: {} });
  }

  /**
   * Calls a method of the snap.
   *
   * @throws WalletError with the snap's code and sentence; 4001 when the user said no
   */
  async request<Name extends RpcMethodName>(
    method: Name,
    params: RpcMethods[Name]['params'],
  ): Promise<RpcMethods[Name]['result']> {
    const answer = await this.#ask('wallet_invokeSnap', {
      snapId: this.snapId,
      request: { method, params },
    });
    // The snap is ours, and its types are these; MetaMask passes its answers through.
    return answer as RpcMethods[Name]['result'];
  }

  async #ask(method: string, params?: unknown): Promise<unknown> {
    try {
      return await this.provider.request({ method, ...(params === undefined ? {} : { params }) });
    } catch (thrown) {
      throw toWalletError(thrown);
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

import type { RpcMethodName, RpcMethods } from '../../src/rpc/types';
import type { Eip1193Provider } from './eip1193';
import { toWalletError, UnsupportedMethodError } from './errors';
import { SNAP_ID, SNAP_RANGE } from './version';

/** The snap in one MetaMask. Keeps nothing: what is connected is asked for again. */
export class LookaheadSnap {
  /**
   * @param snapId - e.g. `npm:lookahead-snap`, or `local:http://localhost:8080`
   * @param version - range of versions that will do
   */
  constructor(
    readonly provider: Eip1193Provider,
    readonly snapId: string = SNAP_ID,
    readonly version: string = SNAP_RANGE,
  ) {}

  /** The installed version, or `undefined` when this page has not installed the snap. Asks nobody. */
  async installedVersion(): Promise<string | undefined> {
    const snaps = await this.#ask('wallet_getSnaps');
    const own = isRecord(snaps) ? snaps[this.snapId] : undefined;
    const version = isRecord(own) && own['blocked'] !== true ? own['version'] : undefined;
    return typeof version === 'string' ? version : undefined;
  }

  /** Installs or updates the snap; the user is asked, unless it is there and new enough. */
  async install(): Promise<void> {
    await this.#ask('wallet_requestSnaps', { [this.snapId]: { version: this.version } });
  }

  /**
   * Calls a method of the snap.
   *
   * @throws WalletError, mostly of a class of its own, with the snap's code and sentence
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
      const error = toWalletError(thrown);
      if (!(error instanceof UnsupportedMethodError)) throw error;
      throw new UnsupportedMethodError(
        error.code,
        'The installed Lookahead is too old for this site. Update it in MetaMask.',
        error.data,
      );
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

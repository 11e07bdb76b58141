import { aborted } from '../../../core/runtime';
import type { PublishRequest, PublishRequests } from '../context';

const ALREADY_REQUESTED = 0x3_0000n;

/** The one request that a session may make (code.rs, `NativeCodeContext`). */
export class PublishRequestBox implements PublishRequests {
  #request: PublishRequest | undefined;
  #isTaken = false;

  request(request: PublishRequest): void {
    // What is published runs its initializers, which may ask for nothing more.
    if (this.#request !== undefined || this.#isTaken) throw aborted(ALREADY_REQUESTED);
    this.#request = request;
  }

  /** What is to be published; from then on nothing can be asked for. */
  take(): PublishRequest | undefined {
    if (this.#isTaken) return undefined;
    this.#isTaken = true;
    return this.#request;
  }
}

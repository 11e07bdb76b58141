/** GraphQL over the bounded HTTP client. */
import { array, is, optional, type Struct, string, type, unknown } from '@metamask/superstruct';
import { StateError } from '../../vm-preview/errors';
import { endpointHost, endpointUrl } from '../endpoint';
import { answerError, type HttpAnswer, type HttpOptions, parseJson, requestBytes } from '../http';

const errorsShape = type({
  errors: array(
    type({ message: string(), extensions: optional(type({ code: optional(string()) })) }),
  ),
});

const dataShape = type({ data: unknown() });

export interface Question {
  /** What is asked for, in an error's sentence. */
  readonly what: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Largest answer that is read. */
  readonly maxBytes?: number;
}

export class GraphqlClient {
  /** @throws StateError `endpoint-not-allowed` */
  constructor(
    readonly endpoint: string,
    private readonly options: HttpOptions = {},
  ) {
    endpointUrl(endpoint);
  }

  get host(): string {
    return endpointHost(this.endpoint);
  }

  /**
   * @returns what the answer has under `data`
   * @throws StateError those of `requestBytes`, `node-refused` with the node's words,
   * `node-answer-malformed`
   */
  async ask<T, S>(
    { maxBytes, query, variables = {}, what }: Question,
    shape: Struct<T, S>,
  ): Promise<T> {
    const answer = await requestBytes(
      this.endpoint,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      },
      { ...this.options, ...(maxBytes === undefined ? {} : { maxBytes }) },
    );
    const json = this.#json(answer);
    if (is(json, errorsShape)) throw this.#refusal(what, json.errors);
    if (answer.status < 200 || answer.status > 299) throw answerError(this.endpoint, answer);
    if (!is(json, dataShape) || !is(json.data, shape)) throw this.malformed(what);
    return json.data;
  }

  malformed(what: string): StateError {
    const { host } = this;
    return new StateError(
      'node-answer-malformed',
      `${host} answered with ${what} in a shape that it does not have`,
      { host, what },
    );
  }

  /** A refusal may come with a status of its own, and is then JSON all the same. */
  #json(answer: HttpAnswer): unknown {
    try {
      return parseJson(answer, this.host);
    } catch (error) {
      if (answer.status >= 200 && answer.status <= 299) throw error;
      throw answerError(this.endpoint, answer);
    }
  }

  #refusal(
    what: string,
    [first]: readonly { message: string; extensions?: { code?: string | undefined } | undefined }[],
  ): StateError {
    const { host } = this;
    const message = (first?.message ?? '').slice(0, 300);
    return new StateError('node-refused', `${host} refused ${what}: ${message}`, {
      host,
      message,
      errorCode: (first?.extensions?.code ?? '').slice(0, 60),
    });
  }
}

/** One sentence for the visitor. */
export class LocalnetError extends Error {
  override readonly name = 'LocalnetError';

  static away(endpoint: string): LocalnetError {
    return new LocalnetError(
      `No local chain answers at ${endpoint}. Start one with “npm start”, or paste a transaction of another network.`,
    );
  }
}

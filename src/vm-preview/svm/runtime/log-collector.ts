/** In bytes of UTF-8. */
const LOG_MESSAGES_BYTES_LIMIT = 10_000;

/**
 * The transaction's log lines. A line that would reach the limit is dropped and "Log truncated" stands
 * in its place, once; shorter lines after it still fit. Source: agave `svm-log-collector/src/lib.rs`.
 */
export class LogCollector {
  readonly #messages: string[] = [];
  #bytesWritten = 0;
  #isTruncated = false;

  log(message: string): void {
    const bytesWritten = this.#bytesWritten + utf8Length(message);
    if (bytesWritten < LOG_MESSAGES_BYTES_LIMIT) {
      this.#bytesWritten = bytesWritten;
      this.#messages.push(message);
    } else if (!this.#isTruncated) {
      this.#isTruncated = true;
      this.#messages.push('Log truncated');
    }
  }

  get messages(): readonly string[] {
    return this.#messages;
  }
}

/** Bytes that the text takes in UTF-8, without encoding it. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes; any other unit from 0x800 on is three bytes.
    if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) bytes += 1;
    else bytes += 2;
  }
  return bytes;
}

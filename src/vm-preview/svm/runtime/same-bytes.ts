/** Whether two byte arrays are equal, four bytes at a time where they are aligned. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let index = 0;
  if (a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0) {
    const count = a.length >> 2;
    const wordsOfA = new Uint32Array(a.buffer, a.byteOffset, count);
    const wordsOfB = new Uint32Array(b.buffer, b.byteOffset, count);
    for (let word = 0; word < count; word++) if (wordsOfA[word] !== wordsOfB[word]) return false;
    index = count * 4;
  }
  for (; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

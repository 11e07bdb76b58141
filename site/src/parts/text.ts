/** Foreign strings as plain text: characters that are not seen, or that turn others around, are written out. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** One line; what is cut off is counted. */
export function plain(text: string, limit = 200): string {
  const characters = [...text];
  const left = characters.length - limit;
  const shown = (left > 0 ? characters.slice(0, limit).join('') : text).replace(
    UNSEEN,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return left > 0 ? `${shown}… (${left} more characters)` : shown;
}

/** `1234567` as `1,234,567`. */
export function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 byte`, `2,048 bytes`. */
export function counted(number: number, noun: string): string {
  return `${thousands(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

/** `FGSE…C6Cu`, `0xc46b…7955`; short texts stay whole, and so does what follows an address. */
export function shortened(address: string): string {
  if (address.startsWith('0x')) {
    return address.replace(/^(0x[0-9a-f]{4})[0-9a-f]{4,}([0-9a-f]{4})/, '$1…$2');
  }
  return address.length <= 12 ? address : `${address.slice(0, 4)}…${address.slice(-4)}`;
}

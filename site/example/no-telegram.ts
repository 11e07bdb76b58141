/** This page is never inside Telegram. @throws always */
export function postEvent(): never {
  throw new Error('This page is not inside Telegram.');
}

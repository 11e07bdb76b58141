import type { JSXElement } from '@metamask/snaps-sdk/jsx';
import { DIALOG_BUTTONS } from '../../ui';
import { DialogWindow } from './window';

/**
 * Shows one page with two buttons.
 *
 * @throws RequestError `user-rejected`
 */
export async function confirm(origin: string, page: JSXElement): Promise<void> {
  await DialogWindow.run<true>(origin, page, (window) => async ({ type, name }) => {
    if (type !== 'click') return;
    if (name === DIALOG_BUTTONS.approve) await window.resolve(true);
    if (name === DIALOG_BUTTONS.reject) await window.reject();
  });
}

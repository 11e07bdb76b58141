import { EndedDialog } from '../ui';
import { DialogWindow, type WindowEvent } from './dialogs/window';
import { toSnapError } from './errors';
import { handleHomeEvent } from './home/controller';

/** An event as MetaMask gives it to `onUserInput`. */
interface UserInput {
  readonly id: string;
  readonly event: {
    readonly type: string;
    readonly name?: string | undefined;
    readonly value?: unknown;
  };
  readonly context: Readonly<Record<string, unknown>> | null;
}

const TYPES: Readonly<Record<string, WindowEvent['type']>> = {
  ButtonClickEvent: 'click',
  InputChangeEvent: 'change',
  FormSubmitEvent: 'submit',
};

/**
 * Hands an event to the window or page that it belongs to. A window that this run of the snap did not
 * open is one that was left over: it says so, and nothing else comes of it.
 *
 * @throws SnapError
 */
export async function handleUserInput({ id, event, context }: UserInput): Promise<void> {
  const type = TYPES[event.type];
  if (type === undefined || event.name === undefined) return;
  const windowEvent: WindowEvent = { type, name: event.name, value: event.value };
  try {
    if (context?.['kind'] === 'home') {
      await handleHomeEvent(id, windowEvent, context);
      return;
    }
    if (await DialogWindow.dispatch(id, windowEvent)) return;
    if (type !== 'click') return;
    await snap.request({ method: 'snap_updateInterface', params: { id, ui: <EndedDialog /> } });
  } catch (error) {
    throw toSnapError(error);
  }
}

import { array, object, optional, size } from '@metamask/superstruct';
import { KEYRING_CHAINS } from '../../keyring';
import { type StoredAccount, updateState, withConsent } from '../../store';
import { CONNECT_FORM, ConnectDialog, type ConnectView, DIALOG_BUTTONS } from '../../ui';
import {
  accountKey,
  accountView,
  connectedAccounts,
  ensureAccounts,
  rpcAccounts,
} from '../accounts';
import { DialogWindow } from '../dialogs/window';
import { method } from './row';
import { ChainStruct } from './structs';

const Nothing = object({});

export const connect = method(
  'wallet_connect',
  'any',
  object({ chains: optional(size(array(ChainStruct), 1, KEYRING_CHAINS.length)) }),
  async (origin, { chains = KEYRING_CHAINS }) => {
    const { state, sources } = await ensureAccounts();
    const connected = connectedAccounts(state, origin);
    const open = chains.filter((chain) => !connected.some((account) => account.chain === chain));
    if (open.length === 0) return { accounts: await rpcAccounts(origin) };

    const choices = state.accounts.filter(({ chain }) => open.includes(chain));
    const primary = sources[0]?.id;
    const view: ConnectView = {
      origin,
      choices: choices.map((account) => ({
        ...accountView(account, sources),
        checked: account.index === 0 && account.source === primary,
      })),
    };
    const picked = await pick(origin, view, choices);
    await updateState((before) =>
      withConsent(before, origin, [...connectedAccounts(before, origin), ...picked], Date.now()),
    );
    return { accounts: await rpcAccounts(origin) };
  },
);

/** @throws RequestError `user-rejected` */
async function pick(
  origin: string,
  view: ConnectView,
  choices: readonly StoredAccount[],
): Promise<StoredAccount[]> {
  return DialogWindow.run<StoredAccount[]>(
    origin,
    <ConnectDialog {...view} />,
    (window) =>
      async ({ type, name }) => {
        if (type !== 'click') return;
        if (name === DIALOG_BUTTONS.reject) await window.reject();
        if (name !== DIALOG_BUTTONS.approve) return;
        const checked = checkedKeys(await window.fields());
        const picked = choices.filter((account) => checked.has(accountKey(account)));
        if (picked.length > 0) {
          await window.resolve(picked);
          return;
        }
        const unchecked = view.choices.map((choice) => ({ ...choice, checked: false }));
        const problem = 'Pick at least one account, or reject.';
        await window.show(<ConnectDialog {...view} choices={unchecked} problem={problem} />);
      },
  );
}

function checkedKeys(fields: Readonly<Record<string, unknown>>): Set<string> {
  const form = fields[CONNECT_FORM];
  if (typeof form !== 'object' || form === null) return new Set();
  return new Set(
    Object.entries(form)
      .filter(([, value]) => value === true)
      .map(([name]) => name),
  );
}

export const getAccounts = method('wallet_getAccounts', 'any', Nothing, async (origin) => ({
  accounts: await rpcAccounts(origin),
}));

export const disconnect = method('wallet_disconnect', 'any', Nothing, async (origin) => {
  await updateState((state) => withConsent(state, origin, [], Date.now()));
  return null;
});

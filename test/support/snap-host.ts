import { SLIP10Node } from '@metamask/key-tree';
import { MNEMONICS } from './mnemonic';

type Json = unknown;
interface HostInterface {
  ui: Json;
  context: Json;
}
interface OpenDialog {
  readonly id: string;
  resolve(value: Json): void;
}

/** Called as MetaMask would call the snap's `onUserInput`. */
export type UserInput = (input: {
  id: string;
  event: { type: string; name?: string; value?: Json };
  context: Json;
}) => Promise<void>;

/** A stand-in for MetaMask behind the global `snap`: keys, state, interfaces, dialogs, the lock. */
export class SnapHost {
  locked = false;
  encrypted: Json = null;
  unencrypted: Json = null;
  readonly requests: { method: string; params: Json }[] = [];
  readonly interfaces = new Map<string, HostInterface>();
  readonly dialogs: OpenDialog[] = [];
  /** What the user entered, by interface, in place of what the page had there. */
  readonly entered = new Map<string, Record<string, Json>>();
  onUserInput: UserInput = async () => undefined;
  #serial = 0;

  /** Puts this host behind the global `snap`. */
  install(): this {
    Object.assign(globalThis, { snap: this });
    return this;
  }

  async request({ method, params }: { method: string; params?: unknown }): Promise<Json> {
    this.requests.push({ method, params });
    const handler = this.#handlers[method];
    if (handler === undefined) throw new Error(`no such method: ${method}`);
    return handler(params);
  }

  /** Waits until a dialog is open, and returns the newest one's id. */
  async dialog(index?: number): Promise<string> {
    return until(() => {
      const open = index === undefined ? this.dialogs.at(-1) : this.dialogs[index];
      return open?.id;
    });
  }

  /** Waits until the interface's tree satisfies `test`, and returns it. */
  async shows(id: string, test: (text: string) => boolean): Promise<string> {
    return until(() => {
      const text = JSON.stringify(this.interfaces.get(id)?.ui ?? null);
      return test(text) ? text : undefined;
    });
  }

  async click(id: string, name: string): Promise<void> {
    const shown = this.interfaces.get(id);
    if (shown === undefined) throw new Error(`no interface ${id}`);
    if (!JSON.stringify(shown.ui).includes(`"name":${JSON.stringify(name)}`)) {
      throw new Error(`nothing named ${name} is shown`);
    }
    await this.onUserInput({
      id,
      event: { type: 'ButtonClickEvent', name },
      context: shown.context,
    });
  }

  async submit(id: string, name: string, value: Record<string, Json>): Promise<void> {
    const context = this.interfaces.get(id)?.context ?? null;
    await this.onUserInput({ id, event: { type: 'FormSubmitEvent', name, value }, context });
  }

  /** As when the user closes the dialog's window. */
  close(id: string): void {
    this.#resolve(id, null);
  }

  #resolve(id: string, value: Json): void {
    const index = this.dialogs.findIndex((dialog) => dialog.id === id);
    if (index < 0) throw new Error(`no dialog ${id}`);
    const [dialog] = this.dialogs.splice(index, 1);
    this.interfaces.delete(id);
    dialog?.resolve(value);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a table of loosely typed host methods, tests only
  readonly #handlers: Record<string, (params: any) => Json | Promise<Json>> = {
    snap_getClientStatus: () => ({ locked: this.locked }),
    snap_listEntropySources: () => [
      { id: 'alternative', name: 'Recovery phrase 2', type: 'mnemonic', primary: false },
      { id: 'default', name: 'Recovery phrase 1', type: 'mnemonic', primary: true },
    ],
    snap_getBip32Entropy: async ({ path, curve, source }) => {
      const phrase = MNEMONICS[(source ?? 'default') as keyof typeof MNEMONICS];
      const [, ...steps] = path as string[];
      const node = await SLIP10Node.fromDerivationPath({
        curve,
        derivationPath: [`bip39:${phrase}`, ...steps.map((step) => `slip10:${step}` as const)],
      } as Parameters<typeof SLIP10Node.fromDerivationPath>[0]);
      return node.toJSON();
    },
    snap_manageState: ({ operation, encrypted, newState }) => {
      const slot = encrypted === false ? 'unencrypted' : 'encrypted';
      if (operation === 'get') return structuredClone(this[slot]);
      this[slot] = operation === 'clear' ? null : structuredClone(newState);
      return null;
    },
    snap_createInterface: ({ ui, context }) => {
      this.#serial += 1;
      const id = `interface-${this.#serial}`;
      this.interfaces.set(id, { ui, context: context ?? null });
      return id;
    },
    snap_updateInterface: ({ id, ui, context }) => {
      const shown = this.interfaces.get(id);
      if (shown === undefined) throw new Error(`Interface with id '${id}' not found.`);
      this.interfaces.set(id, { ui, context: context ?? shown.context });
      return null;
    },
    snap_getInterfaceState: ({ id }) => {
      const shown = this.interfaces.get(id);
      if (shown === undefined) throw new Error(`Interface with id '${id}' not found.`);
      return { ...checkboxes(shown.ui), ...this.entered.get(id) };
    },
    snap_getInterfaceContext: ({ id }) => this.interfaces.get(id)?.context ?? null,
    snap_resolveInterface: ({ id, value }) => {
      this.#resolve(id, value);
      return null;
    },
    snap_dialog: ({ id }) =>
      new Promise((resolve) => {
        this.dialogs.push({ id, resolve });
      }),
  };
}

/** Values of the check boxes of each form, as the page has them. */
function checkboxes(ui: Json): Record<string, Record<string, boolean>> {
  const forms: Record<string, Record<string, boolean>> = {};
  const walk = (node: Json, form: string | undefined): void => {
    if (Array.isArray(node)) {
      for (const child of node) walk(child, form);
      return;
    }
    if (typeof node !== 'object' || node === null || !('type' in node) || !('props' in node))
      return;
    const props = node.props as Record<string, Json>;
    const inner = node.type === 'Form' ? String(props['name']) : form;
    if (node.type === 'Checkbox' && inner !== undefined) {
      forms[inner] = { ...forms[inner], [String(props['name'])]: props['checked'] === true };
    }
    walk(props['children'], inner);
  };
  walk(ui, undefined);
  return forms;
}

async function until<Found>(find: () => Found | undefined): Promise<Found> {
  const deadline = Date.now() + 4000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

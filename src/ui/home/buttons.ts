/**
 * Names of the home page's controls. What a control acts on follows the colon, so that a click means the
 * same whatever has changed since the page was drawn.
 */
export const HOME_CONTROLS = {
  addAccount: 'add-account',
  disconnect: 'disconnect',
  network: 'network',
  editEndpoint: 'edit-endpoint',
  endpointForm: 'endpoint-form',
  endpoint: 'endpoint',
  defaultEndpoint: 'default-endpoint',
  removeNetwork: 'remove-network',
  addNetwork: 'add-network',
  addNetworkForm: 'add-network-form',
  networkName: 'network-name',
  networkEndpoint: 'network-endpoint',
  networkCoin: 'network-coin',
  confirmNetwork: 'confirm-network',
  blindSigning: 'blind-signing',
  tolerance: 'tolerance',
  refresh: 'refresh',
  back: 'back',
  reset: 'reset',
  confirmReset: 'confirm-reset',
} as const;

export type HomeControl = (typeof HOME_CONTROLS)[keyof typeof HOME_CONTROLS];

const CONTROLS: ReadonlySet<string> = new Set(Object.values(HOME_CONTROLS));

export function controlName(control: HomeControl, subject: string): string {
  return `${control}:${subject}`;
}

/** Takes a name apart again; undefined where it is no control of the home page. */
export function parseControl(name: string): { control: HomeControl; subject: string } | undefined {
  const colon = name.indexOf(':');
  const control = colon < 0 ? name : name.slice(0, colon);
  if (!isControl(control)) return undefined;
  return { control, subject: colon < 0 ? '' : name.slice(colon + 1) };
}

function isControl(name: string): name is HomeControl {
  return CONTROLS.has(name);
}

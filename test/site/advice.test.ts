/** Whatever fails, the visitor is told what to do next. */
import {
  CannotPreviewError,
  NodeError,
  NotConnectedError,
  SnapNotAllowedError,
  SnapsUnsupportedError,
  TooManyRequestsError,
  UnsupportedMethodError,
  UserRejectedError,
  WalletError,
  WalletLockedError,
} from '../../site/provider';
import { LocalnetError } from '../../site/src/local/error';
import { adviceFor } from '../../site/src/wallet/advice';
import { StateError } from '../../src/vm-preview/errors';

it.each([
  [new UserRejectedError(4001, 'no'), 'install', 'You said no to the installation', /again/],
  [new UserRejectedError(4001, 'no'), 'connect', 'You shared no account', /at least one/],
  [new UserRejectedError(4001, 'no'), 'send', 'You rejected it, and nothing was sent', /again/],
  [new WalletLockedError(-32002, 'locked'), 'connect', 'MetaMask is locked', /password/],
  [new SnapNotAllowedError(-32603, 'x'), 'install', /does not install Lookahead/, /Flask/],
  [new SnapsUnsupportedError(-32601, 'x'), 'read', /has no snaps/, /Update/],
  [new UnsupportedMethodError(4200, 'x'), 'send', /too old/, /Update/],
  [new NotConnectedError(4100, 'x'), 'send', /not connected/, /Connect again/],
  [new TooManyRequestsError(-32005, 'x'), 'send', /other questions/, /answer/],
  [new CannotPreviewError(-32000, 'cannot preview: x'), 'send', /was not signed/, /Cannot preview/],
  [new NodeError(-32002, 'host did not answer'), 'send', /did not answer/, /Host did not answer\./],
  [
    { code: -32002, message: "Request of type 'x' already pending for origin" },
    'connect',
    /asking you something/,
    /fox/,
  ],
  [
    {
      code: -32603,
      message:
        'Snap "x@7.0.0" is already installed. Couldn\'t update to a version inside requested "^0.1.0" range.',
    },
    'install',
    /too new/,
    /Reload/,
  ],
  [
    {
      code: -32603,
      message:
        'Version mismatch. Manifest for "x" specifies version "0.0.9" which doesn\'t satisfy requested version range ">=0.1.0".',
    },
    'install',
    /too old/,
    /npm start/,
  ],
  [
    { code: -32603, message: 'Failed to fetch snap "x": Failed to fetch.' },
    'install',
    /fetch/,
    /npm start/,
  ],
  [LocalnetError.away('http://127.0.0.1:8899'), 'fund', /local chain does not answer/, /npm start/],
  [new LocalnetError('the faucet is empty'), 'fund', 'The faucet gave nothing', /npm start/],
  [
    new StateError('node-timeout', 'x did not answer within 12 s'),
    'read',
    'The network does not answer',
    /another network/,
  ],
  [new Error('something'), 'send', 'It did not work', /Something\. Try again/],
  ['text', 'send', 'It did not work', /Try again/],
] as const)('%s at %s', (thrown, doing, title, next) => {
  const advice = adviceFor(thrown, doing);
  expect(advice.title).toMatch(title);
  expect(advice.next).toMatch(next);
});

it('shows nobody’s words as more than text', () => {
  const { next } = adviceFor(new WalletError(-32603, 'pay\u202Eecila'), 'send');
  expect(next).toContain('\\u{202e}');
});

/** Each warning: on what it comes, with which evidence, and on what it stays away. */
import { parseAddress, primaryStore } from '../../../src/chains/aptos/address';
import type { MoveJson } from '../../../src/chains/aptos/decode/json';
import { effectContext, effectsOf } from '../../../src/chains/aptos/effects';
import { AssetBook } from '../../../src/chains/aptos/effects/assets';
import { storesOf } from '../../../src/chains/aptos/effects/balances';
import type { EventView } from '../../../src/chains/aptos/effects/context';
import type {
  ChangeViews,
  ModuleView,
  TableItemView,
} from '../../../src/chains/aptos/effects/view';
import type { ParsedAptosTransaction } from '../../../src/chains/aptos/transaction';
import { warningsOf } from '../../../src/chains/aptos/warnings';
import type { WarningContext } from '../../../src/chains/aptos/warnings/context';
import type { StateKey } from '../../../src/vm-preview/move/aptos/state';
import type { AptosOutcome } from '../../../src/vm-preview/move/aptos/types';
import { parseTypeTag, typeTagText } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';

const APT = { kind: 'native', decimals: 8, symbol: 'APT', named: 'builtin' } as const;
const ME = parseAddress('0xaaaa');
const OTHER = parseAddress('0xbbbb');
const APP = parseAddress('0xcccc');
const OBJECT = parseAddress('0xdddd');
const NOW = 1_800_000_000n;
const NONE = { vec: [] };

interface Given {
  /** Address, type, before, after. */
  resources?: (readonly [string, string, MoveJson | null, MoveJson | null])[];
  items?: TableItemView[];
  modules?: ModuleView[];
  events?: EventView[];
  reads?: StateKey[];
  status?: AptosOutcome['status'];
  gasUsed?: bigint;
  transaction?: Partial<Omit<ParsedAptosTransaction, 'raw'>> & {
    raw?: Partial<ParsedAptosTransaction['raw']>;
  };
  code?: WarningContext['code'];
  foreignModule?: string;
  account?: string | undefined;
}

const entry = {
  kind: 'entryFunction' as const,
  call: {
    address: Address.parse('0x1'),
    module: 'aptos_account',
    function: 'transfer',
    typeArguments: [],
    args: [],
  },
};

function transactionOf(given: Given['transaction'] = {}): ParsedAptosTransaction {
  const { raw, ...rest } = given;
  return {
    raw: {
      sender: Address.parse(ME),
      sequenceNumber: 0n,
      payload: { kind: 'entryFunction', call: entry.call },
      maxGasAmount: 2000n,
      gasUnitPrice: 100n,
      expirationTimestampSecs: NOW + 20n,
      chainId: 1,
      ...raw,
    },
    executable: entry,
    multisigAddress: undefined,
    replayProtectionNonce: undefined,
    secondaryAddresses: undefined,
    feePayerAddress: undefined,
    given: new Map(),
    isSigned: false,
    ...rest,
  };
}

function warnings(given: Given) {
  const views: ChangeViews = {
    resources: (given.resources ?? []).map(([address, text, before, after]) => {
      const tag = parseTypeTag(text);
      if (tag.kind !== 'struct') throw new Error(text);
      return { address, tag, type: typeTagText(tag), before, after, changed: true };
    }),
    items: given.items ?? [],
    modules: given.modules ?? [],
  };
  const find = () => undefined;
  const assets = new AssetBook(APT, find);
  const context = effectContext(views, given.events ?? [], assets, find);
  const account = 'account' in given ? given.account : ME;
  const mine = new Set(account === undefined ? [] : [account]);
  const status = given.status ?? { kind: 'success' };
  const outcome: AptosOutcome = {
    status,
    gasUnitPrice: 100n,
    fee: {
      gasUsed: given.gasUsed ?? 10n,
      executionGas: 5n,
      ioGas: 5n,
      storageFeeOctas: 0n,
      storageRefundOctas: 0n,
    },
    events: [],
    changes: [],
    reads: given.reads ?? [],
    estimates: [],
  };
  return warningsOf({
    transaction: transactionOf(given.transaction),
    outcome,
    verdict:
      status.kind === 'success'
        ? { kind: 'success' }
        : {
            kind: status.kind === 'discarded' ? 'refused' : 'failure',
            error: { code: 'E', text: 'No.' },
          },
    effects: effectsOf(context, mine),
    stores: storesOf(context),
    assets,
    coin: APT,
    mine,
    account,
    code: given.code,
    foreignModule: given.foreignModule,
    nowMicros: NOW * 1_000_000n,
  });
}

const codes = (given: Given) => warnings(given).map(({ code }) => code);

const account = (change: { [field: string]: MoveJson } = {}): MoveJson => ({
  authentication_key: ME,
  sequence_number: '0',
  rotation_capability_offer: { for: NONE },
  signer_capability_offer: { for: NONE },
  ...change,
});
const coins = (value: string, frozen = false): MoveJson => ({ coin: { value }, frozen });
const COINS = '0x1::coin::CoinStore<0x1::aptos_coin::AptosCoin>';
const TOKENS = '0x1::coin::CoinStore<0xcccc::usd::USD>';
const core = (owner: string): MoveJson => ({ owner, allow_ungated_transfer: true });
const CORE = '0x1::object::ObjectCore';
const STORE = '0x1::fungible_asset::FungibleStore';

test('nothing to warn of', () => {
  expect(warnings({ resources: [[ME, COINS, coins('1000'), coins('900')]] })).toEqual([]);
});

describe('rights over the account', () => {
  test('the key is rotated', () => {
    const [warning] = warnings({
      resources: [
        [
          ME,
          '0x1::account::Account',
          account(),
          account({ authentication_key: `0x${'0'.repeat(64)}` }),
        ],
      ],
    });
    expect(warning).toMatchObject({
      code: 'key-rotated',
      severity: 'critical',
      evidence: [
        { label: 'account', value: ME },
        { label: 'before', value: ME },
        { label: 'after', value: `0x${'0'.repeat(64)}` },
      ],
    });
  });

  test.each([
    ['signer_capability_offer', 'signer-capability-offered'],
    ['rotation_capability_offer', 'rotation-capability-offered'],
  ])('%s to another', (field, code) => {
    const offered = account({ [field]: { for: { vec: [OTHER] } } });
    const [warning] = warnings({ resources: [[ME, '0x1::account::Account', account(), offered]] });
    expect(warning).toMatchObject({ code, severity: 'critical' });
    expect(warning?.evidence).toContainEqual({ label: 'after', value: OTHER });
    // Taken back, it is none.
    expect(codes({ resources: [[ME, '0x1::account::Account', offered, account()]] })).toEqual([]);
    // Of somebody else's account, it is none of the user's.
    expect(codes({ resources: [[OTHER, '0x1::account::Account', account(), offered]] })).toEqual(
      [],
    );
  });

  test('a function may sign', () => {
    const object = primaryStore(ME, '0xa');
    const functions = (entries: MoveJson[]): MoveJson => ({
      __variant__: 'V1',
      auth_functions: { __variant__: 'SortedVectorMap', entries },
    });
    const info = { module_address: APP, module_name: 'auth', function_name: 'check' };
    const [warning] = warnings({
      resources: [
        [object, CORE, core(ME), core(ME)],
        [
          object,
          '0x1::account_abstraction::DispatchableAuthenticator',
          null,
          functions([{ key: info, value: true }]),
        ],
      ],
    });
    expect(warning).toMatchObject({ code: 'authentication-function-added', severity: 'critical' });
    expect(warning?.evidence).toContainEqual({ label: 'after', value: `${APP}::auth::check` });
  });

  test('owners of a shared account change', () => {
    const multisig = (owners: string[], needed: string): MoveJson => ({
      owners,
      num_signatures_required: needed,
    });
    expect(
      codes({
        resources: [
          [
            ME,
            '0x1::multisig_account::MultisigAccount',
            multisig([ME], '1'),
            multisig([ME, OTHER], '2'),
          ],
        ],
      }),
    ).toEqual(['multisig-changed', 'multisig-changed']);
  });

  test('a store goes to another with all that is in it', () => {
    const store: MoveJson = { metadata: { inner: APP }, balance: '5', frozen: false };
    const found = warnings({
      resources: [
        [OBJECT, CORE, core(ME), core(OTHER)],
        [OBJECT, STORE, store, store],
      ],
    });
    expect(found.map(({ code }) => code)).toEqual(['owner-changed', 'all-of-token-leaves']);
  });

  test('voting power is handed over', () => {
    const data = { pool_address: APP, delegator: ME, voter: OTHER };
    const event = { type: '0x1::delegation_pool::DelegateVotingPower', data };
    expect(codes({ events: [event] })).toEqual(['voting-power-handed-over']);
  });
});

describe('funds', () => {
  test.each([
    ['100', '20', ['most-of-coin-leaves']],
    ['100', '21', []],
    ['100', '0', ['most-of-coin-leaves']],
    ['0', '50', []],
  ])('coins from %s to %s', (before, after, expected) => {
    expect(codes({ resources: [[ME, COINS, coins(before), coins(after)]] })).toEqual(expected);
  });

  test('a coin that becomes a fungible asset stays', () => {
    const store = primaryStore(ME, '0xa');
    const held: MoveJson = {
      metadata: { inner: parseAddress('0xa') },
      balance: '100',
      frozen: false,
    };
    const given: Given = {
      resources: [
        [ME, COINS, coins('100'), null],
        [store, CORE, null, core(ME)],
        [store, STORE, null, held],
      ],
    };
    expect(codes(given)).toEqual([]);
  });

  test('all and most of a token', () => {
    expect(codes({ resources: [[ME, TOKENS, coins('100'), coins('0')]] })).toEqual([
      'all-of-token-leaves',
    ]);
    expect(codes({ resources: [[ME, TOKENS, coins('100'), coins('1')]] })).toEqual([
      'most-of-token-leaves',
    ]);
  });

  test.each([
    [OTHER, 'object-leaves'],
    [`0x${'f'.repeat(64)}`, 'object-destroyed'],
  ])('an object goes to %s', (owner, code) => {
    const token: MoveJson = { collection: { inner: APP }, name: 'Ape #1' };
    const [warning] = warnings({
      resources: [
        [OBJECT, CORE, core(ME), core(owner)],
        [OBJECT, '0x4::token::Token', token, token],
      ],
    });
    expect(warning).toMatchObject({ code, severity: 'high' });
    expect(warning?.evidence).toContainEqual({ label: 'name', value: 'Ape #1' });
  });

  test('an object that is deleted, and one that arrives', () => {
    expect(codes({ resources: [[OBJECT, CORE, core(ME), null]] })).toEqual(['object-destroyed']);
    expect(codes({ resources: [[OBJECT, CORE, core(OTHER), core(ME)]] })).toEqual([]);
  });

  test('a collectible of the first standard leaves', () => {
    const handle = parseAddress('0xeeee');
    const item = (before: string, after: string): TableItemView => ({
      handle,
      keyType: '0x3::token::TokenId',
      valueType: '0x3::token::Token',
      key: { token_data_id: { creator: APP, collection: 'Apes', name: 'Ape #1' } },
      before: { amount: before },
      after: { amount: after },
    });
    const store: MoveJson = { tokens: { handle } };
    const given = (before: string, after: string): Given => ({
      resources: [[ME, '0x3::token::TokenStore', store, store]],
      items: [item(before, after)],
    });
    expect(warnings(given('1', '0'))).toMatchObject([
      { code: 'collectible-leaves', evidence: [{ value: 'Ape #1' }, { value: 'Apes' }] },
    ]);
    expect(codes(given('0', '1'))).toEqual([]);
  });

  test('tokens are frozen', () => {
    expect(codes({ resources: [[ME, TOKENS, coins('5'), coins('5', true)]] })).toEqual([
      'account-frozen',
    ]);
  });

  test('sent to an address of the chain', () => {
    const to = parseAddress('0x1');
    const resources: Given['resources'] = [
      [ME, COINS, coins('100'), coins('90')],
      [to, COINS, coins('0'), coins('10')],
    ];
    expect(codes({ resources })).toEqual(['sent-to-nobody']);
  });
});

describe('code', () => {
  test('published under the user’s address, and elsewhere', () => {
    const module = (address: string): ModuleView => ({
      address,
      name: 'm',
      isNew: true,
      isGone: false,
    });
    expect(warnings({ modules: [module(ME)] })).toMatchObject([
      { code: 'code-published', evidence: [{ label: 'module', value: `${ME}::m (deployed)` }] },
    ]);
    expect(codes({ modules: [module(APP)] })).toEqual(['code-published-elsewhere']);
  });

  test('a script', () => {
    const script = { code: Uint8Array.of(1, 2), typeArguments: [], args: [] };
    const [warning] = warnings({ transaction: { executable: { kind: 'script', script } } });
    expect(warning).toMatchObject({ code: 'script', severity: 'high' });
    expect(warning?.evidence).toContainEqual({ label: 'bytes of code', value: '2' });
  });

  const known = {
    module: '0xcccc::dex',
    untrustedName: 'Dex',
    policy: 'compatible',
    upgrades: 3n,
    hasSource: false,
  } as const;

  test('of a stranger, with what the chain knows', () => {
    const [warning] = warnings({ foreignModule: '0xcccc::dex', code: known });
    expect(warning).toMatchObject({ code: 'unknown-module', severity: 'medium' });
    expect(warning?.evidence).toEqual([
      { label: 'module', value: '0xcccc::dex' },
      { label: 'package', value: 'Dex' },
      { label: 'upgrades so far', value: '3' },
      { label: 'its owner may', value: 'replace it at any time' },
      { label: 'source on chain', value: 'no' },
    ]);
  });

  test('upgraded since, and published lately', () => {
    const created = (NOW - 86_400n) * 1_000_000n;
    expect(
      codes({
        foreignModule: '0xcccc::dex',
        code: { ...known, upgradesBefore: 2n, createdMicros: created },
      }),
    ).toEqual(['module-upgraded', 'module-new', 'unknown-module']);
    expect(
      codes({
        foreignModule: '0xcccc::dex',
        code: { ...known, upgradesBefore: 3n, createdMicros: 0n },
      }),
    ).toEqual(['unknown-module']);
  });

  test('that draws at random', () => {
    const tag = parseTypeTag('0x1::randomness::PerBlockRandomness');
    if (tag.kind !== 'struct') throw new Error('no struct');
    const key: StateKey = { kind: 'resource', address: Address.parse('0x1').bytes, type: tag };
    expect(codes({ reads: [key] })).toEqual(['random-outcome']);
  });
});

describe('terms', () => {
  test.each([
    [{ kind: 'outOfGas' } as const, 'would-fail'],
    [{ kind: 'discarded', code: 'SEQUENCE_NUMBER_TOO_OLD' } as const, 'would-be-refused'],
  ])('it does not succeed: %j', (status, code) => {
    expect(codes({ status })).toEqual([code]);
  });

  test('who pays', () => {
    const sponsored = (sender: string, payer: string) => ({
      transaction: {
        raw: { sender: Address.parse(sender) },
        feePayerAddress: Address.parse(payer),
      },
    });
    expect(codes(sponsored(OTHER, ME))).toEqual(['pays-for-others']);
    expect(warnings(sponsored(ME, OTHER))).toMatchObject([
      { code: 'others-pay', severity: 'info', evidence: [{ value: OTHER }] },
    ]);
    expect(codes(sponsored(ME, '0x0'))).toEqual(['fee-payer-open']);
    expect(codes({ ...sponsored(ME, OTHER), account: undefined })).toEqual([]);
  });

  test('several sign', () => {
    const transaction = { secondaryAddresses: [Address.parse(OTHER)] };
    expect(warnings({ transaction })).toMatchObject([
      { code: 'several-signers', evidence: [{ label: 'signer', value: OTHER }] },
    ]);
  });

  test('for a shared account', () => {
    expect(codes({ transaction: { multisigAddress: Address.parse(APP) } })).toEqual(['multisig']);
  });

  test.each([
    [3_600n, []],
    [3_601n, ['expires-late']],
    [86_400n * 365n, ['expires-late']],
  ])('valid for %s s', (seconds, expected) => {
    const raw = { expirationTimestampSecs: NOW + seconds };
    expect(codes({ transaction: { raw } })).toEqual(expected);
  });

  test('the fee', () => {
    expect(codes({ gasUsed: 100_000n })).toEqual(['high-fee']);
    expect(codes({ transaction: { raw: { maxGasAmount: 5_000_000n } } })).toEqual([
      'high-fee-limit',
    ]);
  });
});

test('the most severe come first', () => {
  const severities = warnings({
    foreignModule: '0xcccc::dex',
    transaction: { multisigAddress: Address.parse(APP) },
    resources: [
      [ME, COINS, coins('100'), coins('0')],
      [ME, '0x1::account::Account', account(), account({ authentication_key: OTHER })],
    ],
  }).map(({ severity }) => severity);
  expect(severities).toEqual(['critical', 'high', 'medium', 'info']);
});

import type { Asset, Change, Preview } from '../../src/vm-preview/model/preview';

export const OWN = '3Ck8s2pQ1y3vXW1TnyRXH4sXkPkBPzRhrJ1pGfGtWbKc';
export const OTHER = '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin';
export const OWN_TOKENS = '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T';
export const OTHER_TOKENS = '7dHbWXmci3dT8UFYWYZweBLXgycu7Y3iL6trKn1Y7ARj';
export const MINT = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const ATA_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';

export const SOL: Asset = { kind: 'native', decimals: 9, symbol: 'SOL', named: 'builtin' };
export const TOKEN: Asset = {
  kind: 'token',
  id: MINT,
  decimals: 6,
  symbol: 'USDC',
  untrustedName: 'USD Coin',
  named: 'metadata',
};

const lost: Change = {
  kind: 'balance',
  address: OWN_TOKENS,
  owner: OWN,
  asset: TOKEN,
  before: '2500000000',
  after: '1265500000',
  delta: '-1234500000',
};

/** A token transfer that opens the receiver's account. */
export const TRANSFER: Preview = {
  chain: 'solana',
  network: {
    id: 'solana-mainnet',
    name: 'Solana',
    coin: { symbol: 'SOL', decimals: 9 },
    isTest: false,
  },
  account: OWN,
  verdict: { kind: 'success' },
  changes: [
    lost,
    {
      kind: 'balance',
      address: OWN,
      asset: SOL,
      before: '3000000000',
      after: '2997955720',
      delta: '-2044280',
    },
  ],
  othersChanges: [
    { kind: 'opened', address: OTHER_TOKENS, owner: OTHER, what: 'token-account', asset: TOKEN },
    {
      kind: 'balance',
      address: OTHER_TOKENS,
      owner: OTHER,
      asset: TOKEN,
      before: '0',
      after: '1234500000',
      delta: '1234500000',
    },
  ],
  fee: {
    payer: OWN,
    total: '5000',
    parts: [{ label: 'Signatures', amount: '5000' }],
    asset: SOL,
  },
  warnings: [],
  request: [
    {
      index: 0,
      program: { address: ATA_PROGRAM, name: 'Associated Token' },
      name: 'CreateIdempotent',
      fields: [
        { kind: 'address', label: 'owner', value: OTHER },
        { kind: 'address', label: 'mint', value: MINT },
      ],
      inner: [
        {
          index: 0,
          program: { address: TOKEN_PROGRAM, name: 'Token' },
          name: 'InitializeAccount3',
          fields: [],
          inner: [],
          data: '12',
        },
      ],
      data: '01',
    },
    {
      index: 1,
      program: { address: TOKEN_PROGRAM, name: 'Token' },
      name: 'TransferChecked',
      fields: [
        { kind: 'address', label: 'to', value: OTHER_TOKENS },
        { kind: 'amount', label: 'amount', value: '1234500000', asset: TOKEN },
      ],
      inner: [],
      data: '0c',
    },
  ],
  provenance: {
    host: 'rpc.example.org',
    height: { from: '312000100', to: '312000100' },
    certainty: 'conditional',
    assumptions: [],
    expiry: { kind: 'blocks', remaining: 148 },
    load: { rounds: 2, requests: 3, bytes: 412345 },
  },
  raw: {
    logs: [`Program ${ATA_PROGRAM} invoke [1]`, `Program ${ATA_PROGRAM} success`],
    units: { used: '28431', limit: '400000' },
    diff: [
      {
        address: OWN,
        before: {
          lamports: '3000000000',
          owner: '11111111111111111111111111111111',
          executable: false,
          dataLength: 0,
        },
        after: {
          lamports: '2997955720',
          owner: '11111111111111111111111111111111',
          executable: false,
          dataLength: 0,
        },
      },
    ],
  },
};

/** Takes the token account itself, and says so nowhere. */
export const TAKEOVER: Preview = {
  ...TRANSFER,
  changes: [
    { kind: 'owner', address: OWN_TOKENS, owner: OWN, role: 'holder', before: OWN, after: OTHER },
    {
      kind: 'allowance',
      address: OWN_TOKENS,
      asset: TOKEN,
      spender: OTHER,
      before: '0',
      after: '18446744073709551615',
      unlimited: true,
    },
  ],
  othersChanges: [],
  warnings: [
    {
      code: 'owner-changed',
      severity: 'critical',
      text: 'Your token account would belong to somebody else.',
      evidence: [
        { label: 'Account', value: OWN_TOKENS },
        { label: 'New owner', value: OTHER },
      ],
    },
    {
      code: 'not-fee-payer',
      severity: 'medium',
      text: 'You sign, but somebody else pays the fee.',
      evidence: [{ label: 'Payer', value: OTHER }],
    },
  ],
  fee: { ...TRANSFER.fee, payer: OTHER },
  provenance: {
    ...TRANSFER.provenance,
    assumptions: [`The signature of ${OTHER} is still missing; it is taken for granted.`],
  },
};

/** Lands and fails. */
export const FAILING: Preview = {
  ...TRANSFER,
  verdict: {
    kind: 'failure',
    error: {
      code: 'InstructionError: Custom(1)',
      text: 'The account does not hold enough of the token.',
      at: 1,
      program: TOKEN_PROGRAM,
    },
  },
  changes: [],
  othersChanges: [],
};

export const APTOS_OWN = `0x${'a1'.repeat(32)}`;
export const APTOS_OTHER = `0x${'b0'.repeat(32)}`;
export const APT: Asset = { kind: 'native', decimals: 8, symbol: 'APT', named: 'builtin' };

/** A transfer of coins to an account that is made on the way. */
export const APTOS_TRANSFER: Preview = {
  chain: 'aptos',
  network: {
    id: 'aptos-mainnet',
    name: 'Aptos',
    coin: { symbol: 'APT', decimals: 8 },
    isTest: false,
  },
  account: APTOS_OWN,
  verdict: { kind: 'success' },
  changes: [
    {
      kind: 'balance',
      address: `0x${'5a'.repeat(32)}`,
      owner: APTOS_OWN,
      asset: APT,
      before: '1000000000',
      after: '849945100',
      delta: '-150054900',
    },
  ],
  othersChanges: [
    {
      kind: 'balance',
      address: `0x${'5b'.repeat(32)}`,
      owner: APTOS_OTHER,
      asset: APT,
      before: '0',
      after: '150000000',
      delta: '150000000',
    },
  ],
  fee: {
    payer: APTOS_OWN,
    total: '54900',
    parts: [
      { label: 'gas', amount: '900' },
      { label: 'storage', amount: '54000' },
    ],
    asset: APT,
  },
  warnings: [],
  request: [
    {
      index: 0,
      program: { address: '0x1::aptos_account', name: 'Aptos framework (aptos_account)' },
      name: 'Transfer coins',
      fields: [
        { kind: 'address', label: 'to', value: APTOS_OTHER },
        { kind: 'amount', label: 'amount', value: '150000000', asset: APT },
      ],
      inner: [],
      data: '',
    },
  ],
  provenance: {
    host: 'node.example.org',
    height: { from: '1000', to: '1000' },
    certainty: 'conditional',
    assumptions: [],
    expiry: { kind: 'seconds', remaining: 60 },
    load: { rounds: 2, requests: 30, bytes: 40_000 },
  },
  raw: {
    logs: [],
    events: [
      {
        type: '0x1::transaction_fee::FeeStatement',
        untrustedData: '{"total_charge_gas_units":"549"}',
      },
    ],
    units: { used: '549', limit: '50000' },
    diff: [],
    values: [
      {
        address: APTOS_OWN,
        kind: 'resource',
        key: '0x1::account::Account',
        before: { length: 98, data: 'AAAA' },
        after: { length: 98, data: 'AAAB' },
      },
      {
        address: `0x${'5b'.repeat(32)}`,
        kind: 'group',
        key: '0x1::object::ObjectGroup',
        before: null,
        after: { length: 249 },
      },
    ],
  },
};

/** Each lesson on the local chains: its preview says what the lesson is there to teach. */

import { startAptosLocalnet } from '../../../localnet/aptos';
import { startSolanaLocalnet } from '../../../localnet/solana';
import { startSuiLocalnet } from '../../../localnet/sui';
import { AptosLocalnet } from '../../../site/src/aptos/localnet';
import { APTOS_LESSONS } from '../../../site/src/lessons/aptos';
import type { BuiltLesson, Lesson } from '../../../site/src/lessons/lesson';
import { SOLANA_LESSONS } from '../../../site/src/lessons/solana';
import { SUI_LESSONS } from '../../../site/src/lessons/sui';
import { Localnet } from '../../../site/src/solana/localnet';
import { SuiLocalnet } from '../../../site/src/sui/localnet';
import { createAptosCache, previewTransaction as previewAptos } from '../../../src/chains/aptos';
import type { Network } from '../../../src/chains/chain';
import { createSolanaCache, previewTransaction as previewSolana } from '../../../src/chains/solana';
import { createSuiCache, previewTransaction as previewSui } from '../../../src/chains/sui';
import type { Change, Preview } from '../../../src/vm-preview/model/preview';
import { localNetwork } from '../../support/local-network';
import { recordingsAt } from './recordings';

jest.setTimeout(120_000);

interface Expected {
  /** `success`, or the code of the error. */
  readonly verdict: string;
  /** All that change for the user, one line each, in any order; fees make coins of the chain inexact. */
  readonly changes: readonly string[];
  /** Codes that must be among the warnings. */
  readonly warnings: readonly string[];
  /** More that must hold. */
  also?(preview: Preview): void;
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'solana-swap': {
    verdict: 'success',
    changes: ['SOL less', 'LOOK -20000000000', 'USDL +10000000'],
    warnings: [],
    also: ({ othersChanges, provenance }) => {
      expect(lines(othersChanges)).toEqual(
        expect.arrayContaining(['LOOK +20000000000', 'USDL -10000000']),
      );
      expect(provenance.assumptions.join()).toMatch(/signature of \w+ is still missing/);
    },
  },
  'solana-approval': {
    verdict: 'success',
    changes: ['SOL less', 'allowance of USDL without limit'],
    warnings: ['unlimited-approval'],
  },
  'solana-owner': {
    verdict: 'success',
    changes: ['SOL less', 'owner is another program'],
    warnings: ['account-owner-changed'],
    // Nothing that was promised comes in.
    also: ({ changes }) => expect(lines(changes).join()).not.toContain('LOOK'),
  },
  'solana-hidden': {
    verdict: 'success',
    changes: ['SOL less', 'USDL -1000000', 'owner is another holder'],
    warnings: ['token-account-handed-over', 'all-of-token-leaves'],
    also: ({ request }) => expect(request.map(({ name }) => name)[1]).toBe('SetAuthority'),
  },
  'solana-nonce': {
    verdict: 'success',
    changes: ['SOL less', 'nonce advanced'],
    warnings: ['durable-nonce'],
    also: ({ provenance }) => expect(provenance.expiry.kind).toBe('never'),
  },
  'solana-fails': {
    verdict: 'InstructionError: Custom(1)',
    changes: ['SOL less'],
    warnings: ['would-fail'],
    also: ({ fee }) => expect(fee.total).toBe('5000'),
  },
  'aptos-swap': {
    verdict: 'success',
    changes: ['APT less', 'USDL +9000000', 'token-account opened'],
    warnings: ['unknown-module'],
    also: ({ provenance }) => expect(provenance.certainty).toBe('conditional'),
  },
  'aptos-key': {
    verdict: 'success',
    changes: ['APT less', 'authority authentication-key'],
    warnings: ['key-rotated'],
    also: ({ changes, fee }) =>
      expect(changes).toContainEqual(
        expect.objectContaining({ kind: 'balance', delta: `-${fee.total}` }),
      ),
  },
  'aptos-airdrop': {
    verdict: 'success',
    changes: ['APT less'],
    warnings: ['most-of-coin-leaves'],
    also: ({ othersChanges }) => expect(lines(othersChanges)).toContain('APT more'),
  },
  'aptos-script': {
    verdict: 'success',
    changes: ['APT less'],
    warnings: ['script'],
    also: ({ othersChanges }) =>
      expect(othersChanges).toContainEqual(expect.objectContaining({ delta: '900000000' })),
  },
  'aptos-sponsored': {
    verdict: 'success',
    changes: ['APT less'],
    warnings: ['others-pay'],
    also: ({ account, changes, fee }) => {
      expect(changes).toContainEqual(expect.objectContaining({ delta: '-10000000' }));
      expect(fee.payer).not.toBe(account);
    },
  },
  'aptos-fails': {
    verdict: `Move abort in 0xde30000000000000000000000000000000000000000000000000000000000001::exchange: ETOO_FEW`,
    changes: ['APT less'],
    warnings: ['would-fail'],
    also: ({ verdict }) =>
      expect(verdict.kind === 'failure' && verdict.error.text).toMatch(/fewer than were asked for/),
  },
  'sui-swap': {
    verdict: 'success',
    changes: ['SUI less', 'MOON +49504951'],
    warnings: [],
    also: ({ provenance }) => {
      expect(provenance.certainty).toBe('conditional');
      expect(provenance.assumptions.join()).toMatch(/Others may change what it uses/);
    },
  },
  'sui-theft': {
    verdict: 'success',
    changes: ['SUI less', 'object moved “Front row”'],
    warnings: ['object-leaves'],
    also: ({ provenance }) => expect(provenance.certainty).toBe('exact'),
  },
  'sui-freeze': {
    verdict: 'success',
    changes: ['SUI less', 'object moved frozen “Front row”'],
    warnings: ['object-frozen'],
  },
  'sui-airdrop': {
    verdict: 'success',
    changes: ['SUI less'],
    warnings: ['most-of-coin-leaves'],
    also: ({ othersChanges }) => expect(lines(othersChanges)).toContain('SUI more'),
  },
  'sui-upgrade': {
    verdict: 'success',
    changes: ['SUI less', 'object moved 0x2::package::UpgradeCap'],
    warnings: ['upgrade-right-leaves'],
  },
  'sui-sponsored': {
    verdict: 'success',
    changes: ['object moved “Front row”'],
    warnings: ['others-pay'],
    also: ({ account, fee }) => expect(fee.payer).not.toBe(account),
  },
  'sui-fails': {
    verdict: 'MoveAbort exchange::swap: ETooFew',
    changes: ['SUI less'],
    warnings: ['would-fail'],
    also: ({ othersChanges, verdict }) => {
      // Shared objects get another version, and nothing else.
      expect(othersChanges).toEqual([]);
      expect(verdict.kind === 'failure' && verdict.error).toMatchObject({
        at: 1,
        text: 'The price has moved: it would give less than was asked for.',
      });
    },
  },
};

const NATIVE: ReadonlySet<string> = new Set(['SOL', 'APT', 'SUI']);

/** That an account is there at all is the framework's own business. */
function lines(changes: readonly Change[]): string[] {
  return changes.map(lineOf).filter((line) => line !== 'wallet opened');
}

function lineOf(change: Change): string {
  switch (change.kind) {
    case 'balance': {
      const { asset, delta } = change;
      const isLess = delta.startsWith('-');
      if (NATIVE.has(asset.symbol ?? '')) return `${asset.symbol} ${isLess ? 'less' : 'more'}`;
      return `${asset.symbol} ${isLess ? '' : '+'}${delta}`;
    }
    case 'allowance':
      return `allowance of ${change.asset.symbol}${change.unlimited ? ' without limit' : ''}`;
    case 'owner':
      return `owner is another ${change.role}`;
    case 'nonce':
      return `nonce ${change.action}`;
    case 'authority':
      return `authority ${change.role}`;
    case 'opened':
    case 'closed':
      return `${change.what} ${change.kind}`;
    case 'object': {
      const { action, item, state } = change;
      const name = item.untrustedName === undefined ? item.type : `“${item.untrustedName}”`;
      return ['object', action, state, name].filter((word) => word !== undefined).join(' ');
    }
    default:
      return change.kind;
  }
}

function verdictText({ verdict }: Preview): string {
  if (verdict.kind === 'success') return 'success';
  // The demo's package has another address with each framework.
  return verdict.error.code.replace(/ in 0x[0-9a-f]{64}::exchange::/, ' exchange::');
}

function check(preview: Preview, expected: Expected | undefined): void {
  if (expected === undefined) throw new Error('nothing is said of this lesson');
  expect(verdictText(preview)).toBe(expected.verdict);
  expect(lines(preview.changes).sort()).toEqual([...expected.changes].sort());
  const codes = preview.warnings.map(({ code }) => code);
  for (const warning of expected.warnings) expect(codes).toContain(warning);
  expected.also?.(preview);
}

it('has a lesson for everything that is expected, and the other way round', () => {
  const ids = [...SOLANA_LESSONS, ...APTOS_LESSONS, ...SUI_LESSONS].map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(Object.keys(EXPECTED));
});

/** One chain for all lessons: building and previewing changes nothing on it. */
function suite<Node>(
  lessons: readonly Lesson<Node>[],
  start: () => Promise<{
    readonly node: Node;
    readonly network: Network;
    close(): Promise<void>;
  }>,
  preview: (network: Network, built: BuiltLesson) => Promise<Preview>,
): void {
  let chain: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    chain = await start();
  });
  afterAll(() => chain.close());

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    '%s teaches what it says',
    async (id, lesson) => {
      check(await preview(chain.network, await lesson.build(chain.node)), EXPECTED[id]);
    },
  );
}

describe('on Solana', () => {
  const cache = createSolanaCache();
  suite(
    SOLANA_LESSONS,
    async () => {
      const { close, genesisHash, url } = await startSolanaLocalnet({ slotMilliseconds: 0 });
      return { node: new Localnet(url), network: localNetwork('solana', url, genesisHash), close };
    },
    async (network, { account, bytes }) =>
      (await previewSolana({ network, transaction: bytes, account, cache })).preview,
  );
});

describe.each(recordingsAt('aptos/genesis/devnet.blob'))('on Aptos, %s', (_, fixtures) => {
  const cache = createAptosCache();
  suite(
    APTOS_LESSONS,
    async () => {
      const { chainId, close, url } = await startAptosLocalnet({ fixtures });
      return {
        node: new AptosLocalnet(url),
        network: localNetwork('aptos', url, chainId),
        close,
      };
    },
    async (network, { account, bytes }) =>
      (await previewAptos({ network, transaction: bytes, account, cache })).preview,
  );
});

describe.each(recordingsAt('sui/framework'))('on Sui, %s', (_, fixtures) => {
  const cache = createSuiCache();
  suite(
    SUI_LESSONS,
    async () => {
      const { chainIdentifier, close, url } = await startSuiLocalnet({ fixtures });
      return {
        node: new SuiLocalnet(url),
        network: localNetwork('sui', url, chainIdentifier),
        close,
      };
    },
    async (network, { account, bytes }) =>
      (await previewSui({ network, transaction: bytes, account, cache })).preview,
  );
});

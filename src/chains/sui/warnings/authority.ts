import type { Change, Warning } from '../../../vm-preview/model/preview';
import { FRAMEWORK, fullAddress } from '../address';
import { evidence, type WarningCheck, type WarningContext } from './context';

/**
 * Aliases of an address may sign for it, and may take that right from its own key. Only commands can call
 * the module, so that none is missed.
 */
export const accountHandedOver: WarningCheck = ({ parsed }) =>
  parsed.programmable.commands.flatMap((command, index): Warning[] => {
    if (command.kind !== 'moveCall') return [];
    const { call } = command;
    if (fullAddress(call.package) !== FRAMEWORK || call.module !== 'address_alias') return [];
    return [
      {
        code: 'account-handed-over',
        severity: 'critical',
        text: 'This lets other keys sign for your account: whoever holds them can take all that it has, now and later.',
        evidence: [
          evidence('command', String(index + 1)),
          evidence('function', `0x2::address_alias::${call.function}`),
        ],
      },
    ];
  });

/** Capabilities whose holder decides over code or coins of everybody. */
const CAPABILITIES: readonly (readonly [type: RegExp, code: string, text: string])[] = [
  [
    /^0x2::package::UpgradeCap$/,
    'upgrade-right-leaves',
    'Somebody else would get the right to replace the code of your package.',
  ],
  [
    /^0x2::coin::TreasuryCap</,
    'mint-right-leaves',
    'Somebody else would get the right to make coins of yours at will.',
  ],
  [
    /^0x2::coin::(?:DenyCap|DenyCapV2|RegulatedCoinMetadata)</,
    'deny-right-leaves',
    'Somebody else would get the right to bar accounts from your coin.',
  ],
  [
    /^0x2::coin_registry::MetadataCap</,
    'metadata-right-leaves',
    'Somebody else would get the right to change the name of your coin.',
  ],
  [
    /^0x2::package::Publisher$/,
    'publisher-leaves',
    'Somebody else could speak as the publisher of your package.',
  ],
  [
    /^0x2::kiosk::KioskOwnerCap$/,
    'kiosk-leaves',
    'Somebody else would own your kiosk and all that is in it.',
  ],
];

type ObjectChange = Extract<Change, { kind: 'object' }>;

/** Objects that were the user's and are not any more. */
export function leaving(
  changes: readonly Change[],
  mine: ReadonlySet<string>,
): readonly ObjectChange[] {
  return changes.filter(
    (change): change is ObjectChange =>
      change.kind === 'object' &&
      change.before !== null &&
      mine.has(change.before) &&
      (change.after === null || !mine.has(change.after)),
  );
}

export function capabilityOf(type: string | undefined) {
  return CAPABILITIES.find(([pattern]) => type !== undefined && pattern.test(type));
}

/** Made by a package's first run, which decides over it from then on, and given to somebody else at once. */
function madeElsewhere({ effects, mine }: WarningContext): readonly ObjectChange[] {
  const publishes = effects.own.some(
    (change) => change.kind === 'code' && change.action === 'deployed',
  );
  if (!publishes) return [];
  return [...effects.own, ...effects.others].filter(
    (change): change is ObjectChange =>
      change.kind === 'object' &&
      change.action === 'made' &&
      // Frozen or within another object nobody has it.
      (change.after === null ? change.state === 'shared' : !mine.has(change.after)),
  );
}

export const capabilityLeaves: WarningCheck = (context) =>
  [...leaving(context.effects.own, context.mine), ...madeElsewhere(context)].flatMap(
    ({ action, address, after, item }): Warning[] => {
      const row = capabilityOf(item.type);
      // What is destroyed gives nobody a right.
      if (row === undefined || action === 'destroyed') return [];
      const [, code, text] = row;
      return [
        {
          code,
          severity: 'critical',
          text,
          evidence: [
            evidence('object', address),
            evidence('type', item.type ?? ''),
            evidence('new owner', after ?? 'no single one'),
          ],
        },
      ];
    },
  );

/** A preview as lines of text for a terminal. */
import type {
  Asset,
  Change,
  DecodedCall,
  DecodedField,
  Expiry,
  Fee,
  ObjectView,
  Preview,
  Provenance,
  RawEvent,
  RawValue,
  ValueDiff,
  Verdict,
  Warning,
} from '../vm-preview/model/preview';
import {
  authorityWords,
  CHAIN_WORDS,
  type ChainWords,
  codeWords,
  durationWords,
  nameWords,
  objectWords,
} from '../vm-preview/model/words';

/** Foreign text must not steer the terminal: what is not seen is written out. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
const MAX_TEXT = 300;

function plain(text: string): string {
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return shown.replace(
    UNSEEN,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

export function previewText(preview: Preview): string {
  const { account, changes, fee, othersChanges, provenance, raw } = preview;
  const words = CHAIN_WORDS[preview.chain];
  const changeLines = (change: Change) => linesOfChange(change, { words, coin: fee.asset });
  const blocks = [
    verdictLines(preview.verdict, preview.network.name),
    preview.warnings.flatMap(warningLines),
    section(
      account === undefined ? undefined : `What changes for ${account}`,
      changes,
      changeLines,
    ),
    section(
      account === undefined ? 'What changes' : 'What changes for others',
      othersChanges,
      changeLines,
    ),
    feeLines(preview.fee),
    section('What the transaction asks for', preview.request, (call) => callLines(call, '')),
    [
      'How it is known',
      ...indent([
        sourceLine(provenance, words),
        `${grouped(raw.units.used)} of ${grouped(raw.units.limit)} ${words.units}`,
        expiryLine(provenance.expiry),
        ...provenance.assumptions.map(plain),
      ]),
    ],
    section('Logs', raw.logs, (line) => [plain(line)]),
    section('Events', raw.events ?? [], eventLines),
    section('Values that change', raw.values ?? [], valueLines),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function section<T>(
  title: string | undefined,
  items: readonly T[],
  linesOf: (item: T) => readonly string[],
): string[] {
  if (title === undefined || items.length === 0) return [];
  return [title, ...indent(items.flatMap(linesOf))];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function verdictLines(verdict: Verdict, network: string): string[] {
  if (verdict.kind === 'success') return [`It would succeed on ${plain(network)}.`];
  const { code, text } = verdict.error;
  const what = verdict.kind === 'failure' ? 'It would fail' : 'It would not be taken';
  return [`${what} on ${plain(network)}: ${plain(text)} [${plain(code)}]`];
}

function warningLines({ severity, code, text, evidence }: Warning): string[] {
  const facts = evidence.map(({ label, value }) => `${plain(label)}: ${plain(value)}`);
  return [`! ${severity.toUpperCase()} (${code}): ${plain(text)}`, ...indent(facts)];
}

interface Setting {
  readonly words: ChainWords;
  /** That pays fees. */
  readonly coin: Asset;
}

function linesOfChange(change: Change, setting: Setting): string[] {
  const owner = change.owner === undefined ? '' : `, of ${change.owner}`;
  const what = change.kind === 'object' ? 'object' : 'account';
  return [changeText(change, setting), `  ${what} ${change.address}${owner}`];
}

function changeText(change: Change, { words, coin }: Setting): string {
  switch (change.kind) {
    case 'balance': {
      const { asset, before, after, delta } = change;
      const sign = delta.startsWith('-') ? '' : '+';
      const range = `${units(before, asset.decimals)} → ${units(after, asset.decimals)}`;
      return `${sign}${amount(delta, asset)} (${range})${idOf(asset, words)}`;
    }
    case 'allowance':
      return change.spender === null
        ? `nobody else may spend ${symbol(change.asset)} any more`
        : `${change.spender} may take ${change.unlimited ? `all ${symbol(change.asset)}` : amount(change.after, change.asset)}${idOf(change.asset, words)}`;
    case 'owner':
      return `${change.role === 'holder' ? 'holder' : 'owning program'}: ${change.before} → ${change.after}`;
    case 'authority':
      return `${plain(authorityWords(change).text)}: ${plain(change.before ?? 'nobody')} → ${plain(change.after ?? 'nobody')}`;
    case 'opened':
    case 'closed':
      return `${words.accountKinds[change.what]} ${change.kind}${change.asset === undefined ? '' : ` for ${symbol(change.asset)}`}`;
    case 'frozen':
    case 'thawed':
      return `${words.accountKinds['token-account']} ${change.kind}${idOf(change.asset, words)}`;
    case 'stake':
      return `stake: ${plain(change.action)}${change.amount === undefined ? '' : `, ${amount(change.amount, coin)}`}${change.validator === undefined ? '' : `, validator ${change.validator}`}`;
    case 'nonce':
      return `nonce ${change.action}`;
    case 'code':
      return `${change.module === undefined ? 'program' : `module ${plain(change.module)}`} ${codeWords(change)}`;
    case 'supply':
      return `supply: ${change.delta.startsWith('-') ? '' : '+'}${amount(change.delta, change.asset)}`;
    case 'object':
      return `${itemText(change.item)} ${objectWords(change)}: ${change.before ?? 'nobody'} → ${change.after ?? 'nobody'}`;
    case 'collectible':
      return `${change.delta.startsWith('-') ? '' : '+'}${change.delta} of ${itemText(change.item)}`;
    case 'name':
      return `name “${plain(change.untrustedName)}” ${nameWords(change)}${change.target == null ? '' : `, to ${change.target}`}`;
    case 'resource':
      return `${plain(change.type)} ${change.action}`;
    case 'data':
      return `${grouped(String(change.bytesChanged))} bytes of data changed`;
  }
}

function itemText({ type, untrustedCollection, untrustedName }: ObjectView): string {
  if (untrustedName === undefined) return type === undefined ? 'object' : plain(type);
  const of = untrustedCollection === undefined ? '' : ` of “${plain(untrustedCollection)}”`;
  return `“${plain(untrustedName)}”${of}`;
}

function feeLines({ total, asset, payer, parts }: Fee): string[] {
  const shown = parts.filter((part) => part.amount !== '0');
  const each = shown.map((part) => `${plain(part.label)} ${amount(part.amount, asset)}`);
  const split = each.length < 2 ? '' : ` (${each.join(' + ')})`;
  return [`Fee: ${amount(total, asset)}${split}, paid by ${payer}`];
}

function callLines(call: DecodedCall, parent: string): string[] {
  const number = `${parent}${call.index + 1}.`;
  const program = call.program.name === undefined ? call.program.address : plain(call.program.name);
  const name = call.name === undefined ? 'unknown call' : plain(call.name);
  const data = call.fields.length === 0 && call.data !== '' ? [`data: ${plain(call.data)}`] : [];
  return [
    `${number} ${name} · ${program}`,
    ...indent([
      ...call.fields.map(fieldLine),
      ...data,
      ...call.inner.flatMap((inner) => callLines(inner, number)),
    ]),
  ];
}

function fieldLine(field: DecodedField): string {
  const label = plain(field.label);
  switch (field.kind) {
    case 'amount':
      return `${label}: ${amount(field.value, field.asset)}`;
    case 'text':
      return `${label}: “${plain(field.untrustedValue)}”`;
    case 'address':
    case 'words':
    case 'number':
      return `${label}: ${plain(field.value)}`;
  }
}

function sourceLine({ host, height, load }: Provenance, words: ChainWords): string {
  const [one, several] = words.height;
  const where = host === undefined ? 'state that was given' : `state read from ${plain(host)}`;
  const heights =
    height.from === height.to ? `${one} ${height.to}` : `${several} ${height.from}–${height.to}`;
  const cost =
    load === undefined
      ? ''
      : ` (${load.requests} requests, ${load.rounds} rounds, ${grouped(String(load.bytes))} bytes)`;
  return `run here on ${where} at ${heights}${cost}`;
}

function expiryLine(expiry: Expiry): string {
  switch (expiry.kind) {
    case 'blocks':
      return `valid for ${expiry.remaining} more blocks`;
    case 'seconds':
      return `valid for ${durationWords(expiry.remaining)}`;
    case 'never':
      return `never expires: ${plain(expiry.reason)}`;
    case 'expired':
      return 'has expired';
    case 'unknown':
      return 'not known how long it stays valid';
  }
}

function eventLines({ type, untrustedData }: RawEvent): string[] {
  return [plain(type), `  ${plain(untrustedData)}`];
}

const VALUE_KINDS: Readonly<Record<ValueDiff['kind'], string>> = {
  resource: 'resource',
  group: 'resource group',
  module: 'module',
  'table-item': 'item of a table',
  object: 'object',
};

function valueLines({ address, kind, key, before, after }: ValueDiff): string[] {
  return [
    `${VALUE_KINDS[kind]} ${plain(key)}: ${valueText(before)} → ${valueText(after)}`,
    `  at ${address}`,
  ];
}

function valueText(value: RawValue | null): string {
  return value === null ? 'absent' : `${grouped(String(value.length))} bytes`;
}

/** `1234500`, 3 → `1,234.5`; exact. */
function units(value: string, decimals: number): string {
  const negative = value.startsWith('-');
  const digits = (negative ? value.slice(1) : value).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = grouped(digits.slice(0, digits.length - decimals));
  return `${negative ? '-' : ''}${whole}${decimals === 0 || fraction === '' ? '' : `.${fraction}`}`;
}

function amount(value: string, asset: Asset): string {
  return `${units(value, asset.decimals)} ${symbol(asset)}`;
}

function symbol(asset: Asset): string {
  if (asset.symbol !== undefined && asset.symbol !== '') return plain(asset.symbol);
  return asset.kind === 'native' ? 'coins' : 'tokens';
}

function idOf(asset: Asset, { tokenId }: ChainWords): string {
  return asset.id === undefined ? '' : `, ${tokenId} ${asset.id}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

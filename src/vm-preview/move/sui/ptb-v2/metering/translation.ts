/** What loading, typing and verifying cost (metering/**). Amounts are in internal gas units. */
import { CannotPreview } from '../../../../errors';
import type { Command, ProgrammableTransaction } from '../../data';
import type { SuiGas } from '../../gas';
import type { ProtocolConfig } from '../../protocol';
import { isLaunched } from '../launch';
import type { LoadedCommand, LoadedTransaction } from '../loading/load';
import { byValue, isReference, nodeCount, type PtbType, txContextKind } from '../loading/ptb-type';
import { argumentsOf, type TypedCommand, type TypedTransaction } from '../typing/ast';
import { meterLiveReferences } from './live-references';

export class TranslationCharges {
  readonly #isOn: boolean;

  constructor(
    private readonly protocol: ProtocolConfig,
    private readonly meter: SuiGas,
  ) {
    this.#isOn = isLaunched(protocol);
  }

  /** Inputs, bytes and arguments, before anything is loaded. @throws MoveError OUT_OF_GAS; CannotPreview */
  program({ inputs, commands }: ProgrammableTransaction): void {
    this.#charge('translation_per_input_base_charge', atLeastOne(inputs.length));
    for (const input of inputs)
      if (input.kind === 'pure')
        this.#charge('translation_pure_input_per_byte_charge', atLeastOne(input.bytes.length));
    if (this.protocol.number('package_publish_charge_fixed') !== undefined)
      for (const { kind } of commands)
        if (kind === 'publish' || kind === 'upgrade')
          throw new CannotPreview('sui-publish-charge', 'a price of publishing that is newer');
    for (const command of commands)
      this.#charge('translation_per_command_base_charge', atLeastOne(argumentCount(command)));
  }

  /** Types, and packages that were linked. @throws MoveError OUT_OF_GAS */
  loaded({ inputs, commands }: LoadedTransaction): void {
    const ofInputs = inputs.flatMap((input) => ('type' in input ? [byValue(input.type)] : []));
    for (const type of [...ofInputs, ...commands.flatMap(typesOf)])
      this.#charge('translation_per_type_node_charge', nodeCount(type));
    for (const command of commands) {
      const linked = linkedCount(command);
      if (linked !== undefined) this.#charge('translation_per_linkage_entry_charge', linked);
    }
  }

  /** Types once more, and references, which cost more the more there are. @throws MoveError OUT_OF_GAS */
  typed(transaction: TypedTransaction): void {
    const types = allTypes(transaction);
    const nodes = types.reduce((sum, type) => sum + nodeCount(type), 0);
    const references = types.filter(
      (type) => isReference(type) && txContextKind(type) === 'none',
    ).length;
    this.#charge('translation_per_type_node_charge', atLeastOne(nodes));
    const weighed = atLeastOne(references);
    this.#charge('translation_per_reference_node_charge', (weighed * (weighed + 1)) / 2);
    meterLiveReferences(transaction, this.protocol, (live) => {
      const n = atLeastOne(live);
      this.#charge('translation_per_live_reference_charge', (n * (n + 1) * (n + 2)) / 6);
    });
  }

  #charge(price: string, count: number): void {
    if (this.#isOn) this.meter.deduct(this.protocol.limit(price) * count);
  }
}

const atLeastOne = (count: number): number => Math.max(count, 1);

function argumentCount(command: Command): number {
  switch (command.kind) {
    case 'moveCall':
      return command.call.typeArguments.length + command.call.args.length;
    case 'transferObjects':
      return command.objects.length + 1;
    case 'splitCoins':
      return command.amounts.length + 1;
    case 'mergeCoins':
      return command.sources.length + 1;
    case 'makeMoveVec':
      return command.elements.length + 1;
    case 'publish':
      return command.modules.length + command.dependencies.length;
    case 'upgrade':
      return command.modules.length + command.dependencies.length + 2;
  }
}

function typesOf(command: LoadedCommand): readonly PtbType[] {
  if (command.kind === 'makeMoveVec') return command.type ? [byValue(command.type)] : [];
  if (command.kind !== 'moveCall') return [];
  const { typeArguments, parameters, results } = command.function;
  return [...typeArguments.map(byValue), ...parameters, ...results];
}

function linkedCount(command: LoadedCommand): number | undefined {
  if (command.kind === 'moveCall') return command.function.linkedCount;
  return command.kind === 'publish' || command.kind === 'upgrade' ? command.linkedCount : undefined;
}

/** Each as often as it is said (typing/ast.rs `Transaction::types`). */
function allTypes({ objects, pure, receiving, commands }: TypedTransaction): readonly PtbType[] {
  const inputs = [...pure, ...objects, ...receiving].map(({ type }) => byValue(type));
  return [...inputs, ...commands.flatMap((command) => [...command.results, ...saidBy(command)])];
}

function saidBy({ operation }: TypedCommand): readonly PtbType[] {
  const args = argumentsOf(operation).map(({ type }) => type);
  switch (operation.kind) {
    case 'splitCoins':
      return [...args, byValue(operation.coin.type.of)];
    case 'mergeCoins':
      return [...args, byValue(operation.target.type.of)];
    case 'makeMoveVec':
      return [...args, byValue(operation.element)];
    case 'moveCall': {
      const { typeArguments, parameters, results } = operation.function;
      return [...args, ...typeArguments.map(byValue), ...parameters, ...results];
    }
    default:
      return args;
  }
}

import type { Argument } from '../../data';
import type { LoadedCommand } from './load';

/** Arguments of a command as the transaction gives them, in its order. */
export function plainArguments(command: LoadedCommand): readonly Argument[] {
  switch (command.kind) {
    case 'moveCall':
      return command.args;
    case 'transferObjects':
      return [...command.objects, command.address];
    case 'splitCoins':
      return [command.coin, ...command.amounts];
    case 'mergeCoins':
      return [command.destination, ...command.sources];
    case 'makeMoveVec':
      return command.elements;
    case 'publish':
      return [];
    case 'upgrade':
      return [command.ticket];
  }
}

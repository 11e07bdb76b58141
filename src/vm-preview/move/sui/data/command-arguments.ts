import type { Argument, Command } from './transaction';

/** All that a command names, in order. */
export function commandArguments(command: Command): readonly Argument[] {
  switch (command.kind) {
    case 'moveCall':
      return command.call.args;
    case 'transferObjects':
      return [...command.objects, command.address];
    case 'splitCoins':
      return [command.coin, ...command.amounts];
    case 'mergeCoins':
      return [command.destination, ...command.sources];
    case 'makeMoveVec':
      return command.elements;
    case 'upgrade':
      return [command.ticket];
    case 'publish':
      return [];
  }
}

import type { Argument, Command } from './transaction';

/** A command as far as its arguments go: its types may be loaded already. */
type NamingCommand =
  | Exclude<Command, { readonly kind: 'makeMoveVec' }>
  | Omit<Extract<Command, { readonly kind: 'makeMoveVec' }>, 'type'>;

/** All that a command names, in order. */
export function commandArguments(command: NamingCommand): readonly Argument[] {
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

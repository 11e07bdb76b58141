export { formatAmount, formatUnits } from './amount';
export {
  AddNetworkDialog,
  CONNECT_FORM,
  ConnectDialog,
  DIALOG_BUTTONS,
  EndedDialog,
  MessageDialog,
  messageTextLength,
  SignInDialog,
} from './dialogs';
export { controlName, HOME_CONTROLS, parseControl } from './home/buttons';
export { Home } from './home/pages';
export type {
  AccountView,
  AddNetworkView,
  ConnectView,
  HomePage,
  HomeView,
  MessageView,
  NetworkChoice,
  SignInView,
} from './model';
export { visible } from './text';
export { TransactionDialog } from './transaction/dialog';
export {
  TRANSACTION_BUTTONS,
  type TransactionHeader,
  type TransactionPage,
} from './transaction/model';

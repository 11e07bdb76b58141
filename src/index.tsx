import type {
  OnHomePageHandler,
  OnRpcRequestHandler,
  OnUserInputHandler,
} from '@metamask/snaps-sdk';
import { handleRequest, handleUserInput, openHome } from './rpc';

/** A page's request. */
export const onRpcRequest: OnRpcRequestHandler = ({ origin, request }) =>
  handleRequest(origin, request.method, request.params);

/** The user opens the snap's page in MetaMask. */
export const onHomePage: OnHomePageHandler = async () => ({ id: await openHome() });

/** The user clicks, picks or types in one of the snap's windows. */
export const onUserInput: OnUserInputHandler = ({ id, event, context }) =>
  handleUserInput({ id, event, context });

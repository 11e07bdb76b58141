export { handleRequest } from './handle';
export { openHome } from './home/controller';
export { handleUserInput } from './user-input';

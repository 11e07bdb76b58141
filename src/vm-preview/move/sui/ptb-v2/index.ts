export { runStatic } from './run';

export { explainAbort } from './explain-abort';
export {
  type Attribute,
  type ErrorDescription,
  type ModuleMetadata,
  moduleMetadata,
  type ResourceGroupScope,
} from './module-metadata';

export { abilitiesOf } from './abilities';
export { LinkContext } from './link-context';
export { Linkage, LinkContexts, type LoadedType } from './linkage';
export { type Id, idOf, SuiPackage } from './package';
export { PackageCache, Packages, requestOf } from './packages';
export { TypeLoadError, type TypeStatus } from './type-error';

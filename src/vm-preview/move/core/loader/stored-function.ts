import type { Callable } from '../values';
import type { ModuleId } from './datatype';
import type { FunctionInstance } from './function';
import { compareCallables, type FunctionName } from './function-order';
import type { Loader } from './loader';
import type { Type } from './type';

/** A function as a stored value names it; its code is loaded when it is called. */
export class StoredFunction implements Callable, FunctionName {
  readonly key: string;

  constructor(
    readonly module: ModuleId,
    readonly name: string,
    readonly typeArguments: readonly Type[],
  ) {
    const suffix = typeArguments.map(({ key }) => key).join(', ');
    this.key = `${module.key}::${name}${suffix === '' ? '' : `<${suffix}>`}`;
  }

  compare(other: Callable): number {
    return compareCallables(this, other);
  }

  /** @throws as `Loader.function` */
  resolve(loader: Loader): FunctionInstance {
    return loader.function(this.module, this.name).instance(this.typeArguments);
  }
}

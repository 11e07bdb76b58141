import type { DatatypeTypeParameter, SignatureToken } from '../../format';
import { at } from '../../loader/at';
import { VerificationError } from '../errors';
import type { Unit } from '../instruction';

/**
 * A phantom type parameter stands only where an argument is a phantom too.
 *
 * @param parameters - of the datatype whose field has the type
 */
export function checkPhantom(
  unit: Unit,
  type: SignatureToken,
  parameters: readonly DatatypeTypeParameter[],
  isPhantomPlace: boolean,
): void {
  switch (type.kind) {
    case 'vector':
      checkPhantom(unit, type.element, parameters, false);
      break;
    case 'function':
      for (const part of [...type.parameters, ...type.results])
        checkPhantom(unit, part, parameters, false);
      break;
    case 'datatype': {
      const handle = at(unit.datatypeHandles, type.handle);
      for (const [i, argument] of type.typeArguments.entries())
        checkPhantom(unit, argument, parameters, at(handle.typeParameters, i).isPhantom);
      break;
    }
    case 'typeParameter':
      if (at(parameters, type.index).isPhantom && !isPhantomPlace)
        throw new VerificationError(
          'INVALID_PHANTOM_TYPE_PARAM_POSITION',
          'phantom type parameter cannot be used in non-phantom position',
        );
      break;
  }
}

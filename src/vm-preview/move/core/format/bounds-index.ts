import { FormatError, type FormatStatus } from './errors';
import type { CompiledModule, CompiledScript, SignatureToken, TableName, Tables } from './types';

/** Checks indices against one unit's tables and remembers what each signature needs. */
export class Bounds {
  private readonly highest: number[] = [];

  constructor(readonly unit: CompiledModule | CompiledScript) {}

  /** @throws FormatError (INDEX_OUT_OF_BOUNDS) when there is no such element */
  at<K extends TableName>(name: K, index: number, what: string): Tables[K][number] {
    const table: Tables[K] = this.unit[name];
    const element = table[index];
    if (element === undefined) throw outOfBounds(what, index, table.length);
    return element;
  }

  /** Refuses a type parameter in a signature that the type parameters at hand do not cover. */
  coversSignature(signature: number, typeParameters: number, what: string): void {
    let highest = this.highest[signature];
    if (highest === undefined) {
      highest = -1;
      for (const token of this.at('signatures', signature, what))
        highest = Math.max(highest, highestTypeParameter(token));
      this.highest[signature] = highest;
    }
    if (highest >= typeParameters) throw outOfBounds(what, highest, typeParameters);
  }

  coversType(token: SignatureToken, typeParameters: number, what: string): void {
    const highest = highestTypeParameter(token);
    if (highest >= typeParameters) throw outOfBounds(what, highest, typeParameters);
  }

  /** Datatypes exist and have as many arguments as parameters, all the way down. */
  type(token: SignatureToken, what: string): void {
    if (token.kind === 'datatype') {
      const expected = this.at('datatypeHandles', token.handle, what).typeParameters.length;
      const given = token.typeArguments.length;
      if (expected !== given)
        throw new FormatError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH', what, { expected, given });
    }
    forChildren(token, (inner) => this.type(inner, what));
  }
}

export function outOfBounds(
  what: string,
  index: number,
  bound: number,
  status: FormatStatus = 'INDEX_OUT_OF_BOUNDS',
): FormatError {
  return new FormatError(status, `${what} is out of bounds`, { index, bound });
}

function forChildren(token: SignatureToken, visit: (inner: SignatureToken) => void): void {
  switch (token.kind) {
    case 'vector':
      visit(token.element);
      break;
    case 'reference':
      visit(token.to);
      break;
    case 'datatype':
      for (const argument of token.typeArguments) visit(argument);
      break;
    case 'function':
      for (const parameter of token.parameters) visit(parameter);
      for (const result of token.results) visit(result);
  }
}

function highestTypeParameter(token: SignatureToken): number {
  if (token.kind === 'typeParameter') return token.index;
  let highest = -1;
  forChildren(token, (inner) => {
    highest = Math.max(highest, highestTypeParameter(inner));
  });
  return highest;
}

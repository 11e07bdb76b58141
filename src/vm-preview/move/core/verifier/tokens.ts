import type { SignatureToken } from '../format';

const NONE: readonly SignatureToken[] = [];

/** The types that a type is made of. */
export function children(token: SignatureToken): readonly SignatureToken[] {
  switch (token.kind) {
    case 'vector':
      return [token.element];
    case 'reference':
      return [token.to];
    case 'datatype':
      return token.typeArguments;
    case 'function':
      return [...token.parameters, ...token.results];
    default:
      return NONE;
  }
}

/** The type and all within it, with their depth (1 for the type itself). */
export function visit(
  token: SignatureToken,
  visitor: (token: SignatureToken, depth: number) => void,
  depth = 1,
): void {
  visitor(token, depth);
  for (const child of children(token)) visit(child, visitor, depth + 1);
}

/** Equal for equal types only. */
export function tokenKey(token: SignatureToken): string {
  const list = (tokens: readonly SignatureToken[]): string => tokens.map(tokenKey).join(',');
  switch (token.kind) {
    case 'vector':
      return `[${tokenKey(token.element)}]`;
    case 'reference':
      return `${token.mutable ? '*' : '&'}${tokenKey(token.to)}`;
    case 'datatype':
      return `${token.handle}<${list(token.typeArguments)}>`;
    case 'typeParameter':
      return `#${token.index}`;
    case 'function':
      return `|${list(token.parameters)}|(${list(token.results)})${token.abilities}`;
    default:
      return token.kind;
  }
}

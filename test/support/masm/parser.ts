import { ABILITY, type AbilitySet } from '../../../src/vm-preview/move/core/format';
import { AssemblyError, type Span } from './diagnostics';
import { scan, type Token, type TokenKind, tokenName } from './scanner';
import type {
  Argument,
  Declaration,
  FunctionDeclaration,
  InstructionText,
  Literal,
  ModuleName,
  PartialName,
  StructDeclaration,
  TypeExpression,
  TypeParameterDeclaration,
  Unit,
  VariantDeclaration,
} from './syntax';

/** @throws AssemblyError at the first token that is out of place */
export function parse(source: string): Unit {
  return new Parser(source).unit();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(private readonly source: string) {
    this.#tokens = scan(source);
  }

  unit(): Unit {
    while (this.#is('newline')) this.#advance();
    const addressAliases: [string, bigint][] = [];
    while (this.#isWord('address')) {
      this.#advance();
      const name = this.#identifier();
      this.#expect('=');
      addressAliases.push([name, this.#address()]);
      this.#newline();
    }
    const aliases = new Map(addressAliases);
    let module: ModuleName | undefined;
    if (this.#isWord('module')) {
      this.#advance();
      module = this.#moduleName(aliases);
    } else if (this.#isWord('script')) this.#advance();
    else throw this.#error('expected `module` or `script` header');
    this.#newline();
    const moduleAliases: [string, ModuleName][] = [];
    while (this.#isWord('use')) {
      this.#advance();
      const used = this.#moduleName(aliases);
      let name = used.name;
      if (this.#isWord('as')) {
        this.#advance();
        name = this.#identifier();
      }
      this.#newline();
      moduleAliases.push([name, used]);
    }
    const friends: ModuleName[] = [];
    while (this.#isWord('friend') && this.#peek(2).text === '::') {
      this.#advance();
      friends.push(this.#moduleName(aliases));
      this.#newline();
    }
    const structs: StructDeclaration[] = [];
    const functions: FunctionDeclaration[] = [];
    while (!this.#is('end')) {
      if (this.#isWord('struct')) structs.push(this.#struct());
      else if (this.#isWord('enum')) structs.push(this.#enum());
      else if (this.#beginsFunction()) functions.push(this.#function());
      else throw this.#error('expected function or struct declaration');
    }
    return { module, addressAliases, moduleAliases, friends, structs, functions };
  }

  #struct(): StructDeclaration {
    this.#advance();
    const head = this.#structHead();
    const fields: Declaration[] = [];
    while (this.#is('indent')) {
      this.#advance();
      fields.push(this.#declaration());
      this.#newline();
    }
    return { ...head, layout: { kind: 'struct', fields } };
  }

  #enum(): StructDeclaration {
    this.#advance();
    const head = this.#structHead();
    const variants: VariantDeclaration[] = [];
    let fields: Declaration[] = [];
    while (this.#is('indent')) {
      this.#advance();
      if (this.#is('identifier') && this.#peek(1).kind === 'newline') {
        const { span } = this.#next;
        fields = [];
        variants.push({ span, name: this.#identifier(), fields });
      } else fields.push(this.#declaration());
      this.#newline();
    }
    if (variants.length === 0)
      throw this.#error('enum type must have at least one variant', head.span);
    return { ...head, layout: { kind: 'enum', variants } };
  }

  #structHead(): Omit<StructDeclaration, 'layout'> {
    const { span } = this.#next;
    const name = this.#identifier();
    const typeParameters = this.#typeParameters(true);
    const abilities = this.#abilitiesAfterHas();
    this.#newline();
    return { span, name, typeParameters, abilities };
  }

  #beginsFunction(): boolean {
    return (
      ['fun', 'entry', 'public', 'friend'].some((word) => this.#isWord(word)) ||
      (this.#isSpecial('#') && this.#peek(1).text === '[')
    );
  }

  #function(): FunctionDeclaration {
    const attributes = this.#attributes();
    const isEntry = this.#isWord('entry');
    if (isEntry) this.#advance();
    let visibility: FunctionDeclaration['visibility'] = 'private';
    if (this.#isWord('public') || this.#isWord('friend')) {
      visibility = this.#isWord('public') ? 'public' : 'friend';
      this.#advance();
    }
    this.#expectWord('fun');
    const { span } = this.#next;
    const name = this.#identifier();
    const typeParameters = this.#typeParameters(false);
    this.#expect('(');
    const parameters = this.#is('identifier') ? this.#list(() => this.#declaration()) : [];
    this.#expect(')');
    let results: readonly TypeExpression[] = [];
    if (this.#isSpecial(':')) {
      this.#advance();
      results = this.#resultTypes();
    }
    let acquires: readonly string[] = [];
    if (this.#isWord('acquires')) {
      this.#advance();
      acquires = this.#list(() => this.#identifier());
    }
    this.#newline();
    const locals: Declaration[] = [];
    const instructions: InstructionText[] = [];
    while (this.#is('indent') || (this.#is('identifier') && this.#peek(1).text === ':')) {
      if (this.#is('indent')) this.#advance();
      if (this.#isWord('local')) {
        if (instructions.length > 0)
          throw this.#error('local declarations must precede instructions');
        this.#advance();
        locals.push(this.#declaration());
      } else instructions.push(this.#instruction());
      this.#newline();
    }
    const head = { span, name, visibility, isEntry, attributes, typeParameters };
    return { ...head, parameters, locals, results, acquires, instructions };
  }

  #attributes(): FunctionDeclaration['attributes'] {
    if (!this.#isSpecial('#') || this.#peek(1).text !== '[') return [];
    this.#advance();
    this.#advance();
    const attributes = this.#list(() => {
      const attribute = this.#isWord('persistent')
        ? 'persistent'
        : this.#isWord('module_lock')
          ? 'moduleLock'
          : undefined;
      if (attribute === undefined)
        throw this.#error('expected function attribute `persistent` or `module_lock`');
      this.#advance();
      return attribute;
    });
    this.#expect(']');
    return attributes;
  }

  #instruction(): InstructionText {
    let { start } = this.#next.span;
    let name = this.#identifier();
    let label: string | undefined;
    if (this.#isSpecial(':')) {
      this.#advance();
      label = name;
      if (this.#is('newline') && this.#peek(1).kind === 'indent') {
        this.#advance();
        this.#advance();
      }
      start = this.#next.span.start;
      name = this.#identifier();
    }
    const args: Argument[] = [];
    if (this.#isSpecial('<')) {
      args.push(this.#argument());
      if (this.#isSpecial(',')) {
        this.#advance();
        args.push(...this.#list(() => this.#argument()));
      } else if (this.#isLiteral()) args.push(...this.#list(() => this.#argument()));
    } else if (this.#isLiteral() || this.#isName()) {
      args.push(...this.#list(() => this.#argument()));
    }
    const end = this.#tokens[this.#at - 1]?.span.end ?? start;
    return { span: { start, end }, label, name, arguments: args };
  }

  #argument(): Argument {
    if (this.#isSpecial('<')) {
      this.#advance();
      const type = this.#type();
      this.#expect('>');
      return { kind: 'type', type };
    }
    if (this.#isLiteral() && this.#peek(1).text !== '::')
      return { kind: 'literal', literal: this.#literal() };
    const name = this.#partialName();
    return { kind: 'name', name, typeArguments: this.#typeArguments() };
  }

  #literal(): Literal {
    const negative = this.#isSpecial('-');
    if (negative) {
      this.#advance();
      if (!this.#is('number')) throw this.#error('expected number');
    }
    if (this.#is('number')) {
      const { value } = this.#next;
      this.#advance();
      return { kind: 'number', negative, value };
    }
    if (!this.#isSpecial('[')) throw this.#error('expected value');
    this.#advance();
    const elements = this.#isLiteral() ? this.#list(() => this.#literal()) : [];
    this.#expect(']');
    return { kind: 'vector', elements };
  }

  #type(): TypeExpression {
    if (this.#isSpecial('(')) {
      this.#advance();
      const type = this.#type();
      this.#expect(')');
      return type;
    }
    if (this.#isName()) {
      const name = this.#partialName();
      return { kind: 'named', name, typeArguments: this.#typeArguments() };
    }
    if (this.#isSpecial('&')) {
      this.#advance();
      const mutable = this.#isWord('mut');
      if (mutable) this.#advance();
      return { kind: 'reference', mutable, to: this.#type() };
    }
    if (!this.#isSpecial('|')) throw this.#error('expected type');
    this.#advance();
    const parameters = this.#isType() ? this.#list(() => this.#type()) : [];
    this.#expect('|');
    const results = this.#isType() ? this.#resultTypes() : [];
    return { kind: 'function', parameters, results, abilities: this.#abilitiesAfterHas() };
  }

  #resultTypes(): readonly TypeExpression[] {
    if (this.#isSpecial('(')) {
      this.#advance();
      const types = this.#list(() => this.#type());
      this.#expect(')');
      return types;
    }
    if (this.#isType() || this.#isSpecial('|')) return [this.#type()];
    throw this.#error('expected type or type tuple');
  }

  #typeArguments(): readonly TypeExpression[] | undefined {
    if (!this.#isSpecial('<')) return undefined;
    this.#advance();
    const types = this.#list(() => this.#type());
    this.#expect('>');
    return types;
  }

  #typeParameters(allowPhantom: boolean): readonly TypeParameterDeclaration[] {
    if (!this.#isSpecial('<')) return [];
    this.#advance();
    const parameters = this.#list(() => {
      const isPhantom = allowPhantom && this.#isWord('phantom');
      if (isPhantom) this.#advance();
      const name = this.#identifier();
      if (!this.#isSpecial(':')) return { name, abilities: 0, isPhantom };
      this.#advance();
      return { name, abilities: this.#abilities(), isPhantom };
    });
    this.#expect('>');
    return parameters;
  }

  #abilitiesAfterHas(): AbilitySet {
    if (!this.#isWord('has')) return 0;
    this.#advance();
    return this.#abilities();
  }

  #abilities(): AbilitySet {
    const bits = this.#list(() => {
      const name = this.#identifier();
      const bit = Object.entries(ABILITY).find(([ability]) => ability === name)?.[1];
      if (bit === undefined) throw this.#error('expected one of copy, drop, key, or store');
      return bit;
    }, '+');
    return bits.reduce((set, bit) => set | bit, 0);
  }

  #declaration(): Declaration {
    const { span } = this.#next;
    const name = this.#identifier();
    this.#expect(':');
    return { span, name, type: this.#type() };
  }

  #moduleName(aliases: ReadonlyMap<string, bigint>): ModuleName {
    let address: bigint | undefined;
    if (this.#is('number')) address = this.#address();
    else if (this.#is('identifier')) {
      const alias = this.#identifier();
      address = aliases.get(alias);
      if (address === undefined) throw this.#error(`unknown address alias \`${alias}\``);
    } else throw this.#error('expected address or address alias');
    this.#expect('::');
    return { address, name: this.#identifier() };
  }

  #partialName(): PartialName {
    let address: bigint | undefined;
    if (this.#is('number') && this.#peek(1).text === '::') {
      address = this.#address();
      this.#advance();
    }
    return { address, parts: this.#list(() => this.#identifier(), '::') };
  }

  #address(): bigint {
    if (!this.#is('number')) throw this.#error('expected address value');
    const { value } = this.#next;
    this.#advance();
    return value;
  }

  #identifier(): string {
    if (!this.#is('identifier')) throw this.#error('expected identifier');
    const { text } = this.#next;
    this.#advance();
    return text;
  }

  #list<T>(parse: () => T, separator = ','): T[] {
    const entries = [parse()];
    while (this.#isSpecial(separator)) {
      this.#advance();
      entries.push(parse());
    }
    return entries;
  }

  #newline(): void {
    if (this.#is('end')) return;
    if (!this.#is('newline')) throw this.#expected('<newline>');
    while (this.#is('newline')) this.#advance();
  }

  #expect(special: string): void {
    if (!this.#isSpecial(special)) throw this.#expected(special);
    this.#advance();
  }

  #expectWord(word: string): void {
    if (!this.#isWord(word)) throw this.#expected(word);
    this.#advance();
  }

  #isType(): boolean {
    return this.#isName() || this.#isSpecial('&') || this.#isSpecial('(');
  }

  #isName(): boolean {
    return this.#is('identifier') || (this.#is('number') && this.#peek(1).text === '::');
  }

  #isLiteral(): boolean {
    return this.#is('number') || this.#isSpecial('[') || this.#isSpecial('-');
  }

  #is(kind: TokenKind): boolean {
    return this.#next.kind === kind;
  }

  #isWord(word: string): boolean {
    return this.#next.kind === 'identifier' && this.#next.text === word;
  }

  #isSpecial(text: string): boolean {
    return this.#next.kind === 'special' && this.#next.text === text;
  }

  get #next(): Token {
    return this.#peek(0);
  }

  #peek(ahead: number): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('a scan ends in a token');
    return token;
  }

  #advance(): void {
    if (!this.#is('end')) this.#at += 1;
  }

  #expected(what: string): AssemblyError {
    return this.#error(`expected \`${what}\`, found \`${tokenName(this.#next)}\``);
  }

  #error(message: string, span: Span = this.#next.span): AssemblyError {
    return new AssemblyError(this.source, [{ span, message }]);
  }
}

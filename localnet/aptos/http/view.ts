/** View functions. Source: aptos-core `api/src/view_function.rs`. */
import { MalformedError } from '../../../src/vm-preview/errors';
import type { EntryFunction } from '../../../src/vm-preview/move/aptos';
import type { TransactionRun } from '../../../src/vm-preview/move/aptos/execution/run';
import { failureOf } from '../../../src/vm-preview/move/aptos/execution/status';
import { decode } from '../../../src/vm-preview/move/aptos/transaction';
import { ENTRY_FUNCTION } from '../../../src/vm-preview/move/aptos/transaction/payload';
import { BcsError, BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { moduleId } from '../../../src/vm-preview/move/core/loader';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { Chain } from '../chain';
import { JsonValueError, parseValue, valueJson } from '../json/value';
import { NoViewError, view } from '../system';
import { type Answer, bcs, invalidInput, json, jsonBody, type Request } from './answer';
import { scopeOf } from './scope';

const VIEW_FUNCTION = 'application/x.aptos.view_function+bcs';

export function viewAnswer(chain: Chain, request: Request): Answer {
  const { reader } = scopeOf(chain, request);
  const call =
    request.contentType === VIEW_FUNCTION
      ? bcsCall(request.body)
      : (run: TransactionRun) => jsonCall(jsonBody(request), run);
  try {
    const { run, values } = view(reader.state, chain.chainId, chain.cache, call);
    const { loader } = run;
    if (!request.wantsBcs)
      return json(values.map(({ type, value }) => valueJson(loader, value, type)));
    const writer = new BcsWriter();
    writer.list(values, (inner, { type, value }) => inner.blob(loader.codec.encode(value, type)));
    return bcs(writer.finish());
  } catch (error) {
    if (
      error instanceof NoViewError ||
      error instanceof JsonValueError ||
      error instanceof MalformedError ||
      error instanceof BcsError
    )
      throw invalidInput(error.message);
    const failure = failureOf(error);
    throw invalidInput(
      failure.kind === 'abort'
        ? `VMError: Move abort in ${failure.module}: 0x${failure.code.toString(16)}`
        : `VMError: ${failure.status}`,
    );
  }
}

function bcsCall(body: Uint8Array): () => EntryFunction {
  const call = decode(ENTRY_FUNCTION, body, 'the view function');
  return () => call;
}

function jsonCall(
  body: Readonly<Record<string, unknown>>,
  { loader }: TransactionRun,
): EntryFunction {
  const { arguments: given, function: id, type_arguments: tags } = body;
  const match = /^(0x[0-9a-fA-F]{1,64})::(\w+)::(\w+)$/.exec(typeof id === 'string' ? id : '');
  if (match === null) throw invalidInput('the function is not named as address::module::name');
  const [, at = '', module = '', name = ''] = match;
  const address = Address.parse(at);
  if (!Array.isArray(given) || !Array.isArray(tags)) throw invalidInput('arguments are lists');
  const typeArguments = tags.map((tag) => parseTypeTag(String(tag)));
  const { parameters } = loader.function(moduleId(address, module), name);
  const types = typeArguments.map((tag) => loader.typeOf(tag));
  if (parameters.length !== given.length)
    throw invalidInput(`${name} takes ${parameters.length} arguments`);
  const args = parameters.map((parameter, i) => {
    const type = loader.types.substitute(parameter, types);
    return loader.codec.encode(parseValue(loader, given[i], type), type);
  });
  return { address, module, function: name, typeArguments, args };
}

/** Answers to questions in GraphQL, by the schema that the real service has and within its limits. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  defaultFieldResolver,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
  visit,
} from 'graphql';
import { asRecord } from '../../json';
import type { Chain } from '../chain';
import { unsupported, userError } from './errors';
import { rootOf } from './query';

/** As `ServiceConfig` of the public service says. */
const MAX_QUERY_BYTES = 5_000;
const MAX_FIELDS = 300;
const MAX_DEPTH = 20;

/** Of the SDK that the demo and the snap use. */
const SCHEMA = 'node_modules/@mysten/sui/src/graphql/generated/schema.graphql';
let schema: GraphQLSchema | undefined;

function theSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(SCHEMA, 'utf8'));
  return schema;
}

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** @param body - of the request, as it came */
export async function answerGraphql(chain: Chain, body: string): Promise<Answered> {
  try {
    const { query, variables } = requestOf(body);
    const document = documentOf(query);
    requireSmall(query, variables, document);
    const problems = validate(theSchema(), document);
    if (problems.length > 0) return failed(problems, 'GRAPHQL_VALIDATION_FAILED');
    const { data, errors } = await execute({
      schema: theSchema(),
      document,
      rootValue: rootOf(chain),
      variableValues: variables,
      fieldResolver: answering,
    });
    const failure = errors === undefined ? {} : failed(errors, 'INTERNAL_SERVER_ERROR');
    return data === undefined ? failure : { data, ...failure };
  } catch (error) {
    if (error instanceof GraphQLError) return failed([error], 'BAD_USER_INPUT');
    throw error;
  }
}

/** What was not thought of is an error, never an empty answer. */
const answering: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const isThere = typeof source === 'object' && source !== null && info.fieldName in source;
  if (!isThere) throw unsupported(`${info.parentType.name}.${info.fieldName}`);
  return defaultFieldResolver(source, args, context, info);
};

function failed(errors: readonly GraphQLError[], code: string): Answered {
  const isOurs = (error: GraphQLError) =>
    error.originalError === undefined || error.extensions['code'] !== undefined;
  return {
    errors: errors.map((error) => ({
      message: isOurs(error) ? error.message : `Internal error: ${error.message}`,
      ...(error.locations === undefined ? {} : { locations: error.locations }),
      ...(error.path === undefined ? {} : { path: error.path }),
      extensions: { code, ...error.extensions },
    })),
  };
}

function requestOf(body: string): { query: string; variables: Record<string, unknown> } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw userError('Invalid request: the body is no JSON');
  }
  const { query, variables } = asRecord(json);
  if (typeof query !== 'string') throw userError('Invalid request: there is no query');
  return { query, variables: { ...asRecord(variables) } };
}

function documentOf(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: 4_000 });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
  }
}

/** What is executed or simulated has a limit of its own. */
function requireSmall(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  document: DocumentNode,
): void {
  const { signatures: _, transaction: __, transactionDataBcs: ___, ...others } = variables;
  const size = query.length + JSON.stringify(others).length;
  if (size > MAX_QUERY_BYTES)
    throw userError(`Query payload is too large: ${size} > ${MAX_QUERY_BYTES}`);
  let fields = 0;
  let depth = 0;
  visit(document, {
    Field: {
      enter: (_node: FieldNode) => {
        fields += 1;
        depth += 1;
        if (fields > MAX_FIELDS) throw userError(`Query has too many nodes: over ${MAX_FIELDS}`);
        if (depth > MAX_DEPTH) throw userError(`Query nesting is over ${MAX_DEPTH}`);
      },
      leave: () => {
        depth -= 1;
      },
    },
  });
}

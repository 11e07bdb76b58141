/** Our questions against the schema that @mysten/sui has of the service. */
import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import * as queries from '../../../src/chains/sui/queries';

const SCHEMA = 'node_modules/@mysten/sui/src/graphql/generated/schema.graphql';

describe('questions to a Sui node', () => {
  const schema = existsSync(SCHEMA) ? buildSchema(readFileSync(SCHEMA, 'utf8')) : undefined;

  it.each(Object.entries(queries))('%s is one that the service has', (_, query) => {
    if (schema === undefined) throw new Error('@mysten/sui has no schema where it was');
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });
});

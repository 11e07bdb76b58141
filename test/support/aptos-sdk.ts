/**
 * @aptos-labs/ts-sdk without its HTTP client, which wants a package of its own on Node: tests build and
 * serialize transactions and ask no node.
 */
jest.mock('@aptos-labs/aptos-client', () => ({ __esModule: true, default: () => undefined }));

export * from '@aptos-labs/ts-sdk';

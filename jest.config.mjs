// A root .swcrc breaks mm-snap, so the options stand here.
const transform = (importSource) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      target: 'es2022',
      transform: { react: { runtime: 'automatic', importSource } },
    },
    module: { type: 'commonjs' },
  },
];

// These packages ship ES modules only; jest runs CommonJS.
const esm = [
  '@noble',
  '@scure',
  '@mysten',
  '@paulmillr',
  '@solana',
  '@solana-program',
  'litesvm',
  'micro-ed25519-hdkey',
  'uuid',
  'valibot',
  '@0no-co',
  'gql.tada',
  'graphql',
  'poseidon-lite',
];
const base = {
  rootDir: '.',
  transform: { '^.+\\.(t|j|mj)sx?$': transform('@metamask/snaps-sdk') },
  transformIgnorePatterns: [`node_modules/(?!(.*/)?(${esm.join('|')})/)`],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json'],
  // The staged snap has a package.json of the same name.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};

export default {
  // Two cores are common, and jest leaves one idle unless told.
  maxWorkers: '100%',
  projects: [
    {
      ...base,
      displayName: 'unit',
      // What the site is told when it is built.
      globals: {
        __SNAP_ID__: 'local:http://localhost:8080',
        __LOCALNET_URL__: 'http://127.0.0.1:8899',
        __APTOS_LOCALNET_URL__: 'http://127.0.0.1:8080/v1',
        __SUI_LOCALNET_URL__: 'http://127.0.0.1:9000/graphql',
      },
      setupFiles: ['<rootDir>/test/support/fixed-seed.ts', '<rootDir>/test/support/no-internet.ts'],
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts?(x)'],
      testPathIgnorePatterns: ['<rootDir>/test/snap/', '<rootDir>/test/browser/'],
    },
    {
      ...base,
      displayName: 'snap',
      preset: '@metamask/snaps-jest',
      // The built package, as a page would install it.
      testEnvironmentOptions: { server: { enabled: true, port: 0, root: 'dist/snap' } },
      testMatch: ['<rootDir>/test/snap/**/*.test.ts?(x)'],
    },
  ],
};

import type { SnapConfig } from '@metamask/snaps-cli';

const config: SnapConfig = {
  input: 'src/index.tsx',
  sourceMap: false,
  output: { path: 'dist/snap/dist', filename: 'bundle.js', minimize: true },
  manifest: { path: 'dist/snap/snap.manifest.json', update: true },
  // tweetnacl asks for Node's crypto only where there is no getRandomValues; signing needs neither.
  // The libraries that know Buffer ask for it by `typeof` and do without.
  stats: { builtIns: { ignore: ['crypto'] }, buffer: false },
};

export default config;

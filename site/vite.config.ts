import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * No script but the site's own, and WebAssembly for the VM; any node that the visitor names. A server that
 * sends headers adds `frame-ancestors 'none'`, which a page cannot say of itself.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  'connect-src https: http://localhost:* http://127.0.0.1:*',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in what is built: the development server needs scripts of its own. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

const here = import.meta.dirname;

/** As text, which every server and browser shows. */
const documentation: Plugin = {
  name: 'documentation',
  apply: 'build',
  buildStart() {
    const source = readFileSync(resolve(here, '../docs/dapps.md'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'docs/dapps.txt', source });
  },
};

export default defineConfig({
  root: here,
  // Works under any path of any host.
  base: './',
  // The snap's icon is the site's.
  publicDir: resolve(here, '../images'),
  plugins: [contentSecurityPolicy, documentation],
  define: {
    __SNAP_ID__: JSON.stringify(process.env['SNAP_ID'] ?? 'local:http://localhost:8080'),
    __APTOS_LOCALNET_URL__: JSON.stringify(
      process.env['APTOS_LOCALNET_URL'] ?? 'http://127.0.0.1:8080/v1',
    ),
    __SUI_LOCALNET_URL__: JSON.stringify(
      process.env['SUI_LOCALNET_URL'] ?? 'http://127.0.0.1:9000/graphql',
    ),
    __LOCALNET_URL__: JSON.stringify(process.env['LOCALNET_URL'] ?? 'http://127.0.0.1:8899'),
  },
  build: {
    outDir: resolve(here, '../dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    // The VM is inlined WebAssembly and needs its space.
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // A page goes by its folder's name.
        chunkFileNames: ({ facadeModuleId, name }) => {
          const folder = /\/(\w+)\/page\.tsx$/.exec(facadeModuleId ?? '')?.[1];
          return `assets/${folder ?? name}-[hash].js`;
        },
      },
    },
  },
  worker: { format: 'es' },
});

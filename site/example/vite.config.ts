import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: './',
  resolve: {
    alias: {
      // Of a wallet by mail address that Aptos' adapter brings along, for pages inside Telegram.
      '@telegram-apps/bridge': resolve(here, 'no-telegram.ts'),
    },
  },
  define: { 'process.env': '{}' },
  build: {
    outDir: resolve(here, '../../dist/example'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4000,
  },
});

import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The oldest Electron that the desk is tested in is 33: Node 20.18 and Chrome 130 inside.
const node = 'node20.18';
const chrome = 'chrome130';

/** Libraries of the host without native parts, workers or files that they read at run time. */
const scriptsAlone = [
  ...['zod', 'kysely', 'uuid'],
  ...['client', 'contract', 'openapi', 'openapi-client', 'server'].map((name) => `@orpc/${name}`),
];

const source = path.join(import.meta.dirname, 'src');
const out = (program: string): string => path.join(import.meta.dirname, 'out', program);

export default defineConfig({
  main: {
    build: {
      outDir: out('main'),
      target: node,
      // Libraries with native parts or files of their own are loaded from node_modules. Those that are scripts alone are
      // bundled: read as hundreds of files they would be a third of the time until the desk is there.
      externalizeDeps: { exclude: scriptsAlone },
      rolldownOptions: {
        input: {
          index: path.join(source, 'main/shell/electron/main.ts'),
          'device-worker': path.join(source, 'main/devices/worker.ts'),
          'directory-worker': path.join(source, 'main/directory/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: out('preload'),
      target: node,
      // A sandboxed preload is one CommonJS file: it can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path.join(source, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: path.join(source, 'renderer'),
    plugins: [react()],
    build: {
      outDir: out('renderer'),
      target: chrome,
      minify: true,
      // The page's security policy allows no data: scripts or fonts.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: path.join(source, 'renderer/index.html') },
        // Each file is a question to the main process while that is starting: what the first screen needs comes in few.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});

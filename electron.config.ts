import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The oldest Electron that the desk is tested in is 33: Node 20.18 and Chrome 130 inside.
const node = 'node20.18';
const chrome = 'chrome130';

const source = path.join(import.meta.dirname, 'src');
const out = (program: string): string => path.join(import.meta.dirname, 'out', program);

export default defineConfig({
  main: {
    build: {
      outDir: out('main'),
      target: node,
      // Libraries, above all those with native parts, are loaded from node_modules: the bundle holds our code alone.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: path.join(source, 'main/shell/electron/main.ts'),
          'device-worker': path.join(source, 'main/devices/worker.ts'),
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
      rolldownOptions: { input: { index: path.join(source, 'renderer/index.html') } },
    },
  },
});

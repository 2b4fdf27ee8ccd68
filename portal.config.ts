import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed, portalContractAsData, shellList } from './scripts/lib/portal-plugins.ts';

const root = path.join(import.meta.dirname, 'src/portal');

export default defineConfig({
  root,
  base: '/portal/',
  plugins: [react(), portalContractAsData(), shellList(), compressed()],
  build: {
    outDir: path.join(import.meta.dirname, 'out/portal'),
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // The page's security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    // Told by the size that goes over the line, which `compressed` writes.
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // Central tells pages what they will ask for next.
    manifest: 'files.json',
    rolldownOptions: {
      input: { index: path.join(root, 'index.html'), worker: path.join(root, 'worker/worker.ts') },
      output: {
        // The worker's name stays: browsers ask for it again under the address that they know.
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        // What the first screen needs comes in one file, and what most others have in common in a second one: each file is
        // a question over a slow line.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: /^(?!.*\/portal\/worker\/)/, priority: 2 },
            { name: 'common', test: /portal\/(?:components|features)\/|@mantine\/core|@tabler/, minShareCount: 2 },
          ],
        },
      },
    },
  },
});

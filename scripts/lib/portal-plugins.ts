// What the portal's build does besides bundling.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minifyContractRouter } from '@orpc/contract';
import type { Plugin } from 'vite';
import { portalContract } from '#core/contract/portal.ts';

const CONTRACT = 'virtual:portal-contract';

/**
 * The portal's contract as a page needs it: paths, methods and metas as data. Its schemas stay with the server, which parses
 * everything anyway: they are half as large as the page.
 */
export function portalContractAsData(): Plugin {
  const resolved = `\0${CONTRACT}`;
  return {
    name: 'portal-contract',
    resolveId: (id) => (id === CONTRACT ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined;
      return `export const contract = JSON.parse(${JSON.stringify(JSON.stringify(minifyContractRouter(portalContract)))});`;
    },
  };
}

const SHELL_MARK = 'SHELL_FILES';
/** Large and of one screen only, which is kept once it was used; and what is for staff, who edit the look. */
const onDemand = [/assets\/DaysChart-/, /assets\/preview-/];

/** Tells the service worker which files the page consists of. */
export function shellList(): Plugin {
  return {
    name: 'portal-shell-list',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('The build has no worker.js');
      if (worker.imports.length > 0) throw new Error(`The worker must stand alone, not import ${worker.imports}`);
      const assets = Object.keys(bundle).filter((file) => file.startsWith('assets/'));
      const unknown = onDemand.find((pattern) => !assets.some((file) => pattern.test(file)));
      if (unknown) throw new Error(`The build has no file like ${unknown}`);
      const files = assets.filter((file) => !onDemand.some((pattern) => pattern.test(file)));
      const list = JSON.stringify(['', ...files.sort()]);
      const version = createHash('sha256').update(list).update(worker.code).digest('hex').slice(0, 12);
      if (!worker.code.includes(SHELL_MARK)) throw new Error('worker.js has no place for its list');
      worker.code = worker.code.replace(SHELL_MARK, JSON.stringify({ version, files: JSON.parse(list) }));
    },
  };
}

const compressible = /\.(?:js|css|html|svg|json|webmanifest)$/;
const WORTH_BYTES = 1_000;

/** Writes a .br and a .gz beside every file that gets smaller by it, so that the server never compresses. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'portal-compressed',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !compressible.test(entry.name)) continue;
        const file = path.join(entry.parentPath, entry.name);
        const content = readFileSync(file);
        if (content.length < WORTH_BYTES) continue;
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }));
      }
    },
  };
}

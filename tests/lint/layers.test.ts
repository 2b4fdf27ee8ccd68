import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Each import that a layer must be refused: where it stands, and what it imports. */
const refused: [file: string, specifier: string][] = [
  ['src/core/orders/rule.ts', 'node:fs'],
  ['src/core/orders/rule.ts', 'fs'],
  ['src/core/orders/rule.ts', 'fastify'],
  ['src/core/orders/rule.ts', 'react'],
  ['src/core/orders/rule.ts', 'electron'],
  ['src/core/orders/rule.ts', '@orpc/server'],
  ['src/core/orders/rule.ts', '../../server/orders/place.ts'],
  ['src/core/orders/rule.ts', '../../main/store/open.ts'],
  ['src/core/rule.ts', '../renderer/main.tsx'],
  ['src/server/orders/place.ts', '../../main/store/open.ts'],
  ['src/server/main.ts', '../main/host.ts'],
  ['src/server/orders/place.ts', '../../renderer/app/App.tsx'],
  ['src/server/orders/place.ts', '../../portal/app.tsx'],
  ['src/server/orders/place.ts', '../../preload/index.ts'],
  ['src/server/orders/place.ts', 'electron'],
  ['src/server/orders/place.ts', 'electron/main'],
  ['src/server/orders/place.ts', '../../core/domain/money.ts'],
  ['src/main/store/open.ts', '../../server/database/open.ts'],
  ['src/main/host.ts', '../server/context.ts'],
  ['src/main/host.ts', '../renderer/main.tsx'],
  ['src/main/store/open.ts', 'electron'],
  ['src/main/store/open.ts', 'electron-updater'],
  ['src/main/shell/browser/main.ts', 'electron'],
  ['src/main/shell/electron/main.ts', '../../../server/context.ts'],
  ['src/main/shell/electron/main.ts', '../../../renderer/main.tsx'],
  ['src/preload/index.ts', '../main/host.ts'],
  ['src/preload/index.ts', '../server/context.ts'],
  ['src/preload/index.ts', '../renderer/main.tsx'],
  ['src/preload/index.ts', 'node:fs'],
  ['src/renderer/app/App.tsx', '../../main/host.ts'],
  ['src/renderer/app/App.tsx', '../../server/context.ts'],
  ['src/renderer/app/App.tsx', '../../preload/index.ts'],
  ['src/renderer/app/App.tsx', '../../portal/app.tsx'],
  ['src/renderer/main.tsx', '../main/shell/electron/main.ts'],
  ['src/renderer/app/App.tsx', 'electron'],
  ['src/renderer/app/App.tsx', 'node:path'],
  ['src/renderer/app/App.tsx', 'node:fs/promises'],
  ['src/renderer/app/App.tsx', 'better-sqlite3'],
  ['src/renderer/app/App.tsx', '@orpc/server/fetch'],
  ['src/portal/app.tsx', '../server/context.ts'],
  ['src/portal/app.tsx', '../renderer/main.tsx'],
  ['src/portal/app.tsx', 'node:fs'],
];

const allowed: [file: string, specifier: string][] = [
  ['src/core/orders/rule.ts', 'zod'],
  ['src/core/orders/rule.ts', 'zod/v4/core'],
  ['src/core/orders/rule.ts', '@orpc/contract'],
  ['src/core/orders/rule.ts', '@orpc/client'],
  ['src/core/orders/rule.ts', './other.ts'],
  ['src/core/orders/rule.ts', '../domain/money.ts'],
  ['src/core/orders/rule.ts', '#core/domain/money.ts'],
  ['src/server/orders/place.ts', '#core/domain/money.ts'],
  ['src/server/orders/place.ts', 'node:fs'],
  ['src/server/orders/place.ts', 'fastify'],
  ['src/server/orders/place.ts', '@orpc/server/fetch'],
  ['src/server/orders/place.ts', '../inventory/lease.ts'],
  ['src/server/orders/place.ts', '../main.ts'],
  ['src/main/store/open.ts', 'better-sqlite3'],
  ['src/main/shell/browser/main.ts', '../../host.ts'],
  ['src/main/shell/electron/main.ts', 'electron'],
  ['src/main/shell/electron/main.ts', 'electron/main'],
  ['src/main/shell/electron/main.ts', '../../host.ts'],
  ['src/preload/index.ts', 'electron'],
  ['src/preload/index.ts', '#core/contract/desk.ts'],
  ['src/renderer/app/App.tsx', 'react'],
  ['src/renderer/app/App.tsx', '@orpc/client/websocket'],
  ['src/renderer/app/App.tsx', '#core/contract/desk.ts'],
  ['src/renderer/app/App.tsx', '../main.tsx'],
  ['src/portal/features/usage/UsagePage.tsx', '#core/domain/charging.ts'],
];

let tree: string;
/** Places (file:line) where the linter refused an import. */
let found: Set<string>;

/** Each import is a line of its own in a file for each form, so that one run of the linter judges them all. */
function layOut(cases: [string, string][]): void {
  const files = new Map<string, string[]>();
  for (const [file, specifier] of cases) files.set(file, [...(files.get(file) ?? []), specifier]);
  for (const [file, specifiers] of files) {
    const write = (variant: string, line: (specifier: string) => string) => {
      const target = path.join(tree, variantOf(file, variant));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, `${specifiers.map(line).join('\n')}\n`);
    };
    write('static', (specifier) => `import '${specifier}';`);
    write('type', (specifier) => `export type * from '${specifier}';`);
    write('dynamic', (specifier) => `await import('${specifier}');`);
  }
}

function variantOf(file: string, variant: string): string {
  return file.replace(/\.(tsx?)$/, `.${variant}.$1`);
}

function placeOf(cases: [string, string][], file: string, specifier: string, variant: string): string {
  const line = cases.filter(([each]) => each === file).findIndex(([, each]) => each === specifier) + 1;
  return `${variantOf(file, variant)}:${line}`;
}

/** The places that the repository's own configuration refuses. */
function refusals(): Set<string> {
  const args = [
    biome,
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=github',
    '--max-diagnostics=none',
    'src',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  const places = [...stdout.matchAll(/file=(?:.*?\/)?(src\/[^,]+),line=(\d+)/g)].map(
    ([, file, line]) => `${file}:${line}`,
  );
  if (!stdout.includes('::error') && stderr.includes('internalError')) throw new Error(stderr);
  return new Set(places);
}

beforeAll(() => {
  tree = mkdtempSync(path.join(os.tmpdir(), 'comptoir-layers-'));
  cpSync(path.join(root, 'biome.json'), path.join(tree, 'biome.json'));
  cpSync(path.join(root, '.gitignore'), path.join(tree, '.gitignore'));
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

const variants = ['static', 'type', 'dynamic'];

describe('imports that a layer may not make are refused', () => {
  beforeAll(() => {
    rmSync(path.join(tree, 'src'), { recursive: true, force: true });
    layOut(refused);
    found = refusals();
  });

  test.each(refused)('%s: %s', (file, specifier) => {
    for (const variant of variants) expect(found).toContain(placeOf(refused, file, specifier, variant));
  });
});

describe('imports that a layer needs are accepted', () => {
  beforeAll(() => {
    rmSync(path.join(tree, 'src'), { recursive: true, force: true });
    layOut(allowed);
    found = refusals();
  });

  test.each(allowed)('%s: %s', (file, specifier) => {
    for (const variant of variants) expect(found).not.toContain(placeOf(allowed, file, specifier, variant));
  });
});

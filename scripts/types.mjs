// Type-checks every layer on its own, so that a layer sees only the libraries it may use.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const only = process.argv.slice(2);
const windows = ['src/preload', 'src/renderer', 'src/portal', 'src/portal/worker'];
const layers = only.length > 0 ? only : ['src/core', 'src/server', 'src/main', ...windows, 'tests'];
const failed = layers.filter((layer) => {
  if (!existsSync(path.join(layer, 'tsconfig.json'))) throw new Error(`${layer} has no tsconfig.json`);
  // What was checked before is kept beside the packages: only what a change reaches is checked again.
  const kept = path.join('node_modules', '.cache', 'types', `${layer.replaceAll('/', '-')}.tsbuildinfo`);
  const args = [tsc, '-p', layer, '--incremental', '--tsBuildInfoFile', kept];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`types: errors in ${failed.join(', ')}`);
  process.exit(1);
}
console.log(`types: ${layers.length} layers checked`);

// Where things are. These modules run before anything is installed: Node 18, no dependencies.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const windows = process.platform === 'win32';
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const modules = path.join(root, 'node_modules');
export const out = path.join(root, 'out');

/** Machine-local notes that may be deleted at any time. */
export const cache = path.join(root, '.cache');

/** The Node that the product runs on, whatever Node the machine has. */
export const pinnedNode = path.join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/** Where Node keeps what it has compiled: a program of ours that starts again begins in half the time. */
const compileCache = path.join(modules, '.cache', 'node-compile');

/** Environment for everything started after the install: `node` and the tools are the pinned ones. */
export function toolEnvironment(extra = {}) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const bins = [path.dirname(pinnedNode), path.join(modules, '.bin'), process.env[name]].filter(Boolean);
  return { NODE_COMPILE_CACHE: compileCache, ...process.env, [name]: bins.join(path.delimiter), ...extra };
}

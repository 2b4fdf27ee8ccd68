import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const KILO = 1000;
const folder = path.join(import.meta.dirname, '..', 'out', 'renderer');

async function weigh(file: string) {
  const bytes = await readFile(path.join(folder, file));
  return { raw: bytes.length, zipped: gzipSync(bytes).length };
}

function total(name: string, weights: readonly { raw: number; zipped: number }[]): BenchRow[] {
  const sum = (of: 'raw' | 'zipped') => weights.reduce((all, weight) => all + weight[of], 0);
  return [
    { name, value: rounded(sum('raw') / KILO), unit: 'kB' },
    { name: `${name}, gzip`, value: rounded(sum('zipped') / KILO), unit: 'kB' },
  ];
}

/** Size of the built screens: all scripts, and those that the first screen waits for. */
export async function run(): Promise<BenchRow[]> {
  const files = await readdir(folder, { recursive: true });
  const scripts = files.filter((file) => file.endsWith('.js'));
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  const first = scripts.filter((file) => page.includes(path.basename(file)));
  const styles = files.filter((file) => file.endsWith('.css'));
  return [
    ...total('scripts, all', await Promise.all(scripts.map(weigh))),
    ...total('scripts, first screen', await Promise.all(first.map(weigh))),
    ...total('styles', await Promise.all(styles.map(weigh))),
  ];
}

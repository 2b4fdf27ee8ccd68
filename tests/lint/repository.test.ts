import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const largestRead = 1024 * 1024;
const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });

/** Tracked text files, by their path from the root; the lock file's hashes are not text. */
function trackedTexts(): [file: string, text: string][] {
  const files = listed.stdout.split('\0').filter((file) => file && file !== 'package-lock.json');
  return files.flatMap((file): [string, string][] => {
    const full = path.join(root, file);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > largestRead) return [];
    const text = readFileSync(full, 'utf8');
    return text.includes('\0') ? [] : [[file, text]];
  });
}

/** Every place where a pattern occurs, as `file:line: text`. */
function places(pattern: RegExp, wanted: (file: string) => boolean = () => true): string[] {
  return trackedTexts()
    .filter(([file]) => wanted(file))
    .flatMap(([file, text]) =>
      text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
    );
}

// The forbidden words are put together here, so that this file does not contain them.
const marks = ['TO', 'FIX'].map((start) => start + (start === 'TO' ? 'DO' : 'ME'));

const rules: { fact: string; pattern: RegExp; wanted?: (file: string) => boolean }[] = [
  {
    fact: 'no tracked file names a path of the machine it was made on',
    pattern: new RegExp(`(?<![\\w.])/(?:${['work', 'root', 'Users', 'home'].join('|')})/[a-zA-Z][\\w.-]*`),
  },
  {
    fact: 'no tracked file names a package registry',
    pattern:
      /\bregistry\.[a-z0-9-]+\.(?:org|com|io|net|dev)\b|\/\/[^/\s"']*(?:artifactory|verdaccio|nexus)[^/\s"']*\//i,
  },
  {
    fact: 'no test is focused or switched off',
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|todo)\b/,
    wanted: (file) => /^(?:tests|bench)\//.test(file),
  },
  { fact: 'no tracked file leaves work for later', pattern: new RegExp(`\\b(?:${marks.join('|')})\\b`) },
];

test.for(rules)('$fact', ({ pattern, wanted }, { skip }) => {
  skip(listed.status !== 0, 'these files are not in a git repository');
  expect(places(pattern, wanted)).toEqual([]);
});

interface LockEntry {
  optionalDependencies?: Record<string, string>;
}

test('the lock file lists every optional package, so that npm ci accepts it (scripts/complete-lock.mjs adds them)', () => {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const absent = Object.entries(lock.packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${place}/node_modules/${name}`],
    ),
  );
  expect(absent).toEqual([]);
});

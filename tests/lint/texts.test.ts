import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const renderer = path.join(root, 'src', 'renderer');
const locales = path.join(renderer, 'locales');
const languages = ['en', 'fr', 'es', 'pt'];

/** Every catalogue's namespaces, whatever the language: one that a language lacks is then seen. */
const namespaces = [...new Set(languages.flatMap((language) => jsonFiles(path.join(locales, language))))].sort();

function jsonFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
}

/** A catalogue's texts, by their dotted key. */
function texts(language: string, namespace: string): Map<string, string> {
  const file = path.join(locales, language, namespace);
  return new Map(existsSync(file) ? flat(JSON.parse(readFileSync(file, 'utf8'))) : []);
}

function flat(tree: unknown, prefix = ''): [string, string][] {
  if (typeof tree !== 'object' || tree === null) return [[prefix, String(tree)]];
  return Object.entries(tree).flatMap(([key, value]) => flat(value, prefix ? `${prefix}.${key}` : key));
}

const pluralForm = /_(?:ordinal_)?(zero|one|two|few|many|other)$/;

/** The keys without their plural forms: languages differ in how many they have. */
function baseKeys(catalogue: Map<string, string>): string[] {
  return [...new Set([...catalogue.keys()].map((key) => key.replace(pluralForm, '')))].sort();
}

/** Keys of plural texts that lack a form which the language's own rules ask for. */
function lackingForms(language: string, catalogue: Map<string, string>): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const plural = [...catalogue.keys()]
    .filter((key) => key.endsWith('_other'))
    .map((key) => key.replace(pluralForm, ''));
  return plural.flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !catalogue.has(key));
}

/** What a text is filled with: {{variables}}, $t(references) and <tags>, over all plural forms of a key. */
function fillings(catalogue: Map<string, string>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [key, text] of catalogue) {
    const base = key.replace(pluralForm, '');
    const marks = [...text.matchAll(/\{\{\s*-?\s*([\w.]+)[^}]*\}\}|(\$t\([^)]*\))|(<\/?\w+\/?>)/g)];
    const names = marks.map(([, variable, reference, tag]) => variable ?? reference ?? tag ?? '');
    found[base] = [...new Set([...(found[base] ?? []), ...names])].sort();
  }
  return found;
}

test('there are catalogues to compare', () => {
  expect(namespaces.length).toBeGreaterThan(0);
});

describe.each(namespaces)('%s', (namespace) => {
  const english = texts('en', namespace);

  test.each(languages)('%s has every key of the English, and no other', (language) => {
    expect(baseKeys(texts(language, namespace))).toEqual(baseKeys(english));
  });

  test.each(languages)('%s has no empty text, and every plural form of its language', (language) => {
    const catalogue = texts(language, namespace);
    expect([...catalogue].filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(lackingForms(language, catalogue)).toEqual([]);
  });

  test.each(languages)('%s fills the same variables into each text as the English', (language) => {
    expect(fillings(texts(language, namespace))).toEqual(fillings(english));
  });
});

/** Every screen's source, by its path from the root. */
function screens(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

// Properties that a person reads or hears; a literal in them never met a catalogue.
const read =
  'aria-label|aria-description|title|placeholder|label|alt|description|error|nothingFoundMessage|closeButtonLabel';
const literalProperty = new RegExp(
  `\\s(?:${read})=(?:"[^"]*\\p{L}{2}[^"]*"|\\{\\s*['"\`][^'"\`{]*\\p{L}{2}[^'"\`{]*['"\`]\\s*\\})`,
  'u',
);

// The linter sees the words between tags, but not words in braces there.
const literalChild = /(?:^|>)\s*\{\s*['"`][^'"`{]*\p{L}{2}[^'"`{]*['"`]\s*\}/u;

test.each([
  ['property that a person reads', literalProperty],
  ['child in braces', literalChild],
])('no %s is a literal in the source', (_what, literal) => {
  const found = screens(renderer).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (literal.test(line) ? [`${path.relative(root, file)}:${at + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

test.each(['<Button title="Close the day">', "<TextInput label={'Name'} />", '<Text>{`Confirm`}</Text>'])(
  'the words of %s would be seen',
  (jsx) => {
    expect(literalProperty.test(jsx) || literalChild.test(jsx)).toBe(true);
  },
);

describe('the linter', () => {
  let tree: string;

  beforeAll(() => {
    tree = mkdtempSync(path.join(os.tmpdir(), 'comptoir-texts-'));
    for (const file of ['biome.json', '.gitignore']) copyFileSync(path.join(root, file), path.join(tree, file));
    mkdirSync(path.join(tree, 'src', 'renderer'), { recursive: true });
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  /** Whether the repository's configuration accepts a line of JSX. */
  function accepts(jsx: string): boolean {
    writeFileSync(path.join(tree, 'src', 'renderer', 'Case.tsx'), `export const Case = () => ${jsx};\n`);
    const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const args = [biome, 'lint', '--only=style/noJsxLiterals', 'src'];
    return spawnSync(process.execPath, args, { cwd: tree }).status === 0;
  }

  test.each(['<p>Confirm</p>', '<p>Confirm {count}</p>'])('refuses the words of %s', (jsx) => {
    expect(accepts(jsx)).toBe(false);
  });

  test.each(["<p>{t('confirm')}</p>", '<p>{name} · {plan}</p>', '<p>({count})</p>', '<p className="wide">{name}</p>'])(
    'accepts %s',
    (jsx) => {
      expect(accepts(jsx)).toBe(true);
    },
  );
});

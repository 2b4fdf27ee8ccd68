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
const languages = ['en', 'fr', 'es', 'pt'];

/** The programs with texts that people read; each has its own catalogues. */
const programs = ['renderer', 'portal'] as const;
type Program = (typeof programs)[number];

const sourceOf = (program: Program): string => path.join(root, 'src', program);
const localesOf = (program: Program): string => path.join(sourceOf(program), 'locales');

/** Every catalogue's namespaces, whatever the language: one that a language lacks is then seen. */
function namespacesOf(program: Program): string[] {
  const files = languages.flatMap((language) => jsonFiles(path.join(localesOf(program), language)));
  return [...new Set(files)].sort();
}

function jsonFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
}

/** A catalogue's texts, by their dotted key. */
function texts(program: Program, language: string, namespace: string): Map<string, string> {
  const file = path.join(localesOf(program), language, namespace);
  return new Map(existsSync(file) ? flat(JSON.parse(readFileSync(file, 'utf8'))) : []);
}

function flat(tree: unknown, prefix = ''): [string, string][] {
  if (typeof tree !== 'object' || tree === null) return [[prefix, String(tree)]];
  return Object.entries(tree).flatMap(([key, value]) => flat(value, prefix ? `${prefix}.${key}` : key));
}

const pluralForm = /_(?:ordinal_)?(?:zero|one|two|few|many|other)$/;

/** Keys that a count chooses a form of; others may end in the same words ("held_by_other"). */
function pluralKeys(program: Program, namespace: string): Set<string> {
  const all = languages.flatMap((language) => [...texts(program, language, namespace)]);
  const counted = all.filter(
    ([key, text]) => pluralForm.test(key) && (text.includes('{{count') || !/_other$/.test(key)),
  );
  return new Set(counted.map(([key]) => key.replace(pluralForm, '')));
}

/** A key without its plural form: languages differ in how many they have. */
function baseOf(key: string, plural: Set<string>): string {
  const base = key.replace(pluralForm, '');
  return plural.has(base) ? base : key;
}

function baseKeys(catalogue: Map<string, string>, plural: Set<string>): string[] {
  return [...new Set([...catalogue.keys()].map((key) => baseOf(key, plural)))].sort();
}

/** Forms of plural texts that the language's own rules ask for and the catalogue lacks: the screen would show the key. */
function lackingForms(language: string, catalogue: Map<string, string>, plural: Set<string>): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...plural].flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !catalogue.has(key));
}

/** What a text is filled with: {{variables}}, $t(references) and <tags>, over all plural forms of a key. */
function fillings(catalogue: Map<string, string>, plural: Set<string>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [key, text] of catalogue) {
    const base = baseOf(key, plural);
    const marks = [...text.matchAll(/\{\{\s*-?\s*([\w.]+)[^}]*\}\}|(\$t\([^)]*\))|(<\/?\w+\/?>)/g)];
    const names = marks.map(([, variable, reference, tag]) => variable ?? reference ?? tag ?? '');
    found[base] = [...new Set([...(found[base] ?? []), ...names])].sort();
  }
  return found;
}

test.each(programs)('%s has catalogues to compare', (program) => {
  expect(namespacesOf(program).length).toBeGreaterThan(0);
});

const catalogues = programs.flatMap((program) =>
  namespacesOf(program).map((namespace) => [program, namespace] as const),
);

describe.each(catalogues)('%s %s', (program, namespace) => {
  const english = texts(program, 'en', namespace);
  const plural = pluralKeys(program, namespace);

  test.each(languages)('%s has every key of the English, and no other', (language) => {
    expect(baseKeys(texts(program, language, namespace), plural)).toEqual(baseKeys(english, plural));
  });

  test.each(languages)('%s has no empty text, and every plural form of its language', (language) => {
    const catalogue = texts(program, language, namespace);
    expect([...catalogue].filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(lackingForms(language, catalogue, plural)).toEqual([]);
  });

  test.each(languages)('%s fills the same variables into each text as the English', (language) => {
    expect(fillings(texts(program, language, namespace), plural)).toEqual(fillings(english, plural));
  });
});

/** Every source file of a program that ends in one of the endings. */
function sources(program: Program, ...endings: string[]): string[] {
  return readdirSync(sourceOf(program), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Keys that a source asks for word by word, each as the namespaces it may stand in and the key; built ones are not seen. */
function askedKeys(program: Program, text: string): { namespaces: string[]; key: string }[] {
  const used = [...text.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
  );
  // A file that is handed its `t` may be handed that of any namespace.
  const own = used.length > 0 ? used : namespacesOf(program).map((file) => file.replace('.json', ''));
  return [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, asked = '']) => {
    const [namespace, key] = asked.includes(':') ? asked.split(':') : [undefined, asked];
    return { namespaces: namespace ? [namespace] : own, key: key ?? '' };
  });
}

test.each(programs)('every key that a screen of %s asks for word by word is in the catalogues', (program) => {
  const known = (namespace: string, key: string): boolean =>
    [...texts(program, 'en', `${namespace}.json`).keys()].some(
      (each) => each === key || each.replace(pluralForm, '') === key,
    );
  const absent = sources(program, '.ts', '.tsx').flatMap((file) =>
    askedKeys(program, readFileSync(file, 'utf8'))
      .filter(({ namespaces: names, key }) => !names.some((name) => known(name, key)))
      .map(({ namespaces: names, key }) => `${path.relative(root, file)}: ${names.join('|')}:${key}`),
  );
  expect(absent).toEqual([]);
});

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
  const files = programs.flatMap((program) => sources(program, '.tsx'));
  const found = files.flatMap((file) =>
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

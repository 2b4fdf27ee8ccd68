import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ActionCatalogue } from '#core/playbook/check.ts';
import { compile } from '#core/playbook/compile.ts';
import { describeProblem, type Problem, type SourceFile } from '#core/playbook/problem.ts';
import type { Program } from '#core/playbook/program.ts';
import { readSource } from './source.ts';
import { templateAnalyser } from './templates.ts';

/** Some playbooks can't be used. The message names every fault with its file and line. */
export class PlaybooksRefused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`${problems.length} fault(s) in the playbooks:\n${problems.map(describeProblem).join('\n')}`);
    this.name = 'PlaybooksRefused';
    this.problems = problems;
  }
}

/**
 * Loads the playbooks of these folders; a file of a later folder replaces the one of the same name in an earlier one.
 * Throws PlaybooksRefused with the faults of all files at once.
 */
export async function loadPlaybooks(
  folders: readonly string[],
  actions: ActionCatalogue,
): Promise<ReadonlyMap<string, Program>> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const file of await playbooksIn(folder)) files.set(path.parse(file).name, path.join(folder, file));
  }
  const read = await Promise.all([...files].map(([name, file]) => readPlaybookFile(name, file)));
  const sources: SourceFile[] = read.flatMap((one) => ('source' in one ? [one.source] : []));
  const unreadable = read.flatMap((one) => ('problems' in one ? one.problems : []));
  const names = [...files.keys()].filter((name) => !sources.some((source) => source.name === name));
  const { programs, problems } = compile(sources, { actions, templates: templateAnalyser }, names);
  const all = [...unreadable, ...problems];
  if (all.length > 0) throw new PlaybooksRefused(all);
  return programs;
}

async function playbooksIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /\.ya?ml$/i.test(name)).sort();
}

async function readPlaybookFile(name: string, file: string) {
  return readSource(name, path.basename(file), await readFile(file, 'utf8'));
}

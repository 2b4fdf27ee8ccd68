import { type Problem, problemAt } from './problem.ts';
import type { Entry, RawPlaybook } from './raw.ts';
import { didYouMean } from './suggest.ts';

/** A playbook with every include replaced by what it stands for. */
export interface Expanded {
  readonly vars: Record<string, unknown>;
  readonly tasks: readonly Entry[];
  readonly problems: readonly Problem[];
  /** True when an included playbook can't be read; its own file tells why. */
  readonly incomplete: boolean;
}

/**
 * Lays out the includes of a playbook, depth first. The including playbook's vars go before those it includes.
 * An include of an unknown playbook, or one that leads back to itself, is a problem at the include's own line.
 */
export function expand(playbook: RawPlaybook, all: ReadonlyMap<string, RawPlaybook | null>): Expanded {
  return expandFrom(playbook, all, [playbook.source.name]);
}

function expandFrom(
  playbook: RawPlaybook,
  all: ReadonlyMap<string, RawPlaybook | null>,
  trail: readonly string[],
): Expanded {
  const tasks: Entry[] = [];
  const problems: Problem[] = [];
  let included: Record<string, unknown> = {};
  let incomplete = false;
  for (const entry of playbook.entries) {
    if ('task' in entry.content) {
      tasks.push(entry);
      continue;
    }
    const found = includeOf(entry, entry.content.include, all, trail);
    if ('problem' in found) {
      problems.push(found.problem);
      continue;
    }
    if (found.playbook === null) {
      incomplete = true;
      continue;
    }
    const inner = expandFrom(found.playbook, all, [...trail, found.playbook.source.name]);
    tasks.push(...inner.tasks);
    problems.push(...inner.problems);
    included = { ...included, ...inner.vars };
    incomplete ||= inner.incomplete;
  }
  return { vars: { ...included, ...playbook.vars }, tasks, problems, incomplete };
}

function includeOf(
  entry: Entry,
  name: string,
  all: ReadonlyMap<string, RawPlaybook | null>,
  trail: readonly string[],
): { playbook: RawPlaybook | null } | { problem: Problem } {
  const path = [...entry.path, 'include'];
  if (trail.includes(name)) {
    const cycle = [...trail.slice(trail.indexOf(name)), name].join(' > ');
    return { problem: problemAt(entry.source, path, 'include_cycle', `playbooks include each other: ${cycle}`) };
  }
  const playbook = all.get(name);
  if (playbook !== undefined) return { playbook };
  const message = `there is no playbook ${name}${didYouMean(name, all.keys())}`;
  return { problem: problemAt(entry.source, path, 'unknown_playbook', message) };
}

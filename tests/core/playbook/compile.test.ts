import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { CheckTools } from '#core/playbook/check.ts';
import { compile } from '#core/playbook/compile.ts';
import type { SourceFile } from '#core/playbook/problem.ts';

const tools: CheckTools = {
  actions: new Map([['crm', new Map([['note', z.strictObject({ text: z.string().optional() })]])]]),
  templates: { text: () => ({ variables: [] }), condition: () => ({ variables: [] }) },
};

/** A playbook with one task of its own, and includes. */
function playbook(name: string, includes: readonly string[]): SourceFile {
  const own = { key: `task_${name}`, name, uses: 'crm.note' };
  const value = { tasks: [own, ...includes.map((include) => ({ include }))] };
  return { name, file: `${name}.yaml`, value, at: () => ({ line: 1, column: 1 }) };
}

const graph = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 3 }), {
    minLength: size,
    maxLength: size,
  }),
);

function hasCycleFrom(start: number, edges: readonly (readonly number[])[]): boolean {
  const visit = (node: number, trail: readonly number[]): boolean =>
    trail.includes(node) || (edges[node] ?? []).some((next) => visit(next, [...trail, node]));
  return visit(start, []);
}

test('a playbook becomes a program exactly when its includes lead to no cycle and to no task twice', () => {
  fc.assert(
    fc.property(graph, (edges) => {
      const sources = edges.map((includes, index) =>
        playbook(
          `p${index}`,
          includes.map((to) => `p${to}`),
        ),
      );
      const { programs, problems } = compile(sources, tools);
      for (const index of edges.keys()) {
        const cyclic = hasCycleFrom(index, edges);
        if (cyclic) expect(programs.has(`p${index}`)).toBe(false);
        const keys = programs.get(`p${index}`)?.tasks.map(({ key }) => key);
        if (keys) expect(new Set(keys).size).toBe(keys.length);
      }
      const anyCycle = [...edges.keys()].some((index) => hasCycleFrom(index, edges));
      expect(problems.some(({ code }) => code === 'include_cycle')).toBe(anyCycle);
    }),
  );
});

test('the cycle is told as the path that closes it', () => {
  const { problems } = compile([playbook('a', ['b']), playbook('b', ['c']), playbook('c', ['a'])], tools);
  expect(problems.map(({ file, message }) => `${file} ${message}`)).toContain(
    'c.yaml playbooks include each other: a > b > c > a',
  );
});

test('an included playbook that is broken is told once, at its own place', () => {
  const broken: SourceFile = { ...playbook('b', []), value: { tasks: 'none' } };
  const { programs, problems } = compile([playbook('a', ['b']), broken], tools);
  expect([...programs.keys()]).toEqual([]);
  expect(problems.map(({ file }) => file)).toEqual(['b.yaml']);
});

import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Position, Problem, SourceFile, ValuePath } from '#core/playbook/problem.ts';

/** Reads YAML with the place of every value. Anchors are refused: an alias can stand for itself, or for a million things. */
export function readSource(name: string, file: string, text: string): { source: SourceFile } | { problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const placeOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = (offset: number, message: string): Problem => ({
    file,
    ...placeOf(offset),
    code: 'invalid_yaml',
    message,
  });
  const problems = document.errors.map((error) => problem(error.pos[0], error.message));
  visit(document, {
    Alias: (_, alias) => void problems.push(problem(alias.range?.[0] ?? 0, `aliases (*${alias.source}) are not read`)),
  });
  if (problems.length > 0) return { problems };
  return { source: { name, file, value: document.toJS(), at: (path, key) => placeOf(offsetOf(document, path, key)) } };
}

/** Where a value, or its key, begins; else its nearest parent that exists. */
function offsetOf(document: Document, path: ValuePath, key = false): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    const [next, keyNode] = childOf(node, step);
    if (next === undefined && keyNode === undefined) return offset;
    const wanted = last && key ? keyNode : (next ?? keyNode);
    if (isNode(wanted) && wanted.range) offset = wanted.range[0];
    node = next;
  }
  return offset;
}

function childOf(node: unknown, step: string | number): [value: unknown, key: unknown] {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    return [pair?.value ?? undefined, pair?.key];
  }
  if (isNode(node) && 'items' in node && typeof step === 'number') {
    return [(node as { items: unknown[] }).items[step], undefined];
  }
  return [undefined, undefined];
}

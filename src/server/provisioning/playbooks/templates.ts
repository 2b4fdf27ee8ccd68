import { Liquid } from 'liquidjs';
import type { TemplateAnalyser, TemplateReading } from '#core/playbook/check.ts';

const limits = { parseLimit: 1_000_000, renderLimit: 1_000, memoryLimit: 10_000_000 };
/** Strict: a variable that isn't there is an error, not an empty text. Templates can't read files. */
const liquid = new Liquid({
  ...limits,
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  templates: {},
});

const condition = (expression: string) => `{% if ${expression} %}yes{% endif %}`;

function read(text: string): TemplateReading {
  try {
    return { variables: liquid.globalVariableSegmentsSync(text).map(knownPart) };
  } catch (error) {
    return { error: error instanceof Error ? error.message.replace(/, line:\d+, col:\d+$/, '') : String(error) };
  }
}

/** `inventory[vars.kind].iccid` is known up to `inventory`; what follows depends on a value. */
function knownPart(segments: readonly unknown[]): (string | number)[] {
  const end = segments.findIndex((segment) => typeof segment !== 'string' && typeof segment !== 'number');
  return (end === -1 ? segments : segments.slice(0, end)) as (string | number)[];
}

export const templateAnalyser: TemplateAnalyser = {
  text: read,
  condition: (expression) => read(condition(expression)),
};

const wholeExpression = /^\s*\{\{-?((?:(?!\}\}|\{\{)[\s\S])*?)-?\}\}\s*$/;

/**
 * Fills the templates in a tree of values. A string that is one expression and nothing else keeps the expression's type
 * (`"{{ vars.gigabytes | times: 1000 }}"` is a number). Throws when a variable is missing.
 */
export function fill(value: unknown, variables: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((part) => fill(part, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, variables)]));
}

function fillText(text: string, variables: Readonly<Record<string, unknown>>): unknown {
  if (!/\{\{|\{%/.test(text)) return text;
  const expression = wholeExpression.exec(text)?.[1];
  if (expression !== undefined) return liquid.evalValueSync(expression.trim(), variables);
  return liquid.parseAndRenderSync(text, variables);
}

/** Whether a `when` holds. What isn't there counts as false. */
export function holds(expression: string, variables: Readonly<Record<string, unknown>>): boolean {
  return liquid.parseAndRenderSync(condition(expression), variables) === 'yes';
}

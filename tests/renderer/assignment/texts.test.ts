import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { itemRefusalSchema } from '#core/domain/inventory.ts';
import { preflightKeySchema } from '#core/domain/preflight.ts';
import { periodSchema } from '#core/domain/product.ts';
import { jobStatusSchema, taskStatusSchema } from '#core/domain/provisioning.ts';
import assignment from '../../../src/renderer/locales/en/assignment.json' with { type: 'json' };
import errors from '../../../src/renderer/locales/en/errors.json' with { type: 'json' };
import progress from '../../../src/renderer/locales/en/progress.json' with { type: 'json' };

const playbooks = path.resolve(import.meta.dirname, '../../../resources/playbooks');
const playbookSchema = z.object({
  tasks: z.array(z.object({ key: z.string().optional(), include: z.string().optional() })),
});

/** Every key of a task in the playbooks delivered. */
function taskKeys(): string[] {
  const files = readdirSync(playbooks).filter((file) => file.endsWith('.yaml'));
  const tasks = files.flatMap(
    (file) => playbookSchema.parse(parse(readFileSync(path.join(playbooks, file), 'utf8'))).tasks,
  );
  return [...new Set(tasks.flatMap(({ key }) => key ?? []))];
}

const lacking = (texts: object, keys: readonly string[]) => keys.filter((key) => !(key in texts));

describe('codes that become words on screen', () => {
  it('every task of a delivered playbook has a name and says what it does', () => {
    expect(taskKeys().length).toBeGreaterThan(10);
    expect(lacking(progress.task, taskKeys())).toEqual([]);
    expect(lacking(progress.doing, taskKeys())).toEqual([]);
  });

  it('every step, missing thing and way on has words', () => {
    const steps = ['product', 'customer', 'service', 'inventory', 'details', 'renewal', 'review'];
    const missing = [
      ...['product', 'product_not_offered', 'customer', 'customer_not_open', 'not_eligible', 'service'],
      ...['no_matching_service', 'item', 'site', 'billingContact', 'technicalContact', 'purchaseOrder', 'costCentre'],
      'autoRenew',
    ];
    expect(lacking(assignment.step, steps)).toEqual([]);
    expect(lacking(assignment.lead, steps)).toEqual([]);
    expect(lacking(assignment.missing, missing)).toEqual([]);
  });

  it('every check, refusal, period and state has words', () => {
    expect(lacking(assignment.preflight, preflightKeySchema.options)).toEqual([]);
    expect(lacking(errors.refusal, itemRefusalSchema.options)).toEqual([]);
    const inList = itemRefusalSchema.options.filter((reason) => reason !== 'unknown_item');
    expect(lacking(assignment.refusal, inList)).toEqual([]);
    expect(lacking(assignment.price.per, periodSchema.options)).toEqual([]);
    expect(lacking(assignment.price.each, periodSchema.options)).toEqual([]);
    expect(lacking(progress.title, jobStatusSchema.options)).toEqual([]);
    expect(lacking(progress.status, taskStatusSchema.options)).toEqual([]);
  });
});

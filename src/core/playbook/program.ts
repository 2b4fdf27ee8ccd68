import { z } from 'zod';

/** One call of a connector: what a task does, or what undoes it. */
export const stepSchema = z.object({
  /** connector.action, for example ocs.createAccount. */
  uses: z.string(),
  /** Arguments; strings are templates over the job's variables. */
  with: z.record(z.string(), z.unknown()),
});
export type Step = z.infer<typeof stepSchema>;

export const programTaskSchema = stepSchema.extend({
  key: z.string(),
  name: z.string(),
  /** Template of what the task works on, in words for the screen; null when there is nothing to add. */
  subject: z.string().nullable(),
  /** Condition; null runs always. */
  when: z.string().nullable(),
  ignoreErrors: z.boolean(),
  timeoutSeconds: z.number().positive(),
  /** Further attempts after the first, when the other side can't be reached or doesn't answer in time. */
  retries: z.int().nonnegative(),
  /** What undoes the task outside, in order; null leaves it to the action itself. */
  rescue: z.array(stepSchema).nullable(),
  /** Where it is written, for the log: mobile-plan.yaml:12. */
  source: z.string(),
});
export type ProgramTask = z.infer<typeof programTaskSchema>;

/** A playbook with its includes laid out and everything checked: what a job keeps and runs. */
export const programSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** Defaults of `vars`; the product's own values go before them. */
  vars: z.record(z.string(), z.unknown()),
  tasks: z.array(programTaskSchema).min(1),
});
export type Program = z.infer<typeof programSchema>;

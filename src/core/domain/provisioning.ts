import { z } from 'zod';
import { idSchema, instantSchema, uuidSchema } from './common.ts';

export const orderStatusSchema = z.enum(['accepted', 'provisioning', 'active', 'failed', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatusSchema>;
export const jobStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof jobStatusSchema>;
export const taskStatusSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'failed_ignored', 'skipped']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** How long a task may run before it counts as stuck (PA-22). */
export const TASK_TIMEOUT_SECONDS = 300;

/**
 * Why a task failed: `code` is stable and has a message in shop language in the catalogues
 * (connector_unreachable, connector_refused, connector_bad_answer, timeout, precondition_failed, internal);
 * `technical` is the raw text, for View logs.
 */
export const taskErrorSchema = z.object({
  code: z.string(),
  technical: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
});

/** `key` names the task in the catalogues (`validate_customer`); `name` is the playbook's own text, shown if there is no translation. */
export const taskSchema = z.object({
  index: z.int().nonnegative(),
  key: z.string(),
  name: z.string(),
  uses: z.string(),
  status: taskStatusSchema,
  /** What it works on, in words for the screen, such as an ICCID or a number. */
  subject: z.string().nullable(),
  attempts: z.int().nonnegative(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** Usual and slow (95th percentile) durations in ms of this task so far; null until there are enough runs. */
  usualMs: z.number().nullable(),
  slowMs: z.number().nullable(),
  error: taskErrorSchema.nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const jobSchema = z.object({
  id: idSchema,
  orderId: idSchema,
  status: jobStatusSchema,
  progress: z.object({ done: z.int(), total: z.int() }),
  tasks: z.array(taskSchema),
  serviceIds: z.array(idSchema),
  customer: z.object({ id: idSchema, name: z.string() }),
  product: z.object({ id: idSchema, name: z.string() }),
  playbook: z.string(),
  storeId: idSchema.nullable(),
  createdByName: z.string(),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
  /** True while its order is being cancelled and what was done is undone. */
  cancelling: z.boolean().optional(),
  /** Counts up at every change of the job or of a task; a late event with a lower revision is ignored. */
  revision: z.int().nonnegative(),
});
export type Job = z.infer<typeof jobSchema>;
export type JobSummary = Omit<Job, 'tasks'>;

export const jobLogSchema = z.object({
  id: idSchema,
  at: instantSchema,
  taskIndex: z.int().nullable(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const orderSchema = z.object({
  id: idSchema,
  draftId: uuidSchema,
  status: orderStatusSchema,
  customerId: idSchema,
  customerName: z.string(),
  productId: idSchema,
  productName: z.string(),
  serviceId: idSchema.nullable(),
  provisioningJobId: idSchema,
  createdAt: instantSchema,
});
export type Order = z.infer<typeof orderSchema>;

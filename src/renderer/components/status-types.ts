import type { z } from 'zod';
import type { Link } from '#core/contract/desk/events.ts';
import type { customerStatusSchema } from '#core/domain/customer.ts';
import type { ServiceStatus } from '#core/domain/service.ts';

export type { ItemStatus } from '#core/domain/inventory.ts';
export type { JobStatus, OrderStatus, TaskStatus } from '#core/domain/provisioning.ts';
export type CustomerStatus = z.infer<typeof customerStatusSchema>;
/** `expiring` is derived: active, and over in less than 7 days (`isExpiringSoon`). */
export type ServiceMark = ServiceStatus | 'expiring';
export type LinkStatus = Link['state'];

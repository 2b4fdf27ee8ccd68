import type { SearchHit } from '#core/contract/central/system.ts';
import { customerStatusSchema } from '#core/domain/customer.ts';
import { itemStatusSchema } from '#core/domain/inventory.ts';
import { jobStatusSchema, orderStatusSchema } from '#core/domain/provisioning.ts';
import { serviceStatusSchema } from '#core/domain/service.ts';
import { StatusMark } from '../components/StatusMark.tsx';

/** A hit's state. Central sends it as a word of the hit's own type; an unknown one is not shown. */
export function HitStatus({ hit }: { hit: Pick<SearchHit, 'type' | 'status'> }) {
  switch (hit.type) {
    case 'customer': {
      const status = customerStatusSchema.safeParse(hit.status).data;
      return status && status !== 'open' ? <StatusMark kind="customer" status={status} look="plain" /> : null;
    }
    case 'service': {
      const status = serviceStatusSchema.safeParse(hit.status).data;
      return status ? <StatusMark kind="service" status={status} look="plain" /> : null;
    }
    case 'item': {
      const status = itemStatusSchema.safeParse(hit.status).data;
      return status ? <StatusMark kind="item" status={status} look="plain" /> : null;
    }
    case 'order': {
      const status = orderStatusSchema.safeParse(hit.status).data;
      return status ? <StatusMark kind="order" status={status} look="plain" /> : null;
    }
    case 'job': {
      const status = jobStatusSchema.safeParse(hit.status).data;
      return status ? <StatusMark kind="job" status={status} look="plain" /> : null;
    }
  }
}

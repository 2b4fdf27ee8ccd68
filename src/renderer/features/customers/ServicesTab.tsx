import type { Customer } from '#core/domain/customer.ts';
import { ServiceCards } from './ServiceCards.tsx';

/** Every service this customer has or had. */
export function ServicesTab({ customer }: { customer: Customer }) {
  return <ServiceCards customer={customer} all />;
}

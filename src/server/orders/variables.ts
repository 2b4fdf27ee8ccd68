import type { Contact } from '#core/domain/customer.ts';
import type { Item } from '#core/domain/inventory.ts';
import type { Program } from '#core/playbook/program.ts';
import type { Variables } from '../provisioning/job-types.ts';
import type { ServiceRow } from '../services/write.ts';
import type { OrderFacts } from './facts.ts';

interface Ordered {
  readonly facts: OrderFacts;
  readonly program: Program;
  readonly orderId: number;
  readonly autoRenew: boolean;
  readonly service: Pick<ServiceRow, 'id' | 'uuid' | 'name' | 'serviceType'>;
  readonly items: readonly Item[];
}

const contactVariables = (contact: Contact | null) => ({
  id: contact?.id ?? null,
  name: contact?.name ?? null,
  email: contact?.email ?? null,
  phone: contact?.phone ?? null,
});

/** What the playbook's templates may use, by the names of playbook/scope.ts. What is not there is null. */
export function variablesOfOrder({ facts, program, orderId, autoRenew, service, items }: Ordered): Variables {
  const { input, customer, product, vars, site, billingContact, technicalContact } = facts;
  return {
    customer: {
      ...{ id: customer.id, name: customer.name, type: customer.type, language: customer.language },
      ...{ email: customer.email, phone: customer.phone, payment_type: customer.paymentType },
    },
    product: {
      ...{ id: product.id, slug: product.slug, name: product.name, category: product.category },
      ...{ service_type: product.serviceType, currency: product.setup.currency },
      ...{ period: product.recurring?.period ?? null, recurring_amount: product.recurring?.price.amount ?? null },
      setup_amount: product.setup.amount,
    },
    service: { id: service.id, uuid: service.uuid, name: service.name, type: service.serviceType },
    order: {
      ...{ id: orderId, auto_renew: autoRenew, installation_date: input.installationDate ?? null },
      ...{ purchase_order: input.purchaseOrder ?? null, cost_centre: input.costCentre ?? null },
      site: { id: site?.id ?? null, name: site?.name ?? null, address: site?.address ?? null },
      billing_contact: contactVariables(billingContact),
      technical_contact: contactVariables(technicalContact),
    },
    inventory: Object.fromEntries(items.map((item) => [item.template, itemVariables(item)])),
    // The product's own values go before the playbook's defaults; names the playbook does not know are left out.
    vars: { ...program.vars, ...Object.fromEntries(Object.entries(vars).filter(([name]) => name in program.vars)) },
  };
}

function itemVariables({ id, template, label, identifiers }: Item) {
  const { iccid = null, imsi = null, msisdn = null, imei = null, serial = null, mac = null } = identifiers;
  return { id, template, label, iccid, imsi, msisdn, imei, serial, mac };
}

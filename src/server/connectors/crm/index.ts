import type { Connector } from '../action.ts';
import { assignItemAction } from './assign-item.ts';
import { createTicketAction, scheduleInstallationAction } from './field-work.ts';
import { createServiceRecordAction } from './service-record.ts';
import { confirmSiteAction, validateCustomerAction } from './validate.ts';

/** Our own tables. Their effects are undone only when the order is cancelled (domain.md 8 (3)). */
export const crmConnector: Connector = {
  name: 'crm',
  target: 'embedded',
  outside: false,
  // It lives in the database that the job itself was read from.
  check: async () => undefined,
  actions: {
    validateCustomer: validateCustomerAction,
    confirmSite: confirmSiteAction,
    assignItem: assignItemAction,
    createServiceRecord: createServiceRecordAction,
    createTicket: createTicketAction,
    scheduleInstallation: scheduleInstallationAction,
  },
};

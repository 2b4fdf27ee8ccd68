import type { Generated } from 'kysely';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Language } from '#core/domain/languages.ts';

export interface CustomerTables {
  customers: {
    id: Generated<number>;
    name: string;
    type: CustomerType;
    status: Generated<'open' | 'suspended' | 'closed' | 'archived'>;
    email: string | null;
    /** E.164. */
    phone: string | null;
    paymentType: Generated<'prepaid' | 'postpaid'>;
    taxIdentifier: string | null;
    language: Generated<Language>;
    version: Generated<number>;
    createdAt: Date;
    /** Folded name, e-mail and digits of the phone, for searches inside words; see core/customers/search-text.ts. */
    searchText: string;
  };
  /** What a customer is found by, one row per term, each with the prefix of its kind; see core/customers/search-text.ts. */
  customerTerms: { term: string; customerId: number };
  contacts: {
    id: Generated<number>;
    customerId: number;
    name: string;
    email: string | null;
    phone: string | null;
    roles: ('primary' | 'billing' | 'technical' | 'other')[];
    hasLogin: Generated<boolean>;
  };
  sites: { id: Generated<number>; customerId: number; name: string; address: string };
}

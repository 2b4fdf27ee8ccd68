import { ORPCError } from '@orpc/client';
import type { z } from 'zod';
import { type ErrorCode, type ErrorData, errorCatalogue } from '#core/contract/errors.ts';
import { nameTerm } from '#core/customers/search-text.ts';
import type { Contact, Customer, customerInputSchema, Site } from '#core/domain/customer.ts';
import { type CommandPayload, type CommandResult, type CommandType, commandTypes } from '#core/sync/commands.ts';
import { isLocalId } from '#core/sync/local-ids.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import type { Central } from '../central/client.ts';
import type { Directory } from '../directory/directory.ts';
import { fail } from '../failures.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { contactOf, customerOf, fieldsOf, siteOf } from '../outbox/rows.ts';

export interface CommandsOptions {
  readonly central: Pick<Central, 'customers'>;
  readonly outbox: Outbox;
  readonly directory: Pick<Directory, 'isWhole' | 'caughtUp'>;
  /** Local first; of central's shape. */
  readonly reads: { readonly customers: Pick<Central['customers'], 'get' | 'list'> };
}

/** What staff do to customers. On an enrolled desk it is kept here before it is answered; else head office is asked. */
export interface Commands {
  create(input: CommandPayload<'customer.create'>): Promise<Customer>;
  change(input: CommandPayload<'customer.change'>): Promise<Customer>;
  createContact(input: CommandPayload<'contact.create'>): Promise<Contact>;
  createSite(input: CommandPayload<'site.create'>): Promise<Site>;
}

/** So that a screen reads what it wrote. */
const CAUGHT_UP_MS = 300;
const DUPLICATES_SHOWN = 5;
const DUPLICATES_READ = 50;

export function createCommands({ central, outbox, directory, reads }: CommandsOptions): Commands {
  /** Head office's answer when it came in time, its refusal as an error, else the desk's own row. */
  const answerOf = async <T extends CommandType>(type: T, entry: OutboxEntry, own: () => CommandResult<T>) => {
    if (entry.state === 'settled' && entry.error !== null) throw asError(entry.error);
    if (entry.state !== 'accepted') return own();
    await directory.caughtUp(CAUGHT_UP_MS);
    return commandTypes[type].result.parse(entry.result) as CommandResult<T>;
  };
  const numberOf = (id: number) => outbox.numbers.get(id) ?? id;

  return {
    async create(input) {
      if (!outbox.isUsed()) return central.customers.create(input);
      const payload = commandTypes['customer.create'].payload.parse(input);
      if (!payload.allowDuplicate && directory.isWhole()) await refuseDuplicates(reads, payload);
      const { name } = payload;
      const entry = await outbox.perform({ type: 'customer.create', payload, customerName: name, subject: name });
      return answerOf('customer.create', entry, () => customerOf(entry));
    },
    async change(input) {
      if (!outbox.isUsed()) return central.customers.change(input);
      const { version, ...parsed } = commandTypes['customer.change'].payload.parse(input);
      const id = numberOf(parsed.id);
      const current = await reads.customers.get({ id });
      // What is shown of a customer with changes of our own is not head office's version of it.
      const isOurs = isLocalId(id) || outbox.hasUnsent(id);
      if (version !== undefined && !isOurs && current.version > version) throw fail('changed_meanwhile');
      const payload = { ...parsed, id, ...(version === undefined || isOurs ? {} : { version }) };
      const { name } = current;
      const work = { type: 'customer.change', payload, customerId: id, customerName: name, subject: name } as const;
      const entry = await outbox.perform(work);
      return answerOf('customer.change', entry, () => ({ ...current, ...fieldsOf(entry) }));
    },
    async createContact(input) {
      if (!outbox.isUsed()) return central.customers.createContact(input);
      const parsed = commandTypes['contact.create'].payload.parse(input);
      const payload = { ...parsed, id: numberOf(parsed.id) };
      const { name: customerName } = await reads.customers.get({ id: payload.id });
      const about = { customerId: payload.id, customerName, subject: payload.name };
      const entry = await outbox.perform({ type: 'contact.create', payload, ...about });
      return answerOf('contact.create', entry, () => contactOf(entry));
    },
    async createSite(input) {
      if (!outbox.isUsed()) return central.customers.createSite(input);
      const parsed = commandTypes['site.create'].payload.parse(input);
      const payload = { ...parsed, id: numberOf(parsed.id) };
      const { name: customerName } = await reads.customers.get({ id: payload.id });
      const about = { customerId: payload.id, customerName, subject: payload.name };
      const entry = await outbox.perform({ type: 'site.create', payload, ...about });
      return answerOf('site.create', entry, () => siteOf(entry));
    },
  };
}

/** An error that was kept as data, to be thrown again. */
export function asError({ code, message, data }: ErrorData) {
  const known = Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as ErrorCode] : null;
  return new ORPCError(code, { defined: known !== null, status: known?.status ?? 500, message, data });
}

/**
 * As head office would: up to five who share the e-mail, the phone, or name and type. Unsent customers of this desk are
 * among them.
 */
async function refuseDuplicates(
  reads: CommandsOptions['reads'],
  { name, type, email, phone }: z.output<typeof customerInputSchema>,
): Promise<void> {
  const asked = [name, email, phone].filter((q) => q !== null && q !== undefined && q !== '');
  const pages = await Promise.all(asked.map((q) => reads.customers.list({ q: q ?? '', limit: DUPLICATES_READ })));
  const isSame = (one: Customer) =>
    (email && one.email?.toLowerCase() === email.toLowerCase()) ||
    (phone && one.phone === phone) ||
    (one.type === type && nameTerm(one.name) === nameTerm(name));
  const same = pages.flatMap(({ items }) => items).filter((one) => one.status !== 'archived' && isSame(one));
  const customers = [...new Map(same.map((one) => [one.id, { id: one.id, name: one.name }])).values()];
  if (customers.length === 0) return;
  throw fail('possible_duplicate', { customers: customers.sort((a, b) => a.id - b.id).slice(0, DUPLICATES_SHOWN) });
}

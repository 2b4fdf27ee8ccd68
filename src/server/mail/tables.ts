import type { Generated } from 'kysely';
import type { Language } from '#core/domain/languages.ts';

export interface MailTables {
  /** Mail that is to go out, or went. */
  mailOutbox: {
    id: string;
    template: string;
    language: Language;
    /** Address and values, sealed; null once nothing is left to do. */
    sealed: string | null;
    attempts: Generated<number>;
    /** When it is tried next; in the future also while a central is at it. */
    dueAt: Date;
    createdAt: Date;
    sentAt: Generated<Date | null>;
    givenUpAt: Generated<Date | null>;
    error: Generated<string | null>;
  };
}

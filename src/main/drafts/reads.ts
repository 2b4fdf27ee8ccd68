import type { Central } from '../central/client.ts';

/** What drafts read of head office's rows; on an enrolled desk answered from its directory first. */
export interface DraftReads {
  readonly products: Pick<Central['products'], 'get'>;
  readonly customers: Pick<Central['customers'], 'get' | 'sites' | 'contacts' | 'services'>;
  readonly services: Pick<Central['services'], 'get'>;
  readonly inventory: Pick<Central['inventory'], 'items' | 'item'>;
}

import type { z } from 'zod';
import type { itemSecretsSchema } from '#core/contract/central/inventory.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { writeHistory } from './history.ts';
import { lockItem, statusOf } from './locks.ts';
import type { SecretBox } from './secret-box.ts';
import { readSecrets } from './secrets.ts';

/**
 * PIN and PUK of a card for who may see them; never its keys. Who asked and why is in the audit and the item's history.
 * Throws not_found for an item without any.
 */
export async function revealSecrets(
  { tx, actor, clock, audit }: CommandContext,
  box: SecretBox,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<z.infer<typeof itemSecretsSchema>> {
  const now = clock.now();
  const locked = await lockItem(tx, id);
  const { pin1 = null, puk1 = null, pin2 = null, puk2 = null } = (await readSecrets(tx, box, id)) ?? {};
  const shown = { pin1, puk1, pin2, puk2 };
  const fields = Object.entries(shown).flatMap(([field, value]) => (value === null ? [] : [field]));
  if (fields.length === 0) throw fail('not_found', { what: 'secrets' });
  const { customerId } = locked.item;
  audit({ action: 'item.secrets_revealed', subject: { type: 'item', id }, customerId, detail: { reason, fields } });
  const status = statusOf(locked, now);
  const entry = { itemId: id, event: 'secrets_revealed', from: status, to: status, userName: actor.name } as const;
  await writeHistory(tx, now, [{ ...entry, detail: { reason } }]);
  return shown;
}

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Identifier, Identifiers, InventoryTemplate, Item } from '#core/domain/inventory.ts';
import { classifyScan } from '#core/scan/classify.ts';
import type { ScanValue } from '#core/scan/schema.ts';
import { desk, deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { useScanTarget } from '../../scan/scan-router.tsx';
import { play } from '../../sound.ts';

export interface ReceivedRow {
  key: string;
  text: string;
  state: 'saving' | 'received' | 'known' | 'refused';
  item: Item | null;
  /** Key of `inventory:receive.refused`, or an error code of the contract. */
  reason: string | null;
  error: unknown;
}

interface ReceiveOptions {
  template: string;
  storeId: number | null;
  templates: readonly InventoryTemplate[];
}

/** Which identifier of the template a scanned value fills; null when it fits none of them. */
export function identifiersFor(value: ScanValue, template: InventoryTemplate): Identifiers | null {
  const fits = (kind: Identifier) => template.identifiers.includes(kind);
  if (value.kind === 'iccid') return fits('iccid') ? { iccid: value.iccid } : null;
  if (value.kind === 'imei')
    return fits('imei') ? { imei: value.imei } : fits('serial') ? { serial: value.imei } : null;
  if (value.kind === 'msisdn') return fits('msisdn') ? { msisdn: value.msisdn } : null;
  if (value.kind === 'ean') return fits('serial') ? { serial: value.ean } : null;
  return value.kind === 'unknown' && fits('serial') ? { serial: value.text } : null;
}

/** Receives stock one scan at a time; a scan of something that is already here changes nothing and says so. */
export function useReceive({ template, storeId, templates }: ReceiveOptions) {
  const client = useQueryClient();
  const [rows, setRows] = useState<ReceivedRow[]>([]);

  const take = useCallback(
    async (text: string): Promise<boolean> => {
      const key = crypto.randomUUID();
      const put = (change: Partial<ReceivedRow>) =>
        setRows((all) => {
          const known = all.find((row) => row.key === key);
          const row: ReceivedRow = {
            key,
            text,
            state: 'saving',
            item: null,
            reason: null,
            error: null,
            ...known,
            ...change,
          };
          return [row, ...all.filter((other) => other.key !== key)];
        });
      const kind = templates.find(({ slug }) => slug === template);
      const value = classifyScan(text);
      const identifiers = kind === undefined || value.kind === 'invalid' ? null : identifiersFor(value, kind);
      if (storeId === null || identifiers === null) {
        put({ state: 'refused', reason: refusalOf(value, storeId) });
        return false;
      }
      put({});
      try {
        const item = await desk.inventory.createItem({ template, identifiers, storeId });
        put({ state: 'received', item });
        void client.invalidateQueries({ queryKey: deskQuery.inventory.items.key() });
        return true;
      } catch (error) {
        put({ state: codeOf(error) === 'item_exists' ? 'known' : 'refused', reason: codeOf(error), error });
        return false;
      }
    },
    [client, storeId, template, templates],
  );

  useScanTarget(async (scan) => ((await take(scan.text)) ? 'taken' : 'refused'));
  const takeByHand = async (text: string) => play((await take(text)) ? 'accepted' : 'refused');
  return { rows, take: takeByHand, received: rows.filter(({ state }) => state === 'received').length };
}

function refusalOf(value: ScanValue, storeId: number | null): string {
  if (storeId === null) return 'no_store';
  return value.kind === 'invalid' ? value.reason : 'wrong_kind';
}

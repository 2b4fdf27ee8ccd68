import path from 'node:path';
import Database from 'better-sqlite3';
import type { Member } from './fleet.ts';
import type { Rows } from './verify.ts';

/** All that central and the desks of the item's store know of an item, a line each, to understand a refusal by. */
export async function storyOfItem(itemId: number, members: readonly Member[], rows: Rows): Promise<string[]> {
  const atCentral = await rows<{ line: string }>(
    `select 'item ' || row_to_json(i) as line, 0 as rank, now() as at from items i where i.id = $1
     union all select 'history ' || row_to_json(h), 1, h.at from item_history h where h.item_id = $1
     union all select 'reservation ' || row_to_json(r), 2, r.created_at from reservations r where r.item_id = $1
     union all select 'command ' || row_to_json(c), 3, c.received_at from sync_commands c
       join orders o on c.result ->> 'id' = o.id::text join reservations r on r.order_id = o.id
       where r.item_id = $1 and c.type = 'order.place'
     order by rank, at`,
    [itemId],
  );
  const [item] = await rows<{ store_id: number }>('select store_id from items where id = $1', [itemId]);
  const desks = members.filter(({ storeId }) => storeId === item?.store_id);
  return [...atCentral.map(({ line }) => line), ...desks.flatMap((member) => storyAtDesk(itemId, member))];
}

const questions: readonly { readonly file: string; readonly what: string; readonly sql: string }[] = [
  { file: 'work.sqlite', what: 'hold', sql: 'select * from local_hold where item_id = ?' },
  { file: 'work.sqlite', what: 'given back', sql: 'select * from given_back where item_id = ?' },
  {
    file: 'work.sqlite',
    what: 'outbox',
    sql: `select document from outbox
      where exists (select 1 from json_each(document, '$.payload.items') where value ->> 'itemId' = ?)`,
  },
  {
    file: 'desk.sqlite',
    what: 'draft',
    sql: `select id, status, updated_at, (select json_group_array(json_object('id', value ->> '$.item.id',
        'here', value ->> '$.heldHere', 'hold', value ->> '$.hold')) from json_each(document, '$.items')) as items
      from draft where exists (select 1 from json_each(document, '$.items') where value ->> '$.item.id' = ?)`,
  },
  { file: 'directory.sqlite', what: 'directory', sql: 'select id, status, desk_id from item where id = ?' },
];

function storyAtDesk(itemId: number, { name, desk: { dataDir }, clockMs }: Member): string[] {
  return questions.flatMap(({ file, what, sql }) => {
    const database = new Database(path.join(dataDir, file), { readonly: true });
    try {
      const found = database.prepare(sql).all(itemId);
      return found.map((row) => `${name} (clock ${clockMs}) ${what} ${JSON.stringify(row)}`);
    } finally {
      database.close();
    }
  });
}

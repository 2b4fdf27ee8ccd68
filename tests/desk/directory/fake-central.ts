import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { type SyncEntity, type SyncPage, type SyncRow, syncColumns, syncEntities } from '#core/sync/rows.ts';

type Key = number | string;
type Row = Record<string, unknown>;
type Change = { readonly entity: SyncEntity; readonly key: Key };
type Answer = (response: ServerResponse, honest: () => void, request: IncomingMessage) => void;

export const CREDENTIAL = 'a desk’s own key'.replaceAll(/[^a-z]/g, 'x');

/**
 * A central that answers as the contract says, from rows in memory: for answers that a real one gives only in trouble. The
 * real one has tests of its own against the same directory.
 */
export async function startFakeCentral({ pageRows = 100 } = {}) {
  const rows = new Map<SyncEntity, Map<Key, Row>>(syncEntities.map((entity) => [entity, new Map()]));
  const log: Change[] = [];
  const streams = new Set<ServerResponse>();
  const asked: string[] = [];
  let database = 1;
  let next: Answer | null = null;
  let isDown = false;

  const keyOf = (row: Row): Key => (row.id ?? row.slug) as Key;
  const all = () =>
    syncEntities.flatMap((entity) => [...(rows.get(entity)?.keys() ?? [])].map((key) => ({ entity, key })));

  function tablesOf(changes: readonly Change[]): SyncPage['tables'] {
    return syncEntities.flatMap((entity) => {
      const keys = [...new Set(changes.filter((change) => change.entity === entity).map(({ key }) => key))];
      if (keys.length === 0) return [];
      const columns = syncColumns(entity);
      const known = keys.flatMap((key) => {
        const row = rows.get(entity)?.get(key);
        return row === undefined ? [] : [row];
      });
      const gone = keys.filter((key) => !rows.get(entity)?.has(key));
      return [{ entity, columns, rows: known.map((row) => columns.map((name) => row[name])), gone }];
    });
  }

  function pageFor(kind: string, cursor: string | null): SyncPage | null {
    const [of, place, horizon] = (cursor ?? `${database}.0.${log.length}`).split('.').map(Number);
    if (of !== database) return null;
    const at = new Date().toISOString();
    const from = place ?? 0;
    if (kind === 'snapshot') {
      const some = all().slice(from, from + pageRows);
      const done = from + some.length;
      const complete = done >= all().length;
      const cursorAfter = complete ? `${database}.${horizon}` : `${database}.${done}.${horizon}`;
      return { tables: tablesOf(some), cursor: cursorAfter, complete, progress: { done, total: all().length }, at };
    }
    const some = log.slice(from, from + pageRows);
    const done = from + some.length;
    return { tables: tablesOf(some), cursor: `${database}.${done}`, complete: done >= log.length, progress: null, at };
  }

  const send = (response: ServerResponse, status: number, body: unknown) => {
    const bytes = gzipSync(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(bytes);
  };

  function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '', 'http://central');
    const kind = url.pathname.split('/').at(-1) ?? '';
    if (isDown) return void request.socket.destroy();
    if (request.headers['x-comptoir-desk'] !== CREDENTIAL)
      return send(response, 401, { code: 'desk_unknown', message: '' });
    if (kind === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return undefined;
    }
    asked.push(`${kind} ${url.searchParams.get('cursor') ?? ''}`.trim());
    const honest = () => {
      const page = pageFor(kind, url.searchParams.get('cursor'));
      if (page === null) send(response, 409, { code: 'cursor_unknown', message: '' });
      else send(response, 200, page);
    };
    const special = next;
    next = null;
    return special === null ? honest() : special(response, honest, request);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const tell = (event: unknown) => {
    for (const stream of streams) stream.write(`event: message\ndata: ${JSON.stringify(event)}\n\n`);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every page asked for, with its cursor. */
    asked,
    put<E extends SyncEntity>(entity: E, ...given: SyncRow<E>[]) {
      for (const row of given) {
        rows.get(entity)?.set(keyOf(row), row);
        log.push({ entity, key: keyOf(row) });
      }
    },
    remove(entity: SyncEntity, key: Key) {
      rows.get(entity)?.delete(key);
      log.push({ entity, key });
    },
    /** Says to every desk that there is something to pull. */
    announce: () => tell({ type: 'changes' }),
    tell,
    listeners: () => streams.size,
    /** The next page is answered so instead. */
    answerNext(special: Answer) {
      next = special;
    },
    /** It is another database now, with the same rows: no cursor of before is known. */
    restore() {
      database += 1;
    },
    down() {
      isDown = true;
      server.closeAllConnections();
    },
    up() {
      isDown = false;
    },
  };
}

export type FakeCentral = Awaited<ReturnType<typeof startFakeCentral>>;

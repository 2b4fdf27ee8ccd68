import type { FastifyInstance, FastifyRequest } from 'fastify';

const TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/vnd.ms-excel',
  'application/octet-stream',
];

/**
 * Lets an import's file be the whole body of the request, its options in the query: `POST …/imports?dryRun=true` with
 * `Content-Type: text/csv`. How large it may be is the route's own limit.
 */
export function acceptStockFiles(app: FastifyInstance): void {
  const parser = async (request: FastifyRequest, body: Buffer<ArrayBuffer>) => {
    const options = typeof request.query === 'object' ? request.query : {};
    return { ...options, file: new File([body], filenameOf(request), { type: 'text/csv' }) };
  };
  app.addContentTypeParser(TYPES, { parseAs: 'buffer' }, parser);
}

function filenameOf({ headers }: FastifyRequest): string {
  return /filename="?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')?.[1] ?? '';
}

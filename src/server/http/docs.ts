import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { API_PREFIX } from './api.ts';
import { docsPage } from './docs-page.ts';
import { generateOpenApi } from './openapi.ts';

const STYLE = '/api/docs/style.css';
const DOCUMENT = `${API_PREFIX}/openapi.json`;
const styleFile = path.join(import.meta.dirname, '../../../resources/docs/style.css');

/** The OpenAPI document and its readable page; both are made at the first request and kept. */
export function mountDocs(app: FastifyInstance, version: string, demo: boolean): void {
  let made: ReturnType<typeof generateOpenApi> | undefined;
  const document = () => (made ??= generateOpenApi(version, API_PREFIX, demo));
  app.get(DOCUMENT, async () => document());
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(await document(), { style: STYLE, document: DOCUMENT })),
  );
  app.get(STYLE, async (_request, reply) => reply.type('text/css; charset=utf-8').send(await readFile(styleFile)));
}

import { z } from 'zod';
import { type ActionContext, type Connector, defineAction } from '../action.ts';
import { badAnswer, preconditionFailed, refused, unreachable } from '../failure.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;

const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  url: z.url(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
  /** Sent as JSON. */
  body: z.unknown().optional(),
});
type HttpRequest = z.output<typeof requestSchema>;

/**
 * Calls other programs' HTTP interfaces, only on hosts that the operator allows (`host` or `host:port`). The task's key
 * goes along as Idempotency-Key. The JSON answer becomes the task's output.
 */
export function httpConnector(allowedHosts: readonly string[]): Connector {
  return {
    name: 'http',
    target: allowedHosts.length === 0 ? 'no hosts allowed' : allowedHosts.join(', '),
    outside: true,
    // Each playbook has its own addresses: nothing to ask beforehand.
    check: async () => undefined,
    actions: {
      request: defineAction(requestSchema, (context, request) => send(context, request, allowedHosts)),
    },
  };
}

async function send({ key, signal, log }: ActionContext, request: HttpRequest, allowedHosts: readonly string[]) {
  const url = new URL(request.url);
  if (!allowedHosts.includes(url.host) && !allowedHosts.includes(url.hostname)) {
    throw preconditionFailed(`${url.host} is not among the hosts that playbooks may call`, { host: url.host });
  }
  const target = `${request.method} ${url.origin}${url.pathname}`;
  const answer = await fetchFrom(target, url, request, key, signal);
  const text = await readText(target, answer);
  log(`${target} answered ${answer.status}`, { status: answer.status });
  if (answer.status >= 300 && answer.status < 400) throw badAnswer(`${target} sends elsewhere (${answer.status})`);
  if (answer.status >= 500) throw unreachable(`${target} answered ${answer.status}: ${text.slice(0, 500)}`);
  if (!answer.ok)
    throw refused(`${target} answered ${answer.status}: ${text.slice(0, 500)}`, { status: answer.status });
  return { status: answer.status, json: parseAnswer(target, text) };
}

async function fetchFrom(target: string, url: URL, request: HttpRequest, key: string, signal: AbortSignal) {
  const { method, headers, body } = request;
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    return await fetch(url, {
      method,
      headers: { accept: 'application/json', ...json, 'idempotency-key': key, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      // A redirect could lead to a host that is not allowed.
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    throw unreachable(`${target}: ${causeText(error)}`, { host: url.host }, error);
  }
}

async function readText(target: string, answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw badAnswer(`${target} answered more than ${MAX_ANSWER_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (size > MAX_ANSWER_BYTES) throw error;
    throw unreachable(`${target}: the answer broke off: ${causeText(error)}`, {}, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseAnswer(target: string, text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw badAnswer(`${target} did not answer JSON: ${text.slice(0, 200)}`);
  }
}

function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

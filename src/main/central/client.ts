import { type ClientOptions, createORPCClient, ORPCError } from '@orpc/client';
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { v7 as uuid } from 'uuid';
import { centralContract } from '#core/contract/central.ts';
import { hasCode } from '../failures.ts';
import { describeFailure, hasAnswered, mayPassLater } from './failures.ts';
import { routeOf } from './routes.ts';

export interface CallContext extends ClientRetryPluginContext {
  /** The Idempotency-Key: the same for every try of one act. Made up when the act has no name of its own. */
  key?: string;
  /** How long the answer may take, all tries together; streams have no limit. */
  timeoutMs?: number;
  token?: string | null;
  /** The desk's credential that this call was sent with. */
  desk?: string | null;
}

/** Central, as the desk calls it. Every failure is an ORPCError with a code of the error catalogue. */
export type Central = ContractRouterClient<typeof centralContract, CallContext>;

/** Who calls: `token` gives a living access token or null; `refused` is asked for another when central refuses it. */
export interface Caller {
  token(): Promise<string | null>;
  refused(token: string): Promise<string | null>;
}

/** The desk itself, whoever is signed in there: `refused` hears that central does not know a credential. */
export interface DeskIdentity {
  credential(): string | null;
  refused(credential: string): void;
}

/** Hears of every call whether central answered. */
export interface Reachability {
  answered(): void;
  failed(): void;
}

interface CentralOptions {
  /** Central's origin, without /api/v1. */
  readonly url: string;
  readonly caller: Caller;
  readonly desk: DeskIdentity;
  readonly reachability: Reachability;
}

/** Says which desk calls, beside the person's own token. */
const DESK_HEADER = 'x-comptoir-desk';
const TIMEOUT_MS = 15_000;
const IMPORT_TIMEOUT_MS = 10 * 60_000;
const TRIES_AFTER_THE_FIRST = 3;
const FIRST_DELAY_MS = 200;

type Options = ClientOptions<CallContext> & { path: readonly string[]; next(options: Options): Promise<unknown> };
/** `next` as oRPC hands it over takes the whole set of options; the rest of an interceptor passes them on. */
type Step = (options: Options) => Promise<unknown>;

/** The client of central's API: keys on commands, retries where they are harmless, tokens, one kind of error. */
export function createCentral({ url, caller, desk, reachability }: CentralOptions): Central {
  const steps: Step[] = [nameTheAct, limitTime, reportTo(reachability), identify(desk), authorise(caller)];
  const link = new OpenAPILink<CallContext>(centralContract, {
    url: `${url}/api/v1`,
    headers: ({ context }) => ({
      ...(context.token ? { authorization: `Bearer ${context.token}` } : {}),
      ...(context.desk ? { [DESK_HEADER]: context.desk } : {}),
      ...(context.key ? { 'idempotency-key': context.key } : {}),
    }),
    interceptors: steps as never[],
    clientInterceptors: [refuseStrangers],
    // By the caller's own signal: the one of the request ends with it when memory is tidied, and nothing could stop a stream.
    fetch: (request, init, { signal }) => fetch(request, signal === undefined ? init : { ...init, signal }),
    plugins: [
      new ClientRetryPlugin<CallContext>({
        default: {
          retry: ({ path }) => (isRepeatable(path) ? TRIES_AFTER_THE_FIRST : 0),
          retryDelay: ({ attemptIndex }) => FIRST_DELAY_MS * 3 ** attemptIndex,
          shouldRetry: ({ error }) => mayPassLater(error),
        },
      }),
    ],
  });
  return createORPCClient(link);
}

/**
 * Reads, PATCH and DELETE repeat harmlessly; a POST has its key, or changes nothing that a second time would. The worst
 * is a wrong password whose answer was lost: it counts twice. A stream is reopened by who reads it.
 */
function isRepeatable(path: readonly string[]): boolean {
  return !routeOf(path).streams;
}

const nameTheAct: Step = (options) => {
  if (!routeOf(options.path).needsKey) return options.next(options);
  return options.next({ ...options, context: { ...options.context, key: options.context.key ?? uuid() } });
};

const limitTime: Step = (options) => {
  if (routeOf(options.path).streams) return options.next(options);
  const isImport = options.path.at(-1) === 'createImport';
  const limit = AbortSignal.timeout(options.context.timeoutMs ?? (isImport ? IMPORT_TIMEOUT_MS : TIMEOUT_MS));
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  return options.next({ ...options, signal });
};

interface Answer {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A captive network answers everything with pages of its own, and with success; central answers in JSON or not at all. */
async function refuseStrangers<R extends Answer>({ next }: { next(): Promise<R> }): Promise<R> {
  const response = await next();
  const type = [response.headers['content-type']].flat()[0];
  const isOurs = type === undefined || /^(application\/json|text\/event-stream)\b/.test(type);
  if (!isOurs) throw new ORPCError('not_central', { status: 502, message: `an answer of type ${type}` });
  return response;
}

function reportTo(reachability: Reachability): Step {
  return async (options) => {
    try {
      const answer = await options.next(options);
      reachability.answered();
      return answer;
    } catch (error) {
      // Whoever gave up waiting learns nothing about central.
      if (options.signal?.aborted && !(options.signal.reason instanceof DOMException)) throw error;
      if (hasAnswered(error)) reachability.answered();
      else reachability.failed();
      throw describeFailure(error);
    }
  };
}

/** A credential that was withdrawn meanwhile stops no person: what needs none goes once more without it. */
function identify(desk: DeskIdentity): Step {
  return async (options) => {
    const credential = desk.credential();
    const sentBy = (value: string | null) => options.next({ ...options, context: { ...options.context, desk: value } });
    try {
      return await sentBy(credential);
    } catch (error) {
      if (credential === null || !hasCode(error, 'desk_unknown')) throw error;
      desk.refused(credential);
      if (routeOf(options.path).meta.access === 'desk') throw error;
      return sentBy(null);
    }
  };
}

function authorise(caller: Caller): Step {
  return async (options) => {
    const { access } = routeOf(options.path).meta;
    if (access === 'public' || access === 'desk') return options.next(options);
    const token = await caller.token();
    const withToken = (value: string | null) =>
      options.next({ ...options, context: { ...options.context, token: value } });
    try {
      return await withToken(token);
    } catch (error) {
      if (token === null || !hasCode(error, 'unauthorized')) throw error;
      const another = await caller.refused(token);
      if (another === null) throw error;
      return withToken(another);
    }
  };
}

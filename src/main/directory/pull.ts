import type { SyncEntity, SyncPage } from '#core/sync/rows.ts';
import { fetchPage } from './fetch-page.ts';
import type { DirectoryFiles } from './files.ts';

export interface PullOptions {
  /** Central's origin. */
  readonly url: string;
  readonly credential: string;
  readonly files: DirectoryFiles;
  readonly signal: AbortSignal;
  /** How many pulls were asked for until now. */
  readonly asked: () => number;
  /** After the commit of a page. */
  readonly kept: (entities: readonly SyncEntity[]) => void;
  /** A file that was pulled beside the one that is read has taken its place. */
  readonly swapped: () => void;
}

interface Request {
  readonly asked: number;
  readonly answer: Promise<SyncPage>;
}

/**
 * Pulls until the directory holds all that central has: the snapshot page by page, then the changes. Returns how many pulls
 * had been asked for when the last question went out. Where it is cut, it goes on from there the next time. The next page
 * is on its way while one is written.
 */
export async function pull(options: PullOptions): Promise<number> {
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  try {
    return await pullAll({ ...options, signal });
  } finally {
    ending.abort();
  }
}

async function pullAll(options: PullOptions): Promise<number> {
  const { files, signal } = options;
  let request = ask(options, files.target().meta.isWhole(), files.target().meta.cursor());
  for (;;) {
    const page = await request.answer;
    signal.throwIfAborted();
    const { asked } = request;
    const wasWhole = files.target().meta.isWhole();
    const isWhole = wasWhole || page.complete;
    const isLast = wasWhole && page.complete;
    if (!isLast) {
      request = ask(options, isWhole, page.cursor);
      // Writing keeps this thread: the question must be out before.
      await new Promise(setImmediate);
    }
    options.kept(files.target().apply(page, isWhole));
    if (isWhole && !wasWhole && files.isBeside()) {
      await files.swap();
      options.swapped();
    }
    if (!isLast) continue;
    files.target().meta.currentAt(new Date().toISOString());
    return asked;
  }
}

function ask({ url, credential, signal, asked }: PullOptions, whole: boolean, cursor: string | null): Request {
  const answer = fetchPage({ url, credential, signal, cursor, kind: whole ? 'changes' : 'snapshot' });
  // It may fail while the page before it is being written; whoever waits for it hears of it then.
  answer.catch(() => undefined);
  return { asked: asked(), answer };
}

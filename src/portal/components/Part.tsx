import { type ComponentType, use } from 'react';

/** Reads the file that a part of the page is in. */
export type Load<Props extends object = object> = () => Promise<ComponentType<Props>>;

const coming = new Map<object, Promise<unknown>>();
const here = new Map<object, unknown>();
const failed = new Set<object>();

/** What did not come is fetched anew when it is next shown: React's own lazy parts stay broken as long as the page lives. */
export function forgetFailed(): void {
  for (const load of failed) coming.delete(load);
  failed.clear();
}

function fetched<Props extends object>(load: Load<Props>): Promise<ComponentType<Props>> {
  const before = coming.get(load) as Promise<ComponentType<Props>> | undefined;
  if (before) return before;
  const now = load().then(
    (content) => {
      here.set(load, content);
      return content;
    },
    (cause: unknown) => {
      failed.add(load);
      // As a question without an answer, which is what it is.
      throw new TypeError('A part of the page did not come.', { cause });
    },
  );
  coming.set(load, now);
  return now;
}

/**
 * Fetches a part before it is shown: React shows a part's stand-in for at least 0.3 s once it began to. One that does not
 * come is told of where it is shown.
 */
export async function fetchAhead<Props extends object>(load: Load<Props>): Promise<void> {
  await fetched(load).catch(() => undefined);
}

interface PartProps<Props extends object> {
  /** The same function each time. */
  readonly load: Load<Props>;
  readonly props: Props;
}

/** A part in a file of its own, fetched when it is first shown. Suspends until it is there; throws when it does not come. */
export function Part<Props extends object>({ load, props }: PartProps<Props>) {
  const Content = (here.get(load) as ComponentType<Props> | undefined) ?? use(fetched(load));
  return <Content {...props} />;
}

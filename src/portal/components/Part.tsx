import { type ComponentType, use } from 'react';

/** Reads the file that a part of the page is in. */
export type Load<Props extends object = object> = () => Promise<ComponentType<Props>>;

const coming = new Map<object, Promise<unknown>>();
const failed = new Set<object>();

/** What did not come is fetched anew when it is next shown: React's own lazy parts stay broken as long as the page lives. */
export function forgetFailed(): void {
  for (const load of failed) coming.delete(load);
  failed.clear();
}

function fetched<Props extends object>(load: Load<Props>): Promise<ComponentType<Props>> {
  const before = coming.get(load) as Promise<ComponentType<Props>> | undefined;
  if (before) return before;
  const now = load().catch((cause: unknown) => {
    failed.add(load);
    // As a question without an answer, which is what it is.
    throw new TypeError('A part of the page did not come.', { cause });
  });
  coming.set(load, now);
  return now;
}

interface PartProps<Props extends object> {
  /** The same function each time. */
  readonly load: Load<Props>;
  readonly props: Props;
}

/** A part in a file of its own, fetched when it is first shown. Suspends until it is there; throws when it does not come. */
export function Part<Props extends object>({ load, props }: PartProps<Props>) {
  const Content = use(fetched(load));
  return <Content {...props} />;
}

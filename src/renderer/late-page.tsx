import { type ComponentType, lazy, useState } from 'react';

/** A page in a file of its own. */
export interface LatePage {
  readonly Late: ComponentType;
  /** The page, once its file was read. */
  here: ComponentType | null;
  read(): Promise<{ default: ComponentType }>;
}

export function latePage(load: () => Promise<ComponentType>): LatePage {
  const page: LatePage = {
    here: null,
    async read() {
      page.here ??= await load();
      return { default: page.here };
    },
    Late: lazy(() => page.read()),
  };
  return page;
}

/** Shows a page that was read before at once: React shows what is lazy no sooner than 0.3 s after its stand-in. */
export function Shown({ page }: { page: LatePage }) {
  const [Content] = useState<ComponentType>(() => page.here ?? page.Late);
  return <Content />;
}

import type { ResourceKey } from 'i18next';

const files = import.meta.glob<ResourceKey>('./*.json', { eager: true, import: 'default' });

/** Namespace to texts: every JSON file beside this one. */
export const catalogue: Record<string, ResourceKey> = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.slice('./'.length, -'.json'.length), texts]),
);

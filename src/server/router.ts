import { accessRoutes } from './access/routes.ts';
import type { AccessTokens } from './access/tokens.ts';

/** What the routes need besides their request's context. */
export interface RouterParts {
  readonly tokens: AccessTokens;
}

/** Every route of the contract, each from the feature that owns it. */
export function createRouter({ tokens }: RouterParts) {
  return {
    ...accessRoutes(tokens),
  };
}

/** What a link to the operator's own page is about: ids of the portal, and nothing personal. */
export interface LinkFacts {
  readonly invoice?: string;
  readonly service?: number;
  readonly offer?: number;
}

/** The operator's address with what it is about as `invoice`, `service` and `offer` in its query; its own query stays. */
export function redirectTo(address: string, about: LinkFacts): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(about)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.toString();
}

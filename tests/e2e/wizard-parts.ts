import type { Page } from 'playwright-core';
import type { TestCentral } from '../parts/central.ts';

/** SIM cards of the sales desk's store that nobody holds. */
export async function freeSims(central: TestCentral): Promise<[Sim, ...Sim[]]> {
  const sales = await central.asSales();
  const { items } = await sales.inventory.items({ template: 'sim_card', storeId: 1, pickable: true, limit: 200 });
  const [first, ...others] = items
    .filter(({ reservation }) => reservation === null)
    .map(({ id, label, identifiers }) => ({ id, label, iccid: identifiers.iccid ?? '' }));
  if (first === undefined) throw new Error('the demo has no free SIM card left');
  return [first, ...others];
}

export interface Sim {
  readonly id: number;
  readonly label: string;
  readonly iccid: string;
}

/** Waits until the wizard stands at a step, by its name on the bar. */
export async function atStep(page: Page, name: string): Promise<void> {
  await page.locator('[aria-current="step"]', { hasText: name }).waitFor();
}

/** Waits for the review and its checks. */
export async function reviewOf(page: Page): Promise<void> {
  await heading(page, 'Is everything right?');
  await page.getByTestId('confirm').waitFor();
}

export async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name }).waitFor();
}

export function orderOf(page: Page) {
  return page.getByTestId('job-id');
}

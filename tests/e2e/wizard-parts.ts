import type { Page } from 'playwright-core';
import type { RunningCentral } from '../parts/central.ts';
import type { DeskPage } from './desk-page.ts';

export interface Sim {
  readonly id: number;
  readonly label: string;
  readonly iccid: string;
}

/** SIM cards of the sales desk's store that nobody holds. */
export async function freeSims(central: RunningCentral): Promise<[Sim, Sim, ...Sim[]]> {
  const sales = await central.asSales();
  const { items } = await sales.inventory.items({ template: 'sim_card', storeId: 1, pickable: true, limit: 200 });
  const [first, second, ...others] = items
    .filter(({ reservation }) => reservation === null)
    .map(({ id, label, identifiers }) => ({ id, label, iccid: identifiers.iccid ?? '' }));
  if (first === undefined || second === undefined) throw new Error('the demo has too few free SIM cards left');
  return [first, second, ...others];
}

/** Waits until the wizard stands at a step, by its name on the bar. */
export async function atStep(page: Page, name: string): Promise<void> {
  await page.locator('[aria-current="step"]', { hasText: name }).waitFor();
}

/** Waits for the review and its Confirm. */
export async function reviewOf(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Is everything right?' }).waitFor();
  await page.getByTestId('confirm').waitFor();
}

/** From the home page to the review of a 20 GB plan for John Smith, with a scanned SIM. Returns the SIM. */
export async function scanToReview({ page, hands, central, open }: DeskPage<RunningCentral>): Promise<Sim> {
  const [sim] = await freeSims(central);
  await open('/');
  await hands.scan(sim.iccid);
  await atStep(page, 'Customer');
  await hands.type('123');
  await hands.press('Enter');
  await atStep(page, 'Plan');
  await hands.press('Enter');
  await reviewOf(page);
  return sim;
}

/** A text on the ticket, exactly as it stands there. */
export function onTicket(page: Page, text: string | RegExp) {
  return page.getByRole('complementary').getByText(text, { exact: true }).locator('visible=true');
}

/** The draft on screen, by its address. */
export function draftIdOf(page: Page): string {
  const [, id = ''] = /#\/assign\/([0-9a-f-]+)/.exec(page.url()) ?? [];
  return id;
}

export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name }).first().waitFor();
}

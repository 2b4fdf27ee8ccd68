import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { startTestCentral, type TestCentral } from '../parts/central.ts';
import { type Gateway, startGateway } from '../parts/gateway.ts';
import { type DeskPage, type Shell, startDeskPage } from './desk-page.ts';

const INVITATION = 'an invitation that this fleet knows';
export const PIN = '274918';

/** A shop whose line to central can be cut; its desks are let in by invitation. */
export interface Shop {
  readonly central: TestCentral;
  readonly line: Gateway;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const central = await startTestCentral({ demo: 'small', env: { COMPTOIR_DESK_INVITATION: INVITATION } });
  const line = await startGateway(central.url);
  return {
    central,
    line,
    async close() {
      await line.close();
      await central.stop();
    },
  };
}

/** A data folder that goes with the test. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-offline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

interface Counter {
  readonly shell?: Shell;
  readonly folder: string;
  /** Without it, the desk asks for a code like any other. */
  readonly invited?: boolean;
}

/** A desk of the shop, on its line. It ends with the test. */
export async function openDesk({ central, line }: Shop, { shell, folder, invited = true }: Counter): Promise<DeskPage> {
  const invitation = invited ? INVITATION : undefined;
  const desk = await startDeskPage({ shell, folder, central, centralUrl: line.url, invitation });
  onTestFinished(async () => {
    await shoot(desk, 'last').catch(() => undefined);
    await desk.stop().catch(() => undefined);
  });
  return desk;
}

/** What the status bar says. */
export function bar(page: Page, text: string | RegExp): Locator {
  return page.getByRole('region', { name: 'State of this desk' }).getByText(text).first();
}

/** Waits until the desk holds all that central has, and its share of the stock. */
export async function untilCurrent({ page }: DeskPage): Promise<void> {
  await bar(page, /^Directory current/).waitFor({ state: 'attached' });
}

export async function untilCut({ page }: DeskPage): Promise<void> {
  await bar(page, /^No line since/).waitFor({ state: 'attached' });
}

export async function untilMended({ page }: DeskPage): Promise<void> {
  await bar(page, 'Online').waitFor({ state: 'attached' });
}

const FURTHEST = 120;

/** Goes to something by the Tab key alone. */
export async function tabTo({ hands }: DeskPage, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < FURTHEST; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await hands.press('Tab');
  }
  throw new Error('the Tab key does not lead there');
}

/** Presses a button by keyboard. */
export async function pressOn(desk: DeskPage, target: Locator): Promise<void> {
  await tabTo(desk, target);
  await desk.hands.press('Enter');
}

/** Sets the PIN that the bar asks for. */
export async function setPin(desk: DeskPage): Promise<void> {
  const { page, hands } = desk;
  await pressOn(
    desk,
    page.getByRole('region', { name: 'State of this desk' }).getByRole('button', { name: 'Set a PIN' }),
  );
  await pressOn(desk, page.getByRole('dialog').getByRole('button', { name: 'Set a PIN' }));
  await tabTo(desk, page.getByLabel('New PIN'));
  await hands.type(PIN);
  await tabTo(desk, page.getByLabel('The same again'));
  await hands.type(PIN);
  await hands.press('Enter');
  await page.getByText('PIN set for this desk').waitFor();
}

/** Opens a place by its command. */
export async function command({ page, hands }: DeskPage, words: string): Promise<void> {
  await hands.press('Control+k');
  await page.getByPlaceholder('Customer, number, ICCID, order, or a command').waitFor();
  await hands.type(words);
  await page.getByRole('button', { name: words }).first().waitFor();
  await hands.press('Enter');
}

export interface KeptWork {
  readonly type: string;
  readonly state: string;
  readonly localId: number | null;
  readonly payload: Record<string, unknown>;
}

/** What the desk keeps of its work, oldest first, read beside it. */
export function workOf(folder: string): KeptWork[] {
  const file = new Database(path.join(folder, 'desk/work.sqlite'), { readonly: true });
  try {
    const rows = file.prepare('select type, state, local_id as localId, document from outbox order by seq').all();
    return (rows as (Omit<KeptWork, 'payload'> & { document: string })[]).map(({ document, ...row }) => ({
      ...row,
      payload: JSON.parse(document).payload,
    }));
  } finally {
    file.close();
  }
}

/** The desk that an item belongs to, as the directory in this desk's folder has it; null while it has not heard. */
export function holderAt(folder: string, itemId: number): string | null {
  const file = new Database(path.join(folder, 'desk/directory.sqlite'), { readonly: true });
  try {
    const row = file.prepare('select desk_id as deskId from item where id = ?').get(itemId);
    return (row as { deskId: string | null } | undefined)?.deskId ?? null;
  } finally {
    file.close();
  }
}

/** Keeps every state that a piece of work shows on this screen, in order, until the page is left. */
export async function watchStates({ page }: DeskPage): Promise<() => Promise<Record<string, string[]>>> {
  await page.evaluate(() => {
    const seen: Record<string, string[]> = {};
    const look = () => {
      for (const entry of document.querySelectorAll('[data-testid="outbox-entry"]')) {
        const state = entry.querySelector('ol')?.getAttribute('aria-label')?.replace('State: ', '') ?? '';
        seen[entry.id] ??= [];
        if (seen[entry.id]?.at(-1) !== state) seen[entry.id]?.push(state);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Reflect.set(globalThis, 'seenStates', seen);
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'seenStates') as Record<string, string[]>);
}

/** A picture of the screen, into the folder that COMPTOIR_TEST_PICTURES names; for people who want to look. */
export async function shoot({ page }: Pick<DeskPage, 'page'>, ...name: string[]): Promise<void> {
  const folder = process.env.COMPTOIR_TEST_PICTURES;
  if (folder) await page.screenshot({ path: path.join(folder, `${name.join('-')}.png`) });
}

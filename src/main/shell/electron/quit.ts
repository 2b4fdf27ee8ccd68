import { app, BrowserWindow, dialog, Menu, powerMonitor, session } from 'electron';
import type { Host } from '../../host.ts';
import type { Log } from '../../log.ts';
import { shellTexts, unsentText } from '../texts.ts';

const QUIT = 0;
const STAY = 1;

/**
 * On Linux a signal, as a session's end sends it, can't be told from a person's quitting: there only the window asks, and
 * the menu has no Quit.
 */
const QUITS_BY_PERSONS = process.platform !== 'linux';
const WITHOUT_QUIT = [{ role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }] as const;

/**
 * Quitting waits until everything is closed. While work is not sent yet, whoever closes the window or quits is asked first;
 * a machine that shuts down, or a signal, is not kept waiting.
 */
export function stopBeforeQuit(host: Host, lock: { release(): void }, log: Log): void {
  if (!QUITS_BY_PERSONS) Menu.setApplicationMenu(Menu.buildFromTemplate([...WITHOUT_QUIT]));
  let isDecided = false;
  let isAsking = false;
  let isStopping = false;
  const decide = () => {
    isDecided = true;
  };

  const ask = async (window: BrowserWindow | null) => {
    if (isAsking) return;
    isAsking = true;
    try {
      if (await wantsToQuit(host, window)) {
        decide();
        app.quit();
      }
    } finally {
      isAsking = false;
    }
  };
  const mustAsk = () => !isDecided && !isStopping && host.unsent() > 0;

  const watch = (window: BrowserWindow) => {
    window.on('close', (event) => {
      if (!mustAsk()) return;
      event.preventDefault();
      void ask(window);
    });
    // Windows says so before it ends the session.
    window.on('query-session-end', decide);
    window.on('session-end', decide);
  };
  for (const window of BrowserWindow.getAllWindows()) watch(window);
  app.on('browser-window-created', (_event, window) => watch(window));
  powerMonitor.on('shutdown', decide);
  // Before the listener that quits.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.prependListener(signal, decide);

  app.on('before-quit', (event) => {
    event.preventDefault();
    if (QUITS_BY_PERSONS && mustAsk()) return void ask(BrowserWindow.getAllWindows()[0] ?? null);
    if (isStopping) return;
    isStopping = true;
    // What the page keeps for its next start is written seconds late otherwise.
    session.defaultSession.flushStorageData();
    // Closing windows keeps their bounds.
    for (const window of BrowserWindow.getAllWindows()) window.close();
    host
      .stop()
      .catch((error: unknown) => log.error({ err: error }, 'the desk did not stop cleanly'))
      .finally(() => {
        lock.release();
        app.exit(0);
      });
  });
}

async function wantsToQuit(host: Host, window: BrowserWindow | null): Promise<boolean> {
  const language = await host.language();
  const { quit, stay } = shellTexts(language);
  const box = {
    type: 'warning' as const,
    title: 'Comptoir',
    message: unsentText(language, host.unsent()),
    buttons: [quit, stay],
    defaultId: STAY,
    cancelId: STAY,
    noLink: true,
  };
  const { response } = await (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
  return response === QUIT;
}

import { BrowserWindow } from 'electron';
import { PAGE } from './origin.ts';
import { keepBounds, readBounds } from './window-bounds.ts';

const SMALLEST = { minWidth: 800, minHeight: 600 };
const USUAL = { width: 1366, height: 900 };

/** Opens the desk's window; resolves when it is shown. */
export async function openWindow(dataDir: string, preload: string): Promise<BrowserWindow> {
  const bounds = readBounds(dataDir);
  const window = new BrowserWindow({
    ...SMALLEST,
    ...USUAL,
    ...(bounds === null ? {} : { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }),
    title: 'Comptoir',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The viewer of documents for print.
      plugins: true,
    },
  });
  keepBounds(window, dataDir);
  if (bounds?.maximized) window.maximize();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.reload();
  });
  const shown = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
  await window.loadURL(PAGE);
  await shown;
  window.show();
  return window;
}

/** Brings the desk's window to the front. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

// Finding a Chromium-like browser and opening the desk in a window of its own.
import path from 'node:path';
import { windows } from './paths.mjs';
import { isExecutable, program } from './programs.mjs';
import { startProgram } from './run.mjs';

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The first Chromium, Chrome or Edge of this machine (COMPTOIR_BROWSER goes first); nothing when there is none. */
export function findBrowser() {
  return candidates().find(isExecutable);
}

/** Why no window can be opened here, or nothing when one can. */
export function noWindowReason() {
  if (process.env.COMPTOIR_NO_OPEN === '1') return 'COMPTOIR_NO_OPEN is set';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'this machine has no display';
  return undefined;
}

/** Opens a URL in an app window with a profile of its own, so that closing the window ends the browser. */
export function openWindow(browser, url, profile) {
  const args = [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--window-size=1366,900',
  ];
  // Chromium refuses to run as root with its sandbox; the page is our own, from the loopback.
  if (process.getuid?.() === 0) args.push('--no-sandbox', '--test-type');
  return startProgram('browser', browser, args, { ipc: false });
}

function candidates() {
  const given = process.env.COMPTOIR_BROWSER ? [process.env.COMPTOIR_BROWSER] : [];
  if (windows) {
    const folders = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].filter(
      Boolean,
    );
    return [...given, ...folders.flatMap((folder) => windowsPrograms.map((program) => path.join(folder, program)))];
  }
  if (process.platform === 'darwin') {
    const folders = ['/Applications', path.join(process.env.HOME ?? '/', 'Applications')];
    return [
      ...given,
      ...folders.flatMap((folder) => macPrograms.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`)),
    ];
  }
  return [...given, ...linuxNames.map(program).filter(Boolean)];
}

import './reset.css';
import '@fontsource-variable/inter';
import '@mantine/core/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { desk } from './desk.ts';
import { host } from './host-link.ts';
import { machineLanguage, startI18n } from './i18n.ts';
import { keptLanguage, wasSignedOut } from './kept.ts';
import { createQueryClient } from './query-client.ts';

/** The shop's language; the machine's own while the host can't be asked. */
async function chosenLanguage() {
  try {
    return (await desk.system.settings()).language;
  } catch {
    return machineLanguage();
  }
}

const HIDDEN_MS = 300;

/** Resolves when a frame has been drawn; a window that nobody sees draws none. */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, HIDDEN_MS);
  });
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// The language of last time is right nearly always, and needs no host; a change made elsewhere follows with its settings.
const language = keptLanguage();
// A sign-in that can be drawn without the host comes first: asked for, the host starts, which keeps the machine busy.
const isDrawnAlone = language !== null && wasSignedOut();
if (!isDrawnAlone) host.start();
await startI18n(language ?? (await chosenLanguage()));
createRoot(root).render(
  <StrictMode>
    <App queryClient={createQueryClient()} />
  </StrictMode>,
);
if (isDrawnAlone) {
  await firstFrame();
  host.start();
}

const RELOADED = 'comptoir.portal.reloaded';
const AGAIN_MS = 30_000;

/**
 * A file of the page did not come. When the server answers, it is of a version that is gone, and the page begins anew as the
 * newer one; without a line the page stays. Once in a while only: what is missing in the newer one too is told in words.
 */
export async function reloadWhenNewer(): Promise<void> {
  try {
    const { ok } = await fetch('/portal/', { cache: 'no-store' });
    if (!ok || Date.now() - lastReload() < AGAIN_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  } catch {
    // No line, or a frame whose browser keeps nothing for it: the page says that something is missing.
  }
}

function lastReload(): number {
  return Number(sessionStorage.getItem(RELOADED) ?? 0);
}

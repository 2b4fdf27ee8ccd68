// Real parts for the tests from Debian's packages, where there is apt and the right to use it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './browser.mjs';
import { step, tail } from './log.mjs';
import { program } from './programs.mjs';
import { runTool } from './run.mjs';

const installLimitMs = 10 * 60_000;

/** Each part: its Debian package, how to see that it is here, and which tests need it. */
const parts = [
  { name: 'chromium', present: () => Boolean(findBrowser()), use: 'the screens in a real browser' },
  { name: 'socat', present: () => Boolean(program('socat')), use: 'serial readers on real ptys' },
  { name: 'udev', present: () => Boolean(program('udevadm')), use: 'finding serial devices' },
  { name: 'pcscd', present: () => Boolean(program('pcscd')), use: 'SIM readers' },
  {
    name: 'vsmartcard-vpcd',
    present: () => existsSync('/usr/lib/pcsc/drivers/serial/libifdvpcd.so'),
    use: 'a virtual SIM card in a reader',
  },
  { name: 'osmo-hlr', present: () => Boolean(program('osmo-hlr')), use: "the HLR's own control interface" },
  { name: 'xvfb', present: () => Boolean(program('Xvfb')), use: 'Electron without a display' },
  { name: 'xauth', present: () => Boolean(program('xauth')), use: 'Electron without a display' },
];

/**
 * Installs the missing parts by apt where that is allowed, and returns those that are still missing: [{ name, use, why }].
 */
export async function ensureTestParts() {
  if (process.platform !== 'linux') return parts.filter(isMissing).map(describe('it is installed on Linux only'));
  let missing = [];
  await step('looking for the parts that tests need', async () => {
    const wanted = parts.filter(isMissing).map(({ name }) => name);
    if (wanted.length === 0) return 'the parts that tests need are here';
    const why = await install(wanted);
    missing = parts.filter(isMissing).map(describe(why));
    const got = wanted.length - missing.length;
    return got > 0
      ? `installed ${got} of ${wanted.length} parts that tests need`
      : `missing parts: ${wanted.join(', ')}`;
  });
  return missing;
}

/** Tries apt; returns why a package that is still missing could not be had. */
async function install(names) {
  if (!program('apt-get')) return 'this system has no apt';
  const sudo = becomeRoot();
  if (!sudo) return 'apt needs root, and sudo asks for a password here';
  const apt = (args) => {
    const [file, ...rest] = [...sudo, 'apt-get', '-qq', ...args];
    return runTool(file, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, limitMs: installLimitMs });
  };
  const update = await apt(['update']);
  if (update.code !== 0) return `apt-get update failed: ${tail(update.output, 1)}`;
  const add = (packages) => apt(['install', '-y', '--no-install-recommends', ...packages]);
  if ((await add(names)).code === 0) return 'its package does not bring it';
  // One unknown package refuses them all: take what there is.
  for (const name of names) await add([name]);
  return 'apt could not install it';
}

/** What to put before a command so that it runs as root: nothing for root, sudo without a password, or no way. */
function becomeRoot() {
  if (process.getuid() === 0) return [];
  const sudo = program('sudo');
  return sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? [sudo, '-n'] : undefined;
}

function isMissing({ present }) {
  return !present();
}

function describe(why) {
  return ({ name, use }) => ({ name, use, why });
}

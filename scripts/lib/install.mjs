// Installs what is missing, from the lock file, whatever Node and npm the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal, step, tail } from './log.mjs';
import { cache, modules, pinnedNode, root, windows } from './paths.mjs';
import { runTool } from './run.mjs';

const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(modules, '.comptoir-lock');

/** Makes node_modules what the lock file says: complete, with a pinned Node that runs and native parts that load. */
export async function ensureInstalled() {
  await step('installing packages', async () => {
    const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
    const reason = missing(lock);
    if (reason) await install();
    const broken = await repair(lock);
    if (broken && !reason) await install();
    if (broken) await refuseBroken(lock);
    writeStamp();
    if (reason || broken) return `packages installed from the lock file: ${reason ?? broken}`;
    return `packages match the lock file, Node ${pinnedVersion(lock)}`;
  });
}

/** Why node_modules is not what the lock file asks for; nothing when it is. */
function missing(lock) {
  if (!existsSync(modules)) return 'first start';
  if (!stampMatches() && !treeMatches(lock)) return 'the lock file has changed';
  const gone = required(lock).find(([place]) => !existsSync(path.join(root, place, 'package.json')));
  return gone ? `${gone[0]} was missing` : undefined;
}

/** Packages that every machine must have; the rest are for other systems or optional. */
function required(lock) {
  return Object.entries(lock.packages).filter(
    ([place, entry]) => place !== '' && !entry.optional && !entry.devOptional && !entry.link,
  );
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function stampMatches() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash();
}

function writeStamp() {
  if (!stampMatches()) writeFileSync(stampFile, lockHash());
}

/** Whether npm's own record of the tree has the versions of the lock file (someone ran npm by hand). */
function treeMatches(lock) {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return required(lock).every(([place, { version }]) => installed[place]?.version === version);
}

/** Mends the two parts that npm is known to lose: the pinned Node and the store's native part. */
async function repair(lock) {
  if (!nodeRuns(lock)) {
    await mustNpm(['rebuild', 'node']);
    if (!nodeRuns(lock)) return 'the pinned Node did not run';
  }
  if (!storeLoads()) {
    await mustNpm(['rebuild', 'better-sqlite3']);
    if (!storeLoads()) return 'better-sqlite3 did not load';
  }
  return undefined;
}

async function refuseBroken(lock) {
  const broken = await repair(lock);
  if (!broken) return;
  throw new Refusal(`The packages are installed, but ${broken} on ${process.platform}-${process.arch}.`);
}

function pinnedVersion(lock) {
  return lock.packages['node_modules/node'].version;
}

function nodeRuns(lock) {
  const { status, stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8', windowsHide: true });
  return status === 0 && stdout.trim() === `v${pinnedVersion(lock)}`;
}

function storeLoads() {
  const open = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(pinnedNode, ['-e', open], { cwd: root, stdio: 'ignore', windowsHide: true }).status === 0;
}

async function install() {
  stepAsideOnWindows();
  const { code, output } = await npm(['ci', '--include=dev', '--include=optional']);
  if (code === 0) return;
  // A registry that carries fewer systems than npm ci wants listed: the same versions, without that demand.
  if (!output.includes('EUSAGE')) refuseNpm('ci', code, output);
  await mustNpm(['install', '--no-save', '--include=dev', '--include=optional']);
}

async function mustNpm(args) {
  const { code, output } = await npm(args);
  if (code !== 0) refuseNpm(args.join(' '), code, output);
}

function npm(args) {
  const { file, first, shell } = npmCommand();
  return runTool(file, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], { shell });
}

function refuseNpm(what, code, output) {
  if (/EACCES|EPERM/.test(output)) {
    throw new Refusal(
      `This user can't write ${modules}: start Comptoir as the owner of its folder.\n${tail(output, 6)}`,
    );
  }
  throw new Refusal(`npm ${what} failed (code ${code}):\n${tail(output)}`);
}

/** The npm that started us, run by its own Node: ours may be the one being replaced. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('.js') && node && existsSync(script) && existsSync(node) && !node.startsWith(modules)) {
    return { file: node, first: [script], shell: false };
  }
  return { file: windows ? 'npm.cmd' : 'npm', first: [], shell: windows };
}

/** Windows does not delete a program that runs, but lets it be moved: npm replaces the Node that runs this. */
function stepAsideOnWindows() {
  if (!windows || !process.execPath.startsWith(modules)) return;
  mkdirSync(cache, { recursive: true });
  renameSync(process.execPath, path.join(cache, `node-replaced-${process.pid}.exe`));
}

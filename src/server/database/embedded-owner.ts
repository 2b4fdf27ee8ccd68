import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** As whom PostgreSQL's programs run: ourselves, or, started as root, the system user postgres. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const USER = 'postgres';

/** PostgreSQL refuses to run as root; the user it runs as instead is made when the system has none. */
export async function ownerOf(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  return (await lookUp()) ?? (await makeUser());
}

async function lookUp(): Promise<Owner | null> {
  try {
    const [user, group] = await Promise.all([execute('id', ['-u', USER]), execute('id', ['-g', USER])]);
    return { uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return null;
  }
}

async function makeUser(): Promise<Owner> {
  await execute('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER]);
  const made = await lookUp();
  if (!made) throw new Error(`The system user ${USER}, as whom PostgreSQL must run, could not be made.`);
  return made;
}

const environment = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' };

/** Runs one of PostgreSQL's programs to its end. Throws with what it said. */
export async function run(program: string, args: readonly string[], owner: Owner): Promise<void> {
  try {
    const options = { ...owner, env: environment, cwd: '/', windowsHide: true, maxBuffer: 16 * 1024 * 1024 };
    await execute(program, args, options);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${program} failed: ${said || (error instanceof Error ? error.message : error)}`, { cause: error });
  }
}

/**
 * Runs a program that leaves a server behind. On Windows the server inherits the pipes of whoever starts it and keeps
 * them open, so there are none. Throws with the exit code.
 */
export async function runStarter(program: string, args: readonly string[], owner: Owner): Promise<void> {
  const child = spawn(program, args, { ...owner, env: environment, cwd: '/', windowsHide: true, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with code ${code}`);
}

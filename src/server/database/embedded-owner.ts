import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** As whom PostgreSQL's programs run: ourselves, or, started as root, the system user postgres. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const USER = 'postgres';

/** PostgreSQL refuses to run as root; the user it runs as instead is made when the system has none. */
export async function ownerOf(_dir: string): Promise<Owner> {
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

/** Runs one of PostgreSQL's programs to its end. Throws with what it said. */
export async function run(program: string, args: readonly string[], owner: Owner): Promise<void> {
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' };
  try {
    await execute(program, args, { ...owner, env, cwd: '/', windowsHide: true, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${program} failed: ${said || (error instanceof Error ? error.message : error)}`, { cause: error });
  }
}

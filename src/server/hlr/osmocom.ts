import { connect, type Socket } from 'node:net';
import { badAnswer, refused, unreachable } from '../connectors/failure.ts';
import { type Hlr, type Line, type Subscriber, servesAnother } from './hlr.ts';
import { controlMessages, frame } from './ipa.ts';

const CTRL_PORT = 4259;
const MISSING = 'No such subscriber.';

/** The control interface said ERROR, with these words. */
class ControlError extends Error {}

/** One connection: requests one after the other, answers matched by number. */
interface Control {
  get(variable: string): Promise<string>;
  set(variable: string, value: string): Promise<string>;
}

/**
 * Osmocom HLR over its control interface (IPA-framed CTRL, port 4259). Cards are made with `subscriber.create`, and
 * changed with `subscriber.by-imsi-….{msisdn,cs-enabled,ps-enabled}`; the VTY is not used.
 */
export function osmocomHlr(url: URL): Hlr {
  const port = url.port === '' ? CTRL_PORT : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const session = <T>(signal: AbortSignal, work: (control: Control) => Promise<T>) =>
    withControl(host, port, signal, work);
  return {
    target: `${url.hostname}:${port}`,
    // Any answer will do, an error too: the register is there.
    check: (signal) => session(signal, async (control) => void (await find(control, '000000000000000'))),
    find: (imsi, signal) => session(signal, (control) => find(control, imsi)),
    activate: (line, signal) => session(signal, (control) => activate(control, line)),
    deactivate: (line, signal) => session(signal, (control) => deactivate(control, line)),
  };
}

async function find(control: Control, imsi: string): Promise<Subscriber | null> {
  let info: string;
  try {
    info = await control.get(`subscriber.by-imsi-${imsi}.info`);
  } catch (error) {
    if (error instanceof ControlError && error.message === MISSING) return null;
    throw error;
  }
  const lines = info.split('\n').map((line) => line.split('\t'));
  const fields = new Map(lines.map(([name = '', value = '']) => [name.trim(), value.trim()]));
  if (fields.get('imsi') !== imsi) throw badAnswer(`the register described ${info} when asked for ${imsi}`);
  const msisdn = fields.get('msisdn') || null;
  return { imsi, msisdn, csEnabled: fields.get('nam_cs') === '1', psEnabled: fields.get('nam_ps') === '1' };
}

async function activate(control: Control, { imsi, msisdn }: Line): Promise<void> {
  const found = await find(control, imsi);
  if (found && servesAnother(found, msisdn)) throw refused(`card ${imsi} serves ${found.msisdn}`, { imsi });
  const of = (variable: string) => `subscriber.by-imsi-${imsi}.${variable}`;
  try {
    if (!found) await control.set('subscriber.create', imsi);
    if (found?.msisdn !== msisdn) await control.set(of('msisdn'), msisdn);
    await control.set(of('cs-enabled'), '1');
    await control.set(of('ps-enabled'), '1');
  } catch (error) {
    if (error instanceof ControlError)
      throw refused(`card ${imsi}, number ${msisdn}: ${error.message}`, { imsi, msisdn });
    throw error;
  }
}

async function deactivate(control: Control, { imsi, msisdn }: Line): Promise<void> {
  const found = await find(control, imsi);
  if (!found || (found.msisdn !== null && found.msisdn !== msisdn)) return;
  await control.set(`subscriber.by-imsi-${imsi}.msisdn`, 'none');
  await control.set(`subscriber.by-imsi-${imsi}.cs-enabled`, '0');
  await control.set(`subscriber.by-imsi-${imsi}.ps-enabled`, '0');
}

async function withControl<T>(
  host: string,
  port: number,
  signal: AbortSignal,
  work: (control: Control) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const socket = connect({ host, port, noDelay: true });
  const giveUp = () => socket.destroy(new Error('given up'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await work(controlOver(socket));
  } catch (error) {
    if (error instanceof ControlError) throw refused(`the register says: ${error.message}`);
    if (isSocketError(error)) throw unreachable(`${host}:${port}: ${error.message}`, { target: host }, error);
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
    socket.destroy();
  }
}

const isSocketError = (error: unknown): error is Error =>
  error instanceof Error && ('syscall' in error || error.message === 'given up' || error.message === 'closed');

function controlOver(socket: Socket): Control {
  const messages = controlMessages(socket);
  let count = 0;
  const ask = async (verb: 'GET' | 'SET', rest: string): Promise<string> => {
    count += 1;
    socket.write(frame(`${verb} ${count} ${rest}`));
    for (;;) {
      const { value, done } = await messages.next();
      if (done) throw new Error('closed');
      const answer = readAnswer(value);
      if (answer.kind === 'TRAP' || answer.id !== String(count)) continue;
      if (answer.kind === 'ERROR') throw new ControlError(answer.rest);
      if (answer.kind === `${verb}_REPLY`) return answer.rest.slice(answer.rest.indexOf(' ') + 1);
      throw badAnswer(`unexpected ${answer.kind} from the control interface`);
    }
  };
  return { get: (variable) => ask('GET', variable), set: (variable, value) => ask('SET', `${variable} ${value}`) };
}

/** `KIND id rest`, as in `GET_REPLY 1 variable value` and `ERROR 1 words`. */
function readAnswer(text: string): { kind: string; id: string; rest: string } {
  const parts = /^(\S+) (\S+) ?([\s\S]*)$/.exec(text);
  if (!parts) throw badAnswer(`the control interface sent ${JSON.stringify(text.slice(0, 100))}`);
  return { kind: parts[1] ?? '', id: parts[2] ?? '', rest: parts[3] ?? '' };
}

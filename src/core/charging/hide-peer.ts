const HIDDEN = '•';
const MOST_AT_START = 5;
/** From here on the last two digits are shown too: a short code would be told by them. */
const LONG = 7;

/** Another party's number as people may see it: how it starts and how it ends, at least a third of it hidden. */
export function hidePeer(peer: string): string {
  const characters = [...peer];
  const { length } = characters;
  const end = length >= LONG ? 2 : 0;
  const start = Math.min(MOST_AT_START, length - end - Math.ceil(length / 3));
  const hidden = length - start - end;
  return `${characters.slice(0, start).join('')}${HIDDEN.repeat(hidden)}${characters.slice(length - end).join('')}`;
}

interface Box {
  readonly left: number;
  readonly top: number;
}

/**
 * The card that an arrow, Home or End leads to from the card at `from`: sideways in reading order, up and down to the
 * nearest in the next row. Null when the key leads nowhere.
 */
export function nextCard(boxes: readonly Box[], from: number, key: string): number | null {
  const here = boxes[from];
  if (here === undefined) return null;
  switch (key) {
    case 'ArrowRight':
      return from + 1 < boxes.length ? from + 1 : null;
    case 'ArrowLeft':
      return from > 0 ? from - 1 : null;
    case 'Home':
      return 0;
    case 'End':
      return boxes.length - 1;
    case 'ArrowDown':
      return nearest(boxes, here, (top) => top > here.top + 1);
    case 'ArrowUp':
      return nearest(boxes, here, (top) => top < here.top - 1);
    default:
      return null;
  }
}

function nearest(boxes: readonly Box[], here: Box, isThatWay: (top: number) => boolean): number | null {
  const there = boxes.map((box, index) => ({ box, index })).filter(({ box }) => isThatWay(box.top));
  const [best] = there.sort(
    (a, b) =>
      Math.abs(a.box.top - here.top) - Math.abs(b.box.top - here.top) ||
      Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left),
  );
  return best?.index ?? null;
}

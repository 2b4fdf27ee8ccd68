/** Number of single-letter insertions, removals, changes and swaps of neighbours between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const best = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(best, (before[j - 2] ?? 0) + 1) : best);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const folded = (word: string) => word.toLowerCase().replaceAll(/[-_ ]/g, '');

/** The known word that was probably meant; null when none is near. */
export function closest(word: string, known: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | null = null;
  for (const candidate of known) {
    const steps = distance(folded(word), folded(candidate));
    if (steps <= limit && (best === null || steps < best.distance)) best = { word: candidate, distance: steps };
  }
  return best?.word ?? null;
}

/** `; did you mean x?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = closest(word, known);
  return found === null ? '' : `; did you mean ${found}?`;
}

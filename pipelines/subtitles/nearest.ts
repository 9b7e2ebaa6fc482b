/** The value of a sorted list that is nearest to one; undefined for an empty list. */
export function nearestTo(value: number, sorted: readonly number[]): number | undefined {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  const [before, after] = [sorted[low - 1], sorted[low]]
  if (before === undefined || after === undefined) return before ?? after
  return value - before < after - value ? before : after
}

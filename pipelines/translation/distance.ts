/**
 * The least number of characters to change, add or drop that makes one text the other (Levenshtein), or `most` + 1 once
 * it is sure to be more than `most`: only the diagonal band that can stay under it is looked at.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let above = Int32Array.from({ length: b.length + 1 }, (_, j) => j)
  let row = new Int32Array(b.length + 1)
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - most)
    const until = Math.min(b.length, i + most)
    row[0] = i
    if (from > 1) row[from - 1] = most + 1
    let least = from === 1 ? i : most + 1
    for (let j = from; j <= until; j++) {
      const over = j < i + most ? above[j]! : most + 1
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1
      row[j] = Math.min(above[j - 1]! + cost, over + 1, row[j - 1]! + 1)
      least = Math.min(least, row[j]!)
    }
    if (least > most) return most + 1
    ;[above, row] = [row, above]
  }
  return Math.min(above[b.length]!, most + 1)
}

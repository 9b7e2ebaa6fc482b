/** What is known of a case, the constant 1 among it, and whether it is right. */
export type Observation = { readonly values: readonly number[]; readonly right: boolean }

/** So strongly are weights held to nothing: enough to have an answer where the cases can be told apart without a fault. */
const ridge: number = 0.5

/** The weights that make the cases likeliest (logistic regression by Newton's steps). */
export function fitLogistic(cases: readonly Observation[]): number[] {
  const wide = cases[0]?.values.length ?? 0
  let weights = Array.from({ length: wide }, () => 0)
  for (let step = 0; step < 30; step++) {
    const slope = weights.map(weight => -ridge * weight)
    const bend = weights.map((_, row) => weights.map((_, column) => (row === column ? ridge : 0)))
    for (const { values, right } of cases) {
      const odds = values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)
      const likely = 1 / (1 + Math.exp(-odds))
      values.forEach((value, row) => {
        slope[row] = (slope[row] ?? 0) + ((right ? 1 : 0) - likely) * value
        const own = bend[row] ?? []
        values.forEach((other, column) => {
          own[column] = (own[column] ?? 0) + likely * (1 - likely) * value * other
        })
      })
    }
    const move = solve(bend, slope)
    weights = weights.map((weight, at) => weight + (move[at] ?? 0))
  }
  return weights
}

/** Gauss and Jordan, for a matrix that is positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  for (const [at, pivot] of rows.entries()) {
    const scale = pivot[at] ?? 1
    for (let column = 0; column < pivot.length; column++) pivot[column] = (pivot[column] ?? 0) / scale
    for (const other of rows) {
      if (other === pivot) continue
      const factor = other[at] ?? 0
      pivot.forEach((value, column) => {
        other[column] = (other[column] ?? 0) - factor * value
      })
    }
  }
  return rows.map(row => row.at(-1) ?? 0)
}

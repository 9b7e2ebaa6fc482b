import { base } from '../language.ts'
import type { FittedLine, Language, Ms } from '../terms.ts'

/**
 * Tells speaking time from letters alone, at once and anywhere: a page computes it at every key. The sum of `ms` for
 * every match of each pattern (flags `giu`), and `base`.
 */
export type Predictor = {
  readonly base: Ms
  readonly parts: readonly { readonly pattern: string; readonly ms: number }[]
  /** What one syllable more or less comes to. */
  readonly syllable: Ms
}

/** A pattern and its milliseconds before any line of the episode is known; the first pattern is the syllable. */
type Table = readonly (readonly [pattern: string, ms: number])[]

const pauses: Table = [
  ['[,;:、，；：—–]+(?=[^\\S\\n]*[\\p{L}\\p{N}])', 200],
  ['[.!?。！？…]+[”’"\'」』）)»]*(?=\\s*[\\p{L}\\p{N}¿¡“「『(])', 400],
]
const digits = ['\\p{N}', 300] as const
/**
 * Medians of fits to what the synthesizer takes for English and Spanish lines (spaced) and for Japanese ones; other
 * writings by their syllables a second (Pellegrino et al. 2011). The lines of the episode correct them.
 */
const tables: Readonly<Record<'spaced' | 'ja' | 'han' | 'ko', Table>> = {
  spaced: [
    ['[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿаеёиоуыэюяієїαεηιουωάέήίόύώ]+', 110],
    ['(?![aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿаеёиоуыэюяієїαεηιουωάέήίόύώ])\\p{L}', 40],
    ["[\\p{L}\\p{N}][\\p{L}\\p{N}’'-]*", 15],
    digits,
    ...pauses,
  ],
  ja: [
    ['[ぁ-ゖァ-ヺー](?<![ゃゅょャュョぁぃぅぇぉァィゥェォ])', 120],
    ['\\p{Script=Han}', 240],
    ['\\p{Script=Latin}', 150],
    ['\\p{N}', 330],
    ...pauses,
  ],
  han: [['\\p{Script=Han}', 210], ['\\p{Script=Latin}', 110], digits, ...pauses],
  ko: [['\\p{Script=Hangul}', 160], ['\\p{Script=Latin}', 110], digits, ...pauses],
}
const start: Ms = 60

const tableOf = (language: Language): Table => {
  const tongue = base(language)
  if (tongue === 'ja' || tongue === 'ko') return tables[tongue]
  return ['zh', 'yue', 'cmn'].includes(tongue) ? tables.han : tables.spaced
}

/** How sure the table is of itself, and how far lines lie from any such sum: as shares. */
const spread = { table: 0.3, line: 0.08 } as const

export type Row = { readonly text: string; readonly ms: Ms }

/**
 * The predictor of a language, corrected by lines whose time is known: the mean of the posterior of Bayesian linear
 * regression around the table (Bishop 2006, 3.3), as for the pace of a voice.
 */
export function learnPredictor(language: Language, rows: readonly Row[]): Predictor {
  const table = tableOf(language)
  const patterns = table.map(([pattern]) => new RegExp(pattern, 'giu'))
  const prior = [start, ...table.map(([, ms]) => ms)]
  const matrix = prior.map((ms, i) => prior.map((_, j) => (i === j ? 1 / (spread.table * ms) ** 2 : 0)))
  const right = prior.map(ms => ms / (spread.table * ms) ** 2)
  for (const { text, ms } of rows) {
    if (ms <= 0) continue
    const counts = [1, ...patterns.map(pattern => text.match(pattern)?.length ?? 0)]
    const weight = 1 / (spread.line * ms) ** 2
    for (const [i, one] of counts.entries()) {
      right[i] = (right[i] ?? 0) + weight * one * ms
      const row = matrix[i]
      if (row) for (const [j, other] of counts.entries()) row[j] = (row[j] ?? 0) + weight * one * other
    }
  }
  const [first = start, ...rest] = solve(matrix, right).map(ms => Math.max(0, Math.round(10 * ms) / 10))
  const parts = table.map(([pattern], at) => ({ pattern, ms: rest[at] ?? 0 }))
  const consonant = parts[1]?.ms ?? 0
  const syllable =
    tableOf(language) === tables.spaced ? (parts[0]?.ms ?? 0) + 1.5 * consonant : (parts[0]?.ms ?? 0)
  return { base: first, parts, syllable: Math.round(syllable) }
}

/** The predictor that the lines of a fitted episode teach. Lines that are said in one breath tell of letters alone. */
export const predictorOf = (language: Language, lines: readonly FittedLine[]): Predictor =>
  learnPredictor(
    language,
    lines.filter(({ phrases }) => phrases.length === 1).map(({ text, speaking }) => ({ text, ms: speaking })),
  )

/** What a text takes, by a predictor. */
export const predict = ({ base, parts }: Predictor, text: string): Ms =>
  text.trim() === ''
    ? 0
    : parts.reduce(
        (sum, { pattern, ms }) => sum + ms * (text.match(new RegExp(pattern, 'giu'))?.length ?? 0),
        base,
      )

/** Gaussian elimination with the largest pivot. The matrix is positive definite: the prior alone makes it so. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row
    const top = rows[pivot] ?? []
    rows[pivot] = rows[column] ?? []
    rows[column] = top
    for (const [at, row] of rows.entries()) {
      if (at === column) continue
      const factor = (row[column] ?? 0) / (top[column] ?? 1)
      for (let j = column; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0)
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1))
}

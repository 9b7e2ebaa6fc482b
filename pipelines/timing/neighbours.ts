import type { Line, Span, TranslatedLine } from '../terms.ts'
import { changeOf, type Plan, type Room } from './plan.ts'
import { neighbourMs } from './weights.ts'
import type { Wording } from './wording.ts'

/** A way to say a line: one of its wordings, laid into its room. */
export type Option = { readonly said: TranslatedLine; readonly wording: Wording; readonly plan: Plan }
/** A line with every way to say it; none when there is nothing to say. */
export type Row = {
  readonly line: TranslatedLine
  readonly source: Line
  readonly times: Times
  readonly room: Room
  readonly options: readonly Option[]
}
/** When a line is said, and whether a person's hand set it. */
export type Times = Span & { readonly id: string; readonly moved: boolean }

/**
 * One wording for every line: where a speaker goes on after a moment, a change of pace from line to line counts too
 * (Viterbi over the run of neighbours). A change to one line can reach no further than its run.
 */
export function chooseAll(rows: readonly Row[]): readonly (Option | undefined)[] {
  const chosen = new Map<Row, Option>()
  for (const run of runsOf(rows)) for (const [row, option] of chooseRun(run)) chosen.set(row, option)
  return rows.map(row => chosen.get(row))
}

function runsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = []
  const open = new Map<string, Row[]>()
  const inTime = rows.filter(row => row.options.length > 0).sort((a, b) => a.times.start - b.times.start)
  for (const row of inTime) {
    const who = row.source.speaker ?? ''
    const run = open.get(who)
    const gap = row.times.start - (run?.at(-1)?.times.end ?? Number.NEGATIVE_INFINITY)
    if (run && gap <= neighbourMs && gap >= 0) run.push(row)
    else {
      const fresh = [row]
      runs.push(fresh)
      open.set(who, fresh)
    }
  }
  return runs
}

type Path = { readonly cost: number; readonly option: Option; readonly before: Path | undefined }

function chooseRun(run: readonly Row[]): [Row, Option][] {
  let paths: Path[] = []
  for (const [turn, row] of run.entries())
    paths = row.options.map(option => {
      if (turn === 0) return { cost: option.plan.cost, option, before: undefined }
      const best = paths
        .map(before => ({
          before,
          cost: before.cost + changeOf(rateAt(before.option, -1), rateAt(option, 0)),
        }))
        .reduce((a, b) => (b.cost < a.cost ? b : a))
      return { cost: best.cost + option.plan.cost, option, before: best.before }
    })
  const chosen: Option[] = []
  for (
    let path: Path | undefined = paths.reduce((a, b) => (b.cost < a.cost ? b : a));
    path;
    path = path.before
  )
    chosen.unshift(path.option)
  return run.flatMap((row, index): [Row, Option][] => {
    const option = chosen[index]
    return option ? [[row, option]] : []
  })
}

const rateAt = ({ plan }: Option, at: number): number => plan.phrases.at(at)?.rate ?? 1

import type { Askew, LineScore, Ms, Score } from '../../pipelines/index.ts'

export type Scored = {
  readonly dub: string
  readonly original: string
  readonly lengths: { readonly dub: Ms; readonly original: Ms }
  readonly whole: Score & { readonly lengthCompliance?: number }
  readonly lines: readonly LineScore[]
  readonly askew?: Askew
  /** How long the dub speaks where the original has no line. */
  readonly stray: Ms
  /** How long each is heard to speak without a pause, where nobody can. */
  readonly unbroken: { readonly dub?: Ms | undefined; readonly original?: Ms | undefined }
}

/** Files whose lengths differ by this much may be two cuts: then beginnings don't tell of the dub. */
const unlike: Ms = 1000

const heads = ['start', 'overlap ∩', 'durations', 'IoU', 'rate', 'onset', 'offset', 'flaps', ''] as const

/** A score as a table for a terminal: lines, then the whole in words. */
export function tableOf({ dub, original, lengths, whole, lines, ...found }: Scored): string {
  const rows = lines.map(line => [
    clock(line.start),
    percent(line.intersection),
    percent(line.durations),
    percent(line.iou),
    line.rate?.toFixed(2) ?? '·',
    signed(line.onset),
    signed(line.offset),
    line.flaps === undefined ? '·' : percent(line.flaps),
    [line.speaker, line.text].filter(Boolean).join(': ').slice(0, 40),
  ])
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map(row => row[at]?.length ?? 0)))
  const print = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const errors = ({ median, p90, within }: NonNullable<Score['onset']>) =>
    `${median} ms, worst tenth ${p90} ms, from 80 early to 120 late ${percent(within)}`
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['lines', `${whole.lines}${whole.silent > 0 ? `, of them silent in the dub ${whole.silent}` : ''}`],
    [
      'lengths',
      Math.abs(lengths.dub - lengths.original) < unlike
        ? undefined
        : `the dub ${clock(lengths.dub)}, the original ${clock(lengths.original)}`,
    ],
    [
      'the dub as a whole',
      found.askew &&
        `lies ${seconds(Math.abs(found.askew.by))} ${found.askew.by > 0 ? 'late' : 'early'}: without, intersection over union ${percent(found.askew.iou)}`,
    ],
    ['speech outside of any line', found.stray >= unlike ? seconds(found.stray) : undefined],
    ...(['dub', 'original'] as const).map(
      side =>
        [
          `the ${side} has no pause`,
          found.unbroken[side] === undefined
            ? undefined
            : `in ${seconds(found.unbroken[side])}: music was taken for speech. Score its dialogue alone`,
        ] as const,
    ),
    ['speech overlap, intersection (Brannon; human dubs 73 %)', percent(whole.intersection)],
    ['speech overlap, durations (IWSLT)', percent(whole.durations)],
    ['intersection over union', percent(whole.iou)],
    [
      'rate from 0.85 to 1.15',
      whole.rateCompliance === undefined ? undefined : percent(whole.rateCompliance),
    ],
    ['smoothness of rate', whole.smoothness === undefined ? undefined : percent(whole.smoothness)],
    ['onset error, median', whole.onset && errors(whole.onset)],
    ['offset error, median', whole.offset && errors(whole.offset)],
    ['flaps spoken over', whole.flaps === undefined ? undefined : percent(whole.flaps)],
    [
      'length within 10 % (isometry)',
      whole.lengthCompliance === undefined ? undefined : percent(whole.lengthCompliance),
    ],
  ]
  const longest = Math.max(...facts.map(([name]) => name.length))
  return [
    `${dub} against ${original}`,
    '',
    print(heads),
    ...rows.map(print),
    '',
    ...facts.flatMap(([name, fact]) => (fact === undefined ? [] : [`${name.padEnd(longest)}  ${fact}`])),
  ].join('\n')
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const seconds = (ms: Ms) => `${(ms / 1000).toFixed(2)} s`
const signed = (ms: number | undefined) => (ms === undefined ? '·' : `${ms > 0 ? '+' : ''}${ms}`)
const clock = (ms: number) => {
  const whole = ms / 1000
  return `${Math.floor(whole / 60)}:${(whole % 60).toFixed(2).padStart(5, '0')}`
}

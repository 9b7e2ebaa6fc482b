import type { Cue, Finding } from '../../terms.ts'
import { widthOf } from '../width.ts'
import type { Profile } from './profile.ts'

type Figures = Readonly<Record<string, number | string>>
type Rule = {
  readonly rule: string
  readonly severity: Finding['severity']
  readonly says: string
  readonly mend: string
  /** What breaks the rule, as figures; nothing when it is kept. */
  readonly breaks: (cue: Cue, next: Cue | undefined, profile: Profile) => Figures | undefined
}

const rules: readonly Rule[] = [
  {
    rule: 'reading-speed',
    severity: 'warning',
    says: 'There is more to read than there is time.',
    mend: 'Shorten the text, or let it stay longer.',
    breaks: ({ start, end, text }, _, { speed, weigh }) => {
      const cps = round((1000 * widthOf(text.replaceAll('\n', ''), weigh)) / Math.max(1, end - start))
      return cps > speed ? { cps, limit: speed } : undefined
    },
  },
  {
    rule: 'row-length',
    severity: 'warning',
    says: 'A row is too long.',
    mend: 'Break or shorten it.',
    breaks: ({ text }, _, { row, weigh }) => {
      const width = Math.max(...text.split('\n').map(one => widthOf(one, weigh)))
      return width > row ? { width, limit: row } : undefined
    },
  },
  {
    rule: 'rows',
    severity: 'warning',
    says: 'There are too many rows.',
    mend: 'Shorten it, or make two captions of it.',
    breaks: ({ text }, _, { rows: limit }) => {
      const rows = text.split('\n').length
      return rows > limit ? { rows, limit } : undefined
    },
  },
  {
    rule: 'too-short',
    severity: 'warning',
    says: 'It stays too short.',
    mend: 'Let it stay longer, or join it with a neighbour.',
    // A millisecond of grace: the shortest stay is a fraction of frames.
    breaks: ({ start, end }, _, { shortest }) =>
      end - start + 1 < shortest ? { duration: end - start, limit: shortest } : undefined,
  },
  {
    rule: 'too-long',
    severity: 'warning',
    says: 'It stays too long.',
    mend: 'Split it.',
    breaks: ({ start, end }, _, { longest }) =>
      end - start > longest + 1 ? { duration: end - start, limit: longest } : undefined,
  },
  {
    rule: 'overlap',
    severity: 'warning',
    says: 'It is still there when the next one comes.',
    mend: 'Let it go earlier, or set both in one caption.',
    breaks: ({ end }, next) => (next && next.start < end ? { overlap: end - next.start } : undefined),
  },
]
const round = (value: number) => Math.round(value * 10) / 10

/** Findings of cues that follow each other on one place of the screen. */
export const checkCues = (cues: readonly Cue[], profile: Profile): readonly Finding[] =>
  cues.flatMap((cue, i) =>
    rules.flatMap(({ rule, severity, says, mend, breaks }): Finding[] => {
      const figures = breaks(cue, cues[i + 1], profile)
      if (!figures) return []
      const place = {
        line: cue.lines[0],
        span: { start: cue.start, end: cue.end },
        language: profile.language,
      }
      return [{ rule, severity, says, mend, figures, place }]
    }),
  )

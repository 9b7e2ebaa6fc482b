import type { Finding, Ms, Utterance } from '../../terms.ts'
import { isSpoken, type ScriptLine } from '../script.ts'
import type { Settled } from './settle.ts'
import type { Times } from './windows.ts'

/** How long a sign or a note without times of its own stands. */
const standing: Ms = 3000
/** Less sure than this, a person should listen. */
const doubtful = 0.5

/**
 * The script's lines as utterances, and what a person should see to.
 * @param placed by spoken line, where it was found
 * @param times what became of those the script gives
 * @param judged whether trust is a likelihood: else a low one is no reason to ask a person
 */
export function tell(
  script: readonly ScriptLine[],
  placed: readonly (Settled | undefined)[],
  times: Times | undefined,
  end: Ms,
  judged: boolean,
): { readonly utterances: readonly Utterance[]; readonly findings: readonly Finding[] } {
  const shift = times?.believed ? times.shift : 0
  const findings = [...(times ? ofTimes(times) : [])]
  const utterances: Utterance[] = []
  let turn = 0
  for (const { row, kind, speaker, text, start, end: until } of script) {
    const about = { text, kind, ...(speaker && { speaker }), pinned: true }
    const before = utterances.at(-1)?.end ?? 0
    if (!isSpoken(kind)) {
      const moved = Math.abs(shift) > shifted ? shift : 0
      const from = start === undefined ? before : Math.max(0, start + moved)
      const to = Math.max(from, until === undefined ? Math.min(end, from + standing) : until + moved)
      const trust = start === undefined || times?.believed === false ? 0.5 : 1
      utterances.push({ ...about, start: from, end: to, words: [], trust })
      continue
    }
    const place = placed[turn++]
    if (place) {
      utterances.push({ ...about, ...place })
      if (judged && place.trust < doubtful) findings.push(doubt(row, text, place))
      else if (times?.believed && start !== undefined && Math.abs(place.start - start - shift) > elsewhere)
        findings.push(timeOff(row, text, place, place.start - start - shift))
    } else {
      utterances.push({ ...about, start: before, end: before, words: [], trust: 0 })
      findings.push(unheard(row, text, before))
    }
  }
  return { utterances, findings }
}

/** Of times that are shifted by less a person need not know: they were taken down in whole seconds. */
const shifted: Ms = 1000
/** A line is not where its time says when it is this far from there. */
const elsewhere: Ms = 2000

function ofTimes({ believed, shift, of, agree }: Times): Finding[] {
  const about = { severity: 'warning', place: {} } as const
  const figures = { lines: of, agree, seconds: shift / 1000 }
  if (!believed)
    return [
      {
        ...{ rule: 'script-times-wrong', ...about, figures },
        says: 'The times of the script are not those of this recording; its lines were looked for without them.',
        mend: 'Give the script of this cut, or check the signs, which stand where the script says.',
      },
    ]
  if (Math.abs(shift) <= shifted) return []
  return [
    {
      ...{ rule: 'script-times-shifted', ...about, figures },
      says: 'The times of the script are all early or late by the same; signs and notes were moved with them.',
    },
  ]
}

const timeOff = (row: number, text: string, { start, end }: Settled, off: Ms): Finding => ({
  rule: 'script-time-off',
  severity: 'warning',
  place: { span: { start, end } },
  figures: { row, text, seconds: Math.round(off / 100) / 10 },
  says: 'The line was found elsewhere than the script says.',
  mend: 'Listen; mend the time where it is wrong.',
})

const doubt = (row: number, text: string, { start, end, trust }: Settled): Finding => ({
  rule: 'line-doubtful',
  severity: 'warning',
  place: { span: { start, end } },
  figures: { row, text, trust },
  says: 'What is heard here does not sound like this line of the script.',
  mend: 'Listen; mend the words or the times, or take the line out of the script.',
})

const unheard = (row: number, text: string, at: Ms): Finding => ({
  rule: 'line-unheard',
  severity: 'warning',
  place: { span: { start: at, end: at } },
  figures: { row, text },
  says: 'A line of the script was not heard.',
  mend: 'Listen; set its times if it is said, or take it out of the script.',
})

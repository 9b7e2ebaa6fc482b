import type { Finding, Ms, Utterance } from '../../terms.ts'
import { isSpoken, type ScriptLine } from '../script.ts'
import type { Settled } from './settle.ts'

/** How long a sign or a note without times of its own stands. */
const standing: Ms = 3000
/** Less sure than this, a person should listen. */
const doubtful = 0.5

/**
 * The script's lines as utterances, and what a person should see to.
 * @param placed by spoken line, where it was found
 * @param judged whether trust is a likelihood: else a low one is no reason to ask a person
 */
export function tell(
  script: readonly ScriptLine[],
  placed: readonly (Settled | undefined)[],
  end: Ms,
  judged: boolean,
): { readonly utterances: readonly Utterance[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const utterances: Utterance[] = []
  let turn = 0
  for (const { row, kind, speaker, text, start, end: until } of script) {
    const about = { text, kind, ...(speaker && { speaker }), pinned: true }
    const before = utterances.at(-1)?.end ?? 0
    if (!isSpoken(kind)) {
      const from = start ?? before
      const to = Math.max(from, until ?? Math.min(end, from + standing))
      utterances.push({ ...about, start: from, end: to, words: [], trust: start === undefined ? 0.5 : 1 })
      continue
    }
    const place = placed[turn++]
    if (place) {
      utterances.push({ ...about, ...place })
      if (judged && place.trust < doubtful) findings.push(doubt(row, text, place))
    } else {
      utterances.push({ ...about, start: before, end: before, words: [], trust: 0 })
      findings.push(unheard(row, text, before))
    }
  }
  return { utterances, findings }
}

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

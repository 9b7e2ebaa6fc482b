/**
 * A script aligned to the sound: a synthesizer says every line, and the cheapest path (dynamic time warping over cepstra,
 * in two looks) says when the recording does. Who hears mouths, when given, says whether it does, and mends the times.
 */
import type { Espeak } from '../espeak.ts'
import type { Inference } from '../onnx.ts'
import type { Stage } from '../stage.ts'
import type { Activity, Blob, Finding, Language, Ms, Span, Utterance } from '../terms.ts'
import { classes, hearRows } from '../visemes/ears.ts'
import { openWav } from '../wav.ts'
import { bands, frameMs, openMel } from './align/mel.ts'
import { type Reference, sayScript } from './align/reference.ts'
import { lookCoarsely, lookFinely, prepare, type Rough } from './align/search.ts'
import { type Found, inOrder, type Settled, settle } from './align/settle.ts'
import type { Circumstances } from './align/trust.ts'
import { overlap } from './guard.ts'
import { isSpoken, type ScriptLine } from './script.ts'

export type AlignAsk = {
  readonly script: readonly ScriptLine[]
  readonly ears: Blob
  readonly activity: Activity
  readonly language: Language
}

/** How long a sign or a note without times of its own stands. */
const standing: Ms = 3000

export async function alignScript(
  { script, ears, activity, language }: AlignAsk,
  espeak: Espeak,
  at: Stage,
  inference?: Pick<Inference, 'mouth'>,
): Promise<{ readonly utterances: readonly Utterance[]; readonly findings: readonly Finding[] }> {
  const spoken = script.filter(line => isSpoken(line.kind))
  const reference = await sayScript(
    spoken,
    language,
    espeak,
    at.signal,
    fraction => at.report(0.4 * fraction),
    inference,
  )
  const { mel, frames } = await listen(ears, at)
  at.report(0.6)
  const heardMouths = inference && (await hearMouths(ears, frames, inference, at))
  const mouths = heardMouths && reference.mouths && { sound: heardMouths, own: reference.mouths }
  const ready = prepare(mel, frames, activity.speech, reference, mouths)
  const place = (lines: Reference['lines'], rough: Rough) => lookFinely(ready, lines, rough)
  const { lines } = reference
  const found = lines.length > 0 ? readPath(place(lines, lookCoarsely(ready, lines)), reference) : []
  at.report(0.85)
  const pace = median(found.flatMap((line, turn) => (line ? [tempo(line, reference, turn)] : []))) || 1
  const judged = heardMouths && heldAgainst(found, heardMouths)
  at.report(0.95)
  const end = frames * frameMs

  const findings: Finding[] = []
  const utterances: Utterance[] = []
  let turn = 0
  for (const { row, kind, speaker, text, start, end: until } of script) {
    const about = { text, kind, ...(speaker && { speaker }), pinned: true }
    const before = utterances.at(-1)?.end ?? 0
    if (!isSpoken(kind)) {
      const from = start ?? before
      const to = until ?? Math.min(end, from + standing)
      utterances.push({
        ...about,
        start: from,
        end: Math.max(from, to),
        words: [],
        trust: start === undefined ? 0.5 : 1,
      })
      continue
    }
    const sure = judged?.[turn]
    const line = judged ? undefined : found[turn]
    if (sure) {
      utterances.push({ ...about, ...sure })
      if (sure.trust < doubtful) findings.push(doubt(row, text, sure))
    } else if (line) {
      const { off } = circumstances(turn, line)
      const heard = Math.min(1, overlap(line, activity.speech) / 0.7)
      utterances.push({ ...about, ...line, trust: Math.round(100 * heard * Math.exp(-1.2 * off)) / 100 })
    } else {
      utterances.push({ ...about, start: before, end: before, words: [], trust: 0 })
      findings.push({
        rule: 'line-unheard',
        severity: 'warning',
        place: { span: { start: before, end: before } },
        figures: { row, text },
        says: 'A line of the script was not heard.',
        mend: 'Listen; set its times if it is said, or take it out of the script.',
      })
    }
    turn++
  }
  return { utterances, findings }

  function circumstances(line: number, place: Span): Circumstances {
    // A song has a pace of its own.
    const sung = spoken[line]?.kind === 'song'
    return { off: sung ? 0 : Math.abs(Math.log(tempo(place, reference, line) / pace)) }
  }

  function heldAgainst(
    places: readonly (Found | undefined)[],
    mouths: Float32Array,
  ): (Settled | undefined)[] {
    const framesOf = ({ start, end }: Found) => ({ start: start / frameMs, end: end / frameMs })
    const again = (kept: ReadonlySet<number>) => {
      const rough = places.flatMap((found, line) => (kept.has(line) ? [found && framesOf(found)] : []))
      return readPath(
        place(
          lines.filter((_, line) => kept.has(line)),
          rough,
        ),
        reference,
      )
    }
    const heard = ({ start, end }: Span) => {
      const from = Math.floor(start / frameMs)
      const to = Math.min(frames, Math.ceil(end / frameMs))
      const shapes = mouths.slice(from * classes, to * classes).map(root => root * root)
      return { from, count: to - from, shapes, openness: new Float32Array(0) }
    }
    return settle(places, reference.shapes, again, {
      heard,
      length: frames * frameMs,
      about: circumstances,
      signal: at.signal,
    })
  }
}

/** Less sure than this, a person should listen. */
const doubtful = 0.5

const doubt = (row: number, text: string, { start, end, trust }: Settled): Finding => ({
  rule: 'line-doubtful',
  severity: 'warning',
  place: { span: { start, end } },
  figures: { row, text, trust },
  says: 'What is heard here does not sound like this line of the script.',
  mend: 'Listen; mend the words or the times, or take the line out of the script.',
})

async function listen(ears: Blob, at: Stage): Promise<{ mel: Float32Array; frames: number }> {
  const wav = await openWav(await at.file(ears))
  const analysis = await openMel(wav.sampleRate)
  try {
    const frames = Math.floor((wav.frames * 1000) / wav.sampleRate / frameMs)
    const mel = new Float32Array(frames * bands)
    // A minute at a time, so that a cancel is heeded.
    for (let from = 0; from < frames; from += 6000) {
      at.signal.throwIfAborted()
      const to = Math.min(frames, from + 6000)
      mel.set(await analysis.rows(wav.read, from, to), from * bands)
      at.report(0.4 + (0.2 * to) / frames)
    }
    return { mel, frames }
  } finally {
    analysis.close()
    await wav.close()
  }
}

/** Square roots of what the mouth model answers, row after row. */
async function hearMouths(
  ears: Blob,
  frames: number,
  inference: Pick<Inference, 'mouth'>,
  at: Stage,
): Promise<Float32Array> {
  const wav = await openWav(await at.file(ears))
  const out = new Float32Array(frames * classes)
  try {
    for await (const rows of hearRows(wav, { start: 0, end: frames * frameMs }, inference, at.signal))
      out.set(rows.shapes.map(Math.sqrt), rows.from * classes)
    return out
  } finally {
    await wav.close()
  }
}

/** Where each line lies in the path, and its words in it: a word starts with the first frame that says it. */
function readPath(path: Int32Array, { lines, words, frames }: Reference): (Found | undefined)[] {
  const first = new Int32Array(frames).fill(-1)
  const last = new Int32Array(frames).fill(-1)
  path.forEach((at, frame) => {
    if (at < 0) return
    if (first[at] === -1) first[at] = frame
    last[at] = frame
  })
  return lines.map(({ from, to }, line) => {
    const said = Array.from({ length: to - from }, (_, at) => from + at).filter(at => (first[at] ?? -1) >= 0)
    const [head, tail] = [said[0], said.at(-1)]
    if (head === undefined || tail === undefined) return undefined
    const start = (first[head] ?? 0) * frameMs
    const end = ((last[tail] ?? 0) + 1) * frameMs
    const frameAt = (ms: Ms) => from + Math.max(0, Math.min(to - from - 1, Math.round(ms / frameMs)))
    const startOf = (ms: Ms) => {
      const at = said.find(frame => frame >= frameAt(ms))
      return at === undefined ? end : (first[at] ?? 0) * frameMs
    }
    const endOf = (ms: Ms) => {
      const at = said.findLast(frame => frame <= frameAt(ms - frameMs))
      return at === undefined ? start : ((last[at] ?? 0) + 1) * frameMs
    }
    const timed = (words[line] ?? []).map(word => {
      const begin = Math.min(end, startOf(word.start))
      return { text: word.text, start: begin, end: Math.max(begin, endOf(word.end)) }
    })
    return { start, end, words: inOrder(timed) }
  })
}

const tempo = ({ start, end }: Span, { lines }: Reference, turn: number): number => {
  const line = lines[turn]
  return line ? Math.max(1, end - start) / ((line.to - line.from) * frameMs) : 1
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

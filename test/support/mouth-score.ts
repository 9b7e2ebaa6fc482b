/** How mouths are judged beside Rhubarb: by the letters that are written for those who read its files, and its own rules. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MouthShape, Span, Viseme } from '../../pipelines/terms.ts'
import { sheetOf } from '../../pipelines/timing/cues/hold.ts'
import { presets } from '../../pipelines/timing/cues/presets.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { rhubarbAllows, type TrueSpeech, trueShapes } from './truth.ts'

const counted = [
  ...(['right', 'open', 'all', 'allowed', 'near', 'spoken', 'lasting', 'steady'] as const),
  ...(['found', 'closures', 'heard'] as const),
] as const
/**
 * Counts of rows of 10 ms: `all`, of them those with the `right` viseme and those rightly `open` or shut; those `spoken`, of them
 * those whose letter is `allowed` for the sound, or for one within 40 ms (`near`); of those within sounds that are no stops (`steady`)
 * those allowed (`lasting`): Rhubarb shows a stop's closure before the time its recognizer gives, and anything within. And meetings of lips: `closures`, those
 * `found`, and those `heard`, rightly or not.
 */
export type Score = Readonly<Record<(typeof counted)[number], number>>

const summed = (value: (name: (typeof counted)[number]) => number) =>
  Object.fromEntries(counted.map(name => [name, value(name)])) as Score
export const added = (scores: readonly Score[]): Score =>
  summed(name => scores.reduce((sum, score) => sum + score[name], 0))

const aside = 40
/** Meetings of lips that are no farther apart are the same, in rows. */
const same = 6

/** `letters` and `visemes`: what was heard, every 10 ms. */
export function scoreOf(speech: TrueSpeech, letters: readonly string[], visemes?: readonly Viseme[]): Score {
  const truth = trueShapes(speech)
  const heard = runsOf(letters.map(letter => letter === 'A'))
  const shut = runsOf(truth.map(viseme => viseme === 'PP'))
  const letter = (row: number) => letters[row] ?? 'X'
  const allowed = (row: number, within: number) =>
    speech.phones.some(phone => holds(phone, row, within) && rhubarbAllows(phone).includes(letter(row)))
  const spoken = truth.flatMap((_, row) => (speech.phones.some(phone => holds(phone, row)) ? [row] : []))
  const steady = spoken.filter(row => !speech.phones.some(phone => holds(phone, row) && stop.test(phone.ipa)))
  return {
    right: truth.filter((viseme, row) => visemes?.[row] === viseme).length,
    open: truth.filter((viseme, row) => isOpen(viseme) === !'AX'.includes(letter(row))).length,
    all: truth.length,
    allowed: spoken.filter(row => allowed(row, 0)).length,
    near: spoken.filter(row => allowed(row, aside)).length,
    spoken: spoken.length,
    steady: steady.length,
    lasting: steady.filter(row => allowed(row, 0)).length,
    found: met(heard, shut),
    closures: shut.length,
    heard: heard.length,
  }
}

const stop = /^[pbtdkɡ](?!ʃ|ʒ)/
const holds = ({ start, end }: Span, row: number, within = 0) =>
  start - within <= row * 10 + 5 && row * 10 + 5 < end + within
const isOpen = (viseme: Viseme) => viseme !== 'sil' && viseme !== 'PP'

type Run = [from: number, to: number]
function runsOf(shut: readonly boolean[]): Run[] {
  const runs: Run[] = []
  shut.forEach((is, at) => {
    const last = runs.at(-1)
    if (is && last && last[1] === at) last[1]++
    else if (is) runs.push([at, at + 1])
  })
  return runs
}

/** How many of the true ones have one of those heard to themselves. */
function met(heard: readonly Run[], truth: readonly Run[]): number {
  const used = new Set<number>()
  for (const [start, end] of truth)
    used.add(heard.findIndex(([a, b], at) => !used.has(at) && Math.max(a - end, start - b, 0) <= same))
  return used.size - (used.has(-1) ? 1 : 0)
}

/** The shape in every 10 ms. */
export function rowsOf(shapes: readonly MouthShape[], length: number): Viseme[] {
  const out: Viseme[] = []
  for (const { end, viseme } of shapes)
    while (out.length * 10 + 5 < end && out.length < length) out.push(viseme)
  return out
}

/** What we write for those who read Rhubarb's files, every 10 ms, its holds and all: so are the rival's. */
export function lettersOf(shapes: readonly MouthShape[], length: number): string[] {
  const { exposures } = sheetOf(shapes, { rate: { num: 100, den: 1 }, preset: presets.rhubarb })
  return Array.from(
    { length },
    (_, row) => exposures.findLast(({ frame }) => frame <= row)?.drawing ?? presets.rhubarb.rest,
  )
}

/** Rhubarb's letters every 10 ms; TEXT among the options is a file of the words. Undefined where it has no such recognizer. */
export function rhubarbLetters(
  path: string,
  speech: TrueSpeech,
  options: readonly string[],
): string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kotodama-rival-'))
  try {
    const wav = join(folder, 'line.wav')
    writeFileSync(wav, encodeWav(speech.samples, 16_000))
    const text = join(folder, 'line.txt')
    writeFileSync(text, speech.text)
    const args = ['-f', 'json', ...options.map(option => (option === 'TEXT' ? text : option)), wav]
    const out = execFileSync(path, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const { mouthCues } = JSON.parse(out) as { mouthCues: { start: number; end: number; value: string }[] }
    return trueShapes(speech).map(
      (_, row) =>
        mouthCues.find(cue => cue.start <= row / 100 + 0.005 && row / 100 + 0.005 < cue.end)?.value ?? 'X',
    )
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

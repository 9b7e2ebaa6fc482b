/**
 * What the timing stage costs without the picture: CPU of the fit and of the synthesizer it asks, for episodes of several
 * lengths (so that it is seen whether it is linear); of the whole, a script aligned to the longest and its translation
 * fitted, by all processes; and the live budget at one key. `--minutes N` is the longest.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { budgetOf } from '../../client/budget.ts'
import { openEspeak } from '../../pipelines/espeak.ts'
import { openInference } from '../../pipelines/onnx.ts'
import { findSpeech } from '../../pipelines/speech/activity.ts'
import { alignScript } from '../../pipelines/speech/align.ts'
import type { Line, TranslatedLine } from '../../pipelines/terms.ts'
import { fit } from '../../pipelines/timing/fit.ts'
import { openPace } from '../../pipelines/timing/pace.ts'
import { predictorOf } from '../../pipelines/timing/predictor.ts'
import { scoreDub } from '../../pipelines/timing/score.ts'
import { verdicts } from '../../pipelines/timing/weights.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { chance } from '../support/chance.ts'
import { cpuOfAll, spentSince } from '../support/cpu.ts'
import { lineView } from '../support/desk.ts'
import { haveFlite } from '../support/flite.ts'
import { openBench } from '../support/stage.ts'
import { fliteTalk } from '../support/talks.ts'

const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '24' } } }).values
/** A line every 3.6 s, as in a talkative episode; a third of them have two more wordings, half have a pause. */
const every = 3600
const vocabulary =
  'wait for me the lantern went out again nobody knows where he is now stone festival old town bring it home please why never this time you and little star wakes'.split(
    ' ',
  )

function episode(length: number, seed: number): { lines: Line[]; translated: TranslatedLine[] } {
  const random = chance(seed)
  const pick = (count: number) =>
    Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(' ')
  const sentence = () => `${pick(2 + Math.floor(random() * 5))}, ${pick(2 + Math.floor(random() * 6))}.`
  const lines: Line[] = []
  const translated: TranslatedLine[] = []
  for (let start = 0; start + every <= length; start += every) {
    const id = `l${lines.length}`
    const end = start + 1500 + Math.floor(random() * 1800)
    const pause = random() < 0.5
    const half = Math.round((start + end) / 2)
    const words = pause
      ? [
          { start, end: half - 200, text: '待って' },
          { start: half + 200, end, text: '行こう' },
        ]
      : [{ start, end, text: '待って' }]
    const speaker = lines.length % 3 === 0 ? 'ソウタ' : 'ハル'
    lines.push({
      id,
      start,
      end,
      text: '待って',
      words,
      kind: 'dialogue',
      speaker,
      trust: 1,
      hand: 'machine',
    })
    const candidates = random() < 0.33 ? [sentence(), sentence()] : []
    translated.push({ id, text: sentence(), origin: { how: 'engine', engine: 'bench' }, candidates })
  }
  return { lines, translated }
}

const bench = await openBench()
const most = Number(minutes)
const rows: Record<string, Record<string, string>> = {}
let first: number | undefined
let last: Awaited<ReturnType<typeof fit>> | undefined
for (const length of [most / 4, most / 2, most]) {
  const { lines, translated } = episode(length * 60_000, 7)
  const espeak = openEspeak()
  const before = cpuOfAll()
  const transcript = { language: 'ja', way: 'script', lines, findings: [] } as const
  const translation = { language: 'en', lines: translated, findings: [] }
  last = await fit({ transcript, translation, edits: [] }, openPace(espeak), bench.at)
  const { own = 0, together = 0 } = spentSince(before)
  espeak.close()
  first ??= together / length
  rows[`${length} minutes, ${lines.length} lines`] = {
    'CPU, s': together.toFixed(2),
    'of it the synthesizer, s': (together - own).toFixed(2),
    'a minute of sound, against the shortest': (together / length / first).toFixed(2),
  }
}
console.table(rows)
if (haveFlite()) console.table(await wholeStage())

/** A script aligned and a translation of it fitted, with the processes that one episode has. By part, in seconds. */
async function wholeStage() {
  const { samples, lines, language } = fliteTalk(31, Math.round(most * 18.8), ['slt', 'kal16'])
  const length = samples.length / 16
  const file = join(bench.at.scratch, 'talk.wav')
  writeFileSync(file, encodeWav(samples, 16_000))
  const ears = await bench.keepFile(file, 'audio/wav')
  const activity = await findSpeech(ears, bench.at)
  const script = lines.map(({ text }, row) => ({ row, text, kind: 'dialogue' as const, hints: [] }))
  const [espeak, inference] = [openEspeak(), openInference()]
  const start = cpuOfAll()
  const { utterances } = await alignScript({ script, ears, activity, language }, espeak, bench.at, inference)
  const aligned = spentSince(start)
  const said = utterances.map((line, at): Line => ({ ...line, id: `l${at}`, hand: 'machine' }))
  const { translated } = episode(said.length * every, 7)
  const transcript = { language, way: 'script', lines: said, findings: [] } as const
  const translation = { language: 'en', lines: translated, findings: [] }
  const between = cpuOfAll()
  await fit({ transcript, translation, edits: [], activity }, openPace(espeak), bench.at)
  const fitted = spentSince(between)
  const whole = spentSince(start)
  espeak.close()
  inference.close()
  const row = (spent: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(spent).map(([name, seconds]) => [name, seconds.toFixed(1)]))
  return {
    [`aligned: ${(length / 60_000).toFixed(1)} minutes, ${said.length} lines`]: row(aligned),
    fitted: row(fitted),
    'the whole': row(whole),
  }
}

const fitted = last?.lines ?? []
const bands = verdicts.flatMap(([verdict, least, upper]) =>
  verdict === 'empty' || verdict === 'overlong' ? [] : [{ verdict, least, most: upper }],
)
const { parts, ...predictor } = predictorOf('en', fitted)
const speaking = { ...predictor, parts: parts.map(part => ({ ...part })), bands }
const line = lineView('l', { text: 'Wait for me, please', speaking: 1500, room: 2000, spare: 300 })
const keys = 5000
const since = performance.now()
for (let key = 0; key < keys; key++)
  budgetOf(line, { ...line, text: `Wait for me, please: the lantern went out ${key}` }, speaking)
const took = (performance.now() - since) / keys
const pairs = fitted.map(({ phrases, start, end }) => ({ source: [{ start, end }], dub: phrases }))
const before = performance.now()
scoreDub(pairs)
console.table({
  'live budget at one key, ms': took.toFixed(4),
  [`score of ${pairs.length} lines, ms`]: (performance.now() - before).toFixed(1),
})
await bench.close()

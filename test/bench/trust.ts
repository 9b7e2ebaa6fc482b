/**
 * Fits the constants by which the aligner says how sure it is (`pipelines/speech/align/trust.ts`), and prints them beside those
 * in force: places of lines spoken by two of flite's voices, by Klatt's in English and by people (prompts.ts, where they are installed), each once with
 * its script and once with a spoiled one, clean and over noise and music. Klatt's voices the mouth model never heard: of those it
 * knows it is surer. What `npm run bench -- align` measures by is not among them.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEspeak } from '../../pipelines/espeak.ts'
import { openInference } from '../../pipelines/onnx.ts'
import { findSpeech } from '../../pipelines/speech/activity.ts'
import { type Clues, clueNames, cluesOf, weights } from '../../pipelines/speech/align/trust.ts'
import { alignScript } from '../../pipelines/speech/align.ts'
import { promptsOf, speakers } from '../../pipelines/timing/model/train/prompts.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { fitLogistic, type Observation } from '../support/logistic.ts'
import { music, under } from '../support/music.ts'
import { openBench } from '../support/stage.ts'
import { fliteTalk, hissing, klattTalk, recordedTalk, spoiled, type Talk } from '../support/talks.ts'

const over = (talk: Talk, decibels: number, seed: number): Talk => ({
  ...talk,
  samples: under(talk.samples, music(talk.samples.length, seed), decibels),
})

/** Each twice: with its script, and with others' lines in it. */
function* ways(talk: Talk, others: readonly string[]): Generator<Talk> {
  const sounds = [
    ...[talk, hissing(talk, 10, 3), hissing(talk, 3, 4)],
    ...[over(talk, 15, 5), over(talk, 5, 6), over(talk, 0, 7)],
  ]
  for (const sound of sounds) yield* [sound, spoiled(sound, others)]
}

async function* talks(): AsyncGenerator<Talk> {
  for (const [turn, voice] of ['kal16', 'awb'].entries())
    yield* ways(fliteTalk(201 + turn, 24, [voice]), sentences(80, 701 + turn))
  for (const turn of [0, 1])
    yield* ways(
      await klattTalk(espeak, 'en-US', 301 + turn, sentences(24, 311 + turn)),
      sentences(80, 711 + turn),
    )
  for (const [set, { language }] of Object.entries(speakers)) {
    const said = promptsOf(set).filter(({ text }) => text.split(' ').length > 4)
    const lines = said.filter((_, at) => at % 8 === 0).slice(0, 20)
    const others = said.filter((_, at) => at % 8 === 4).map(({ text }) => text)
    if (lines.length > 0)
      yield* ways(
        recordedTalk(
          language,
          lines.map(({ sound, text }) => ({ file: sound, text })),
        ),
        others,
      )
  }
}

const bench = await openBench()
const espeak = openEspeak()
const inference = openInference()

/** Every place that was weighed, also those that were given up. */
async function observe({ samples, lines, language }: Talk): Promise<Observation[]> {
  const file = join(bench.at.scratch, 'talk.wav')
  writeFileSync(file, encodeWav(samples, 16_000))
  const ears = await bench.keepFile(file, 'audio/wav')
  const script = lines.map(({ text }, row) => ({ row, text, kind: 'dialogue' as const, hints: [] }))
  const asked = { script, ears, activity: await findSpeech(ears, bench.at), language }
  const seen: Observation[] = []
  await alignScript(asked, espeak, bench.at, inference, (judged, about, { start, end }, line) => {
    const said = lines[line]?.said
    const right = said && Math.abs(start - said.start) <= 300 && Math.abs(end - said.end) <= 500
    const clues = cluesOf(judged, about)
    seen.push({ values: clueNames.map(clue => clues[clue]), right: right === true })
    // By the path alone: what is fitted must not choose what it is fitted on. Some are sure, so that others are looked for again.
    return Math.exp(-clues.off - clues.apart)
  })
  return seen
}

if (haveFlite()) {
  const all: Observation[] = []
  for await (const talk of talks()) all.push(...(await observe(talk)))
  const fitted = fitLogistic(all)
  const clues = Object.fromEntries(clueNames.map((clue, at) => [clue, Number(fitted[at]?.toFixed(2))]))
  const nats = (by: readonly number[]) =>
    all.reduce((sum, { values, right }) => {
      const odds = values.reduce((total, value, at) => total + value * (by[at] ?? 0), 0)
      return sum + Math.log1p(Math.exp(right ? -odds : odds))
    }, 0) / all.length
  const inForce = clueNames.map((clue: keyof Clues) => weights[clue])
  console.log(`${all.length} places, ${all.filter(({ right }) => right).length} of them right
fitted    ${JSON.stringify(clues)}: ${nats(fitted).toFixed(3)} nats a place
in force  ${JSON.stringify(weights)}: ${nats(inForce).toFixed(3)} nats a place`)
}
await bench.close()
espeak.close()
inference.close()

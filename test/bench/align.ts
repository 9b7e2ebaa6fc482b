/**
 * How well a script is aligned, on voices that the mouth model was not made with: when words and lines
 * begin, what trust is worth (of lines trusted, how many are wrong; of lines not said, how many are flagged), over noise and
 * music, and people where their recordings are.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEspeak } from '../../pipelines/espeak.ts'
import { openInference } from '../../pipelines/onnx.ts'
import { findSpeech } from '../../pipelines/speech/activity.ts'
import { alignScript } from '../../pipelines/speech/align.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { cpuOfAll, spentSince } from '../support/cpu.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { music, under } from '../support/music.ts'
import { openBench } from '../support/stage.ts'
import {
  fliteTalk,
  foreignOthers,
  hissing,
  humanTalk,
  klattTalk,
  spoiled,
  type Talk,
  timed,
} from '../support/talks.ts'

const bench = await openBench()
const espeak = openEspeak()
const inference = openInference()
/** Surer than this, nobody is asked to listen. */
const trusted = 0.5

const over = (talk: Talk, decibels: number, seed: number): Talk => ({
  ...talk,
  samples: under(talk.samples, music(talk.samples.length, seed), decibels),
})

async function* talks(): AsyncGenerator<[name: string, talk: Talk]> {
  if (haveFlite()) {
    const talk = fliteTalk(101, 30, ['slt'])
    const others = sentences(80, 601)
    yield ['flite', talk]
    yield ['flite, script spoiled', spoiled(talk, others)]
    yield ['flite, noise 5 dB under', hissing(talk, 5, 1)]
    yield ['flite, music 20 dB under', over(talk, 20, 1)]
    yield ['flite, music 10 dB under', over(talk, 10, 2)]
    yield ['spoiled, music 10 dB under', spoiled(over(talk, 10, 2), others)]
    const loud = over(talk, 0, 2)
    yield ['spoiled, music as loud', spoiled(loud, others)]
    yield ['  with its times', spoiled(timed(loud, 3, 0), others)]
    yield ['  with its times, 4 s early', spoiled(timed(loud, 3, 4000), others)]
    yield ['  with a third wrong', spoiled(timed(loud, 3, 0, 3), others)]
  }
  const klatt = await klattTalk(espeak, 'ja', 3)
  yield ['Klatt (ja)', klatt]
  yield ['Klatt (ja), spoiled', spoiled(klatt, foreignOthers.ja ?? [])]
  yield ['Klatt (ja), music 10 dB', over(klatt, 10, 4)]
  for (const language of ['en', 'ja', 'de', 'fr', 'es', 'pt']) {
    const human = humanTalk(language)
    if (!human) break
    yield [`people (${language})`, human]
    yield [`people (${language}), spoiled`, spoiled(human, foreignOthers[language] ?? [])]
  }
}

const at = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN
const share = (values: readonly boolean[]) =>
  values.length ? (100 * values.filter(Boolean).length) / values.length : Number.NaN
const cell = (value: number, digits = 0) => (Number.isNaN(value) ? '—' : value.toFixed(digits)).padStart(8)

/** Where people's recordings begin and end to speak is known by their loudness only. */
const slack = 500

async function measure(name: string, { samples, lines, language }: Talk): Promise<void> {
  const file = join(bench.at.scratch, 'talk.wav')
  writeFileSync(file, encodeWav(samples, 16_000))
  const ears = await bench.keepFile(file, 'audio/wav')
  const activity = await findSpeech(ears, bench.at)
  const script = lines.map(({ text, told }, row) => ({
    ...{ row, text, kind: 'dialogue' as const, hints: [] },
    ...told,
  }))
  for (const [way, heard] of [
    ['path', undefined],
    ['both', inference],
  ] as const) {
    const before = cpuOfAll()
    const { utterances } = await alignScript({ script, ears, activity, language }, espeak, bench.at, heard)
    const { together = 0 } = spentSince(before)
    const human = name.startsWith('people')
    const words: number[] = []
    const starts: number[] = []
    const right = utterances.map(({ start, end, words: own }, line) => {
      const said = lines[line]?.said
      if (!said || end <= start) return false
      said.words.forEach((word, turn) => {
        words.push(Math.abs((own[turn]?.start ?? Number.POSITIVE_INFINITY) - word.start))
      })
      if (human) return Math.abs(start - said.start) < slack && Math.abs(end - said.end) < slack
      starts.push(Math.abs(start - said.start))
      return Math.abs(start - said.start) <= 300 && Math.abs(end - said.end) <= 500
    })
    const sure = utterances.map(({ trust }) => (trust ?? 0) >= trusted)
    const among = (which: (line: number) => boolean, values: readonly boolean[]) =>
      share(values.filter((_, line) => which(line)))
    const said = (line: number) => lines[line]?.said !== undefined
    console.log(
      name.padEnd(28) +
        way.padEnd(6) +
        cell(words.length ? at(words, 0.5) : at(starts, 0.5)) +
        cell(words.length ? at(words, 0.9) : at(starts, 0.9)) +
        cell(share((words.length ? words : starts).map(value => value < 200)), 1) +
        cell(among(said, right), 1) +
        cell(
          among(line => right[line] === true, sure),
          1,
        ) +
        cell(
          among(
            line => !right[line],
            sure.map(value => !value),
          ),
          1,
        ) +
        cell(
          among(
            line => !said(line),
            sure.map(value => !value),
          ),
          1,
        ) +
        cell(
          among(
            line => sure[line] === true,
            right.map(value => !value),
          ),
          1,
        ) +
        cell((16_000_000 * together) / samples.length, 2),
    )
  }
}

console.log(
  `${''.padEnd(34)}${['median', 'p90', '<200 ms', 'right', 'kept', 'flagged', 'unsaid', 'false', 'CPU'].map(head => head.padStart(8)).join('')}
   median, p90, <200 ms: starts of words (of lines where words are not known); right: lines said that were found; kept: of the right,
   trusted; flagged: of the wrong; unsaid: of those nobody says, flagged; false: of the trusted, wrong; CPU: ms a second of sound, by all processes`,
)
const [only] = process.argv.slice(2)
for await (const [name, talk] of talks()) if (!only || new RegExp(only).test(name)) await measure(name, talk)
await bench.close()
espeak.close()
inference.close()

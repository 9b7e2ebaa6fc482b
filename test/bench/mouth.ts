/**
 * How well mouths are heard, on voices that the model was never trained on: without and with the words, by set and noise,
 * and what it costs. Beside Rhubarb where it is on the PATH or given by `--rival PATH`, both held to Rhubarb's own rules of
 * which shapes are right for a sound. `--lines N` says how many lines a set has.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openEspeak } from '../../pipelines/espeak.ts'
import { hearShapes } from '../../pipelines/onnx/mouth.ts'
import { openInference } from '../../pipelines/onnx.ts'
import type { MouthShape, Viseme } from '../../pipelines/terms.ts'
import { sheetOf } from '../../pipelines/timing/cues/hold.ts'
import { presets } from '../../pipelines/timing/cues/presets.ts'
import { openMouth } from '../../pipelines/timing/mouth.ts'
import { modelFile } from '../../pipelines/visemes/ears.ts'
import { encodeWav } from '../../pipelines/wav.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { inMemory } from '../support/mouth.ts'
import { music, under } from '../support/music.ts'
import { espeakSpeech, fliteSpeech, rhubarbAllows, type TrueSpeech, trueShapes } from '../support/truth.ts'

const { values } = parseArgs({
  options: { rival: { type: 'string' }, lines: { type: 'string', default: '12' } },
  strict: false,
})
const count = Number(values.lines)
const rival = [values.rival, 'rhubarb'].find(
  (path): path is string => typeof path === 'string' && spawnSync(path, ['--version']).error === undefined,
)
const espeak = openEspeak()
const inference = openInference()
const mouth = openMouth(inference, espeak)
const { signal } = new AbortController()

const foreign: Record<string, readonly string[]> = {
  ja: [
    'まさか、ほんとうにもどってくるとは。',
    'ふねがみなとにつくまで、ここでまっていて。',
    'だれもしらないうたをうたおう。',
    'あしたのあさ、ぼくたちはたびにでる。',
  ],
  fr: [
    'Le bateau part avant la nuit, dépêchons-nous.',
    'Je ne veux pas oublier ton visage.',
    'Personne ne vient jamais par ici.',
    'Ferme la porte et parle doucement.',
  ],
  de: [
    'Wir haben den Weg im Wald verloren.',
    'Mach bitte das Fenster auf.',
    'Niemand weiß, wer das Feuer gelegt hat.',
    'Vielleicht kommt er morgen früh.',
  ],
  es: [
    'Nadie sabe por qué volvió tan tarde.',
    'Me gusta mirar el mar por la mañana.',
    'Baja la voz, pueden oírnos.',
    'Fuimos amigos hace mucho tiempo.',
  ],
}
type Set = { readonly name: string; readonly speech: readonly TrueSpeech[]; readonly ours: boolean }

async function sets(): Promise<Set[]> {
  const english = sentences(count, 41)
  const made: Set[] = []
  if (haveFlite())
    for (const voice of ['rms', 'awb', 'slt'])
      made.push({
        name: `flite ${voice} (en)`,
        speech: english.map(text => fliteSpeech(text, voice)),
        ours: true,
      })
  const klatt = (text: string, language: string, pitch: number) =>
    espeakSpeech(espeak, text, language, { variant: 'klatt4', pitch })
  made.push({
    name: 'klatt (en)',
    speech: await Promise.all(english.map(text => klatt(text, 'en-US', 45))),
    ours: true,
  })
  made.push({
    name: 'klatt, high (en)',
    speech: await Promise.all(english.map(text => klatt(text, 'en-US', 95))),
    ours: true,
  })
  for (const [language, texts] of Object.entries(foreign))
    made.push({
      name: `klatt (${language})`,
      speech: await Promise.all(texts.map(text => klatt(text, language, 50))),
      ours: true,
    })
  const [first] = made
  if (first)
    for (const decibels of [15, 10, 5, 0])
      made.push({
        name: `${first.name}, music ${decibels} dB`,
        speech: first.speech.map((speech, at) => ({
          ...speech,
          samples: under(speech.samples, music(speech.samples.length, at), decibels),
        })),
        ours: true,
      })
  return made
}

const open = (viseme: Viseme) => viseme !== 'sil' && viseme !== 'PP'
const rows = (shapes: readonly MouthShape[], length: number): MouthShape[] => {
  const out: MouthShape[] = []
  for (const shape of shapes) while (out.length * 10 + 5 < shape.end && out.length < length) out.push(shape)
  return out
}
/** What we write for those who read Rhubarb's files, every 10 ms, its holds and all: so are the rival's. */
function lettersOf(shapes: readonly MouthShape[], length: number): string[] {
  const { exposures } = sheetOf(shapes, { rate: { num: 100, den: 1 }, preset: presets.rhubarb })
  return Array.from(
    { length },
    (_, row) => exposures.findLast(({ frame }) => frame <= row)?.drawing ?? presets.rhubarb.rest,
  )
}

type Score = {
  right: number
  open: number
  all: number
  allowed: number
  spoken: number
  found: number
  closures: number
  heard: number
}
const none = (): Score => ({
  right: 0,
  open: 0,
  all: 0,
  allowed: 0,
  spoken: 0,
  found: 0,
  closures: 0,
  heard: 0,
})

function runs(shut: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  shut.forEach((is, at) => {
    const last = found.at(-1)
    if (is && last && last[1] === at) last[1]++
    else if (is) found.push([at, at + 1])
  })
  return found
}

function tally(
  score: Score,
  speech: TrueSpeech,
  truth: readonly Viseme[],
  letters: readonly string[],
  visemes?: readonly Viseme[],
): void {
  truth.forEach((viseme, row) => {
    const ms = row * 10 + 5
    const phone = speech.phones.find(({ start, end }) => start <= ms && ms < end)
    score.all++
    if (visemes?.[row] === viseme) score.right++
    if (open(viseme) === !'AX'.includes(letters[row] ?? 'X')) score.open++
    if (!phone) return
    score.spoken++
    if (rhubarbAllows(phone).includes(letters[row] ?? 'X')) score.allowed++
  })
  const heard = runs(letters.map(value => value === 'A'))
  const used = new Set<number>()
  for (const [start, end] of runs(truth.map(viseme => viseme === 'PP'))) {
    score.closures++
    const near = heard.findIndex(([a, b], at) => !used.has(at) && Math.max(a - end, start - b, 0) <= 6)
    if (near >= 0) {
      used.add(near)
      score.found++
    }
  }
  score.heard += heard.length
}

/** Undefined where this Rhubarb has no such recognizer. */
function rhubarb(path: string, speech: TrueSpeech, extra: readonly string[]): string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kotodama-rival-'))
  try {
    const wav = join(folder, 'line.wav')
    writeFileSync(wav, encodeWav(speech.samples, 16_000))
    const text = join(folder, 'line.txt')
    writeFileSync(text, speech.text)
    const out = execFileSync(
      path,
      ['-f', 'json', ...extra.map(part => (part === 'TEXT' ? text : part)), wav],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
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

const percent = (part: number, whole: number) => (whole ? ((100 * part) / whole).toFixed(1) : '—').padStart(8)
function print(name: string, system: string, score: Score, own: boolean): void {
  const f1 = percent(2 * score.found, score.closures + score.heard)
  console.log(
    `${name.padEnd(28)}${system.padEnd(22)}${own ? percent(score.right, score.all) : '       —'}${percent(score.allowed, score.spoken)}${percent(score.open, score.all)}${f1}`,
  )
}

console.log(
  `${''.padEnd(50)}${['15', 'allowed', 'open', 'shut F1'].map(head => head.padStart(8)).join('')}   (% of frames; shut: lips found within 60 ms)`,
)
for (const { name, speech } of await sets()) {
  const free = none()
  const forced = none()
  for (const one of speech) {
    const truth = trueShapes(one)
    const span = { start: 0, end: truth.length * 10 }
    for (const [score, said] of [
      [free, undefined],
      [forced, { text: one.text, language: one.language }],
    ] as const) {
      const track = await mouth.track(inMemory(one.samples), span, said, signal)
      const own = rows(track.shapes, truth.length)
      tally(
        score,
        one,
        truth,
        lettersOf(track.shapes, truth.length),
        own.map(({ viseme }) => viseme),
      )
    }
  }
  print(name, 'sound alone', free, true)
  print(name, 'with the words', forced, true)
  if (rival)
    for (const [system, extra] of [
      ['Rhubarb, phonetic', ['-r', 'phonetic']],
      ...(speech[0]?.language.startsWith('en')
        ? [
            ['Rhubarb, words heard', ['-r', 'pocketSphinx']],
            ['Rhubarb, words given', ['-r', 'pocketSphinx', '-d', 'TEXT']],
          ]
        : []),
    ] as [string, string[]][]) {
      const score = none()
      for (const one of speech) {
        const letters = rhubarb(rival, one, extra)
        if (!letters) break
        tally(score, one, trueShapes(one), letters)
      }
      if (score.all > 0) print(name, system, score, false)
    }
}
if (!rival) console.log('Rhubarb is not here: --rival PATH compares with it in the same run.')

// The cost, in this process so that its CPU can be told: 60 s of speech, in pieces of 20 s as the house hears it.
const long = new Float32Array(16_000 * 20)
const [speech] = (await sets()).map(set => set.speech[0]).filter(Boolean)
for (let at = 0; at < long.length; at += speech?.samples.length ?? long.length)
  long.set((speech?.samples ?? long).subarray(0, long.length - at), at)
await hearShapes({ model: modelFile, threads: 1, samples: long.subarray(0, 16_000) })
const before = process.cpuUsage()
for (let turn = 0; turn < 3; turn++) await hearShapes({ model: modelFile, threads: 1, samples: long })
const used = process.cpuUsage(before)
console.log(
  `CPU of the model: ${((used.user + used.system) / 60e6).toFixed(5)} of real time (goal: 0.003 or less)`,
)
espeak.close()
inference.close()

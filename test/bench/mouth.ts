/**
 * How well mouths are heard, on voices that the model was never trained on: without and with the words, by set and noise,
 * and what it costs. Beside Rhubarb where it is on the PATH or given by `--rival PATH`, both held to Rhubarb's own rules of
 * which shapes are right for a sound. `--lines N` says how many lines a set has; `--model PATH` hears with another graph;
 * `--people` measures people instead, whose sounds PocketSphinx timed.
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { openEspeak } from '../../pipelines/espeak.ts'
import { hearShapes } from '../../pipelines/onnx/mouth.ts'
import { openInference } from '../../pipelines/onnx.ts'
import { openMouth } from '../../pipelines/timing/mouth.ts'
import { modelFile } from '../../pipelines/visemes/ears.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { inMemory } from '../support/mouth.ts'
import { added, lettersOf, rhubarbLetters, rowsOf, type Score, scoreOf } from '../support/mouth-score.ts'
import { music, under } from '../support/music.ts'
import { people } from '../support/people.ts'
import { espeakSpeech, fliteSpeech, type TrueSpeech } from '../support/truth.ts'

const { values } = parseArgs({
  options: {
    rival: { type: 'string' },
    lines: { type: 'string', default: '12' },
    model: { type: 'string', default: modelFile },
    people: { type: 'boolean', default: false },
  },
  allowPositionals: false,
})
const count = Number(values.lines)
const rival = [values.rival, 'rhubarb'].find(
  path => path !== undefined && spawnSync(path, ['--version']).error === undefined,
)
const espeak = openEspeak()
const inference = openInference()
const mouth = openMouth(inference, espeak, values.model)
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
type Set = { readonly name: string; readonly speech: readonly TrueSpeech[] }

async function sets(): Promise<Set[]> {
  const english = sentences(count, 41)
  const made: Set[] = []
  if (haveFlite())
    made.push({ name: 'flite slt (en)', speech: english.map(text => fliteSpeech(text, 'slt')) })
  const klatt = (text: string, language: string, pitch: number) =>
    espeakSpeech(espeak, text, language, { variant: 'klatt4', pitch })
  made.push({
    name: 'klatt (en)',
    speech: await Promise.all(english.map(text => klatt(text, 'en-US', 45))),
  })
  made.push({
    name: 'klatt, high (en)',
    speech: await Promise.all(english.map(text => klatt(text, 'en-US', 95))),
  })
  for (const [language, texts] of Object.entries(foreign))
    made.push({
      name: `klatt (${language})`,
      speech: await Promise.all(texts.map(text => klatt(text, language, 50))),
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
      })
  return made
}

const systems = [
  ['sound alone', ours(false)],
  ['with the words', ours(true)],
  ['Rhubarb, phonetic', theirs('-r', 'phonetic')],
  ['Rhubarb, words heard', theirs('-r', 'pocketSphinx')],
  ['Rhubarb, words given', theirs('-r', 'pocketSphinx', '-d', 'TEXT')],
] as const

type Hearing = (speech: TrueSpeech) => Promise<Score | undefined>
function ours(words: boolean): Hearing {
  return async speech => {
    const length = Math.floor(speech.samples.length / 160)
    const span = { start: 0, end: length * 10 }
    const { shapes } = await mouth.track(inMemory(speech.samples), span, words ? speech : undefined, signal)
    return scoreOf(speech, lettersOf(shapes, length), rowsOf(shapes, length))
  }
}
function theirs(...options: readonly string[]): Hearing {
  return async speech => {
    // Its recognizer of words knows English alone.
    if (!rival || (options.includes('pocketSphinx') && !speech.language.startsWith('en'))) return undefined
    const letters = rhubarbLetters(rival, speech, options)
    return letters && scoreOf(speech, letters)
  }
}

const percent = (part: number, whole: number) => (whole ? ((100 * part) / whole).toFixed(1) : '—').padStart(8)
function print(name: string, system: string, score: Score): void {
  const { right, open, all, allowed, near, spoken, lasting, steady, found, closures, heard } = score
  const figures = [
    system.startsWith('Rhubarb') ? percent(0, 0) : percent(right, all),
    percent(allowed, spoken),
    percent(near, spoken),
    percent(lasting, steady),
    percent(open, all),
    percent(2 * found, closures + heard),
  ]
  console.log(`${name.padEnd(28)}${system.padEnd(22)}${figures.join('')}`)
}
console.log(
  `${''.padEnd(50)}${['15', 'allowed', '±40 ms', 'stops −', 'open', 'shut F1'].map(head => head.padStart(8)).join('')}   (% of frames; stops −: allowed, but for stops; shut: lips found within 60 ms)`,
)

/** Prints a set's scores; gives them by system. */
async function measure({ name, speech }: Set): Promise<Map<string, Score>> {
  const scores = new Map<string, Score>()
  for (const [system, hear] of systems) {
    const each: Score[] = []
    for (const one of speech) {
      const score = await hear(one)
      if (!score) break
      each.push(score)
    }
    if (each.length < speech.length) continue
    scores.set(system, added(each))
    print(name, system, added(each))
  }
  return scores
}

async function measurePeople(): Promise<void> {
  const all = people()
  const both: Map<string, Score>[] = []
  for (const sex of ['man', 'woman'] as const) {
    const speech = all.filter(person => person.sex === sex)
    const seconds = speech.reduce((sum, { samples }) => sum + samples.length, 0) / 16_000
    if (speech.length > 0)
      both.push(
        await measure({ name: `${sex === 'man' ? 'men' : 'women'}, ${Math.round(seconds)} s`, speech }),
      )
  }
  for (const [system] of systems) {
    const scores = both.flatMap(one => one.get(system) ?? [])
    if (scores.length > 0) print('all', system, added(scores))
  }
}

/** The cost, in this process so that its CPU can be told: 60 s of speech, in pieces of 20 s as the house hears it. */
async function measureCost(speech: TrueSpeech | undefined): Promise<void> {
  const long = new Float32Array(16_000 * 20)
  for (let at = 0; at < long.length; at += speech?.samples.length ?? long.length)
    long.set((speech?.samples ?? long).subarray(0, long.length - at), at)
  const hear = (samples: Float32Array) => hearShapes({ model: values.model, threads: 1, samples })
  await hear(long.subarray(0, 16_000))
  const before = process.cpuUsage()
  for (let turn = 0; turn < 3; turn++) await hear(long)
  const used = process.cpuUsage(before)
  const cost = (used.user + used.system) / 60e6
  console.log(`CPU of the model: ${cost.toFixed(5)} of real time (goal: 0.003 or less)`)
}

if (values.people) await measurePeople()
else {
  const all = await sets()
  for (const set of all) await measure(set)
  await measureCost(all[0]?.speech[0])
}
if (!rival) console.log('Rhubarb is not here: --rival PATH compares with it in the same run.')
espeak.close()
inference.close()

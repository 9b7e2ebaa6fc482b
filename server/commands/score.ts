import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Activity,
  alignScript,
  askewOf,
  type Blob,
  findSpeechIn,
  findTools,
  heardIn,
  joinOver,
  type Listened,
  lengthCompliance,
  listenToFile,
  lookAt,
  openEspeak,
  openInference,
  openPace,
  type Pair,
  Problem,
  pairsOf,
  readScript,
  readSubtitles,
  type Span,
  type Stage,
  scoreDub,
  seenOf,
  type Told,
  total,
  unbroken,
  useTools,
  utterancesOf,
  withRates,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'
import { type Scored, tableOf } from './score-table.ts'

export const usage = `kotodama score DUB --against ORIGINAL
  [--lines FILE]        the original's words: subtitles, or a script, which is aligned to its sound
  [--language ja]       what the original speaks (a script needs it)
  [--dub-lines FILE]    the dub's words, the same way: then its pace is known, too
  [--dub-language en]
  [--flaps]             look at the original's picture, too: how much of the mouths' flapping is spoken over
  [--json]
Any two files with sound, of any make. Where a dialogue stem is at hand, score that: music hides speech. With a script
for both, speech is where its words are found; else it is, of both, where a detector hears some. Subtitles come early
and linger: of their times it is the speech heard in them that counts.`

/** Tells how well a dub lies on its original: a table for people, or JSON. */
export const run: Command = async args => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      against: { type: 'string' },
      lines: { type: 'string' },
      language: { type: 'string', default: 'ja' },
      'dub-lines': { type: 'string' },
      'dub-language': { type: 'string', default: 'en' },
      flaps: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (!file || !values.against || positionals.length > 1) {
    console.error(usage)
    return 2
  }
  useTools(await findTools(readConfig().tools))
  const espeak = openEspeak()
  const inference = openInference()
  try {
    // What is wrong with the words shows at once, before anything is listened to.
    const tellers = [await wordsIn(values.lines), await wordsIn(values['dub-lines'])] as const
    const [original, dub] = [await listen(values.against, values.flaps), await listen(file, false)]
    const told = await linesOf(tellers[0], values.against, values.language)
    if (original.speech.length === 0 && told.length === 0)
      throw new Problem('speech-missing', { file: basename(values.against) })
    const said = heardIn(await linesOf(tellers[1], file, values['dub-language']), dub.speech)
    const alike = heardAlike(original, dub, told, said)
    const [ours, theirs] = alike
    const pairs = pairsOf(...alike)
    const { signal } = still
    const rated = await withRates(pairs, said, values['dub-language'], openPace(espeak), signal)
    const seen = values.flaps ? await flapsOf(original, pairs) : []
    const { whole, lines } = scoreDub(rated.map((pair, turn) => ({ ...pair, ...seen[turn] })))
    const texts = pairs.flatMap(({ text: source }, index) => {
      const dub = said.length > 0 ? rated[index]?.text : undefined
      return source && dub ? [{ source, dub }] : []
    })
    const score = { ...whole, ...(texts.length > 0 && { lengthCompliance: lengthCompliance(texts) }) }
    const askew = askewOf(ours, theirs)
    const made: Scored = {
      ...{ dub: basename(file), original: basename(values.against) },
      lengths: { dub: dub.duration, original: original.duration },
      ...{ whole: score, lines },
      ...(askew && { askew }),
      stray: total(theirs) - total(pairs.flatMap(pair => pair.dub)),
      unbroken: { dub: unbroken(dub.speech), original: unbroken(original.speech) },
    }
    console.log(values.json ? JSON.stringify(made, undefined, 2) : tableOf(made))
    return 0
  } finally {
    espeak.close()
    inference.close()
  }

  async function linesOf(words: Words, sound: string, language: string): Promise<readonly Told[]> {
    if ('captions' in words) return words.captions
    return inScratch(async scratch => {
      const { ears } = await listenToFile(sound, { pictures: false }, { ...still, scratch })
      const activity = await findSpeechIn(ears, still)
      const asked = { script: words.script, ears: nowhere, activity, language }
      const { utterances } = await alignScript(asked, espeak, stageOn(ears, scratch), inference)
      return utterances.filter(({ kind }) => kind === 'dialogue' || kind === 'narration')
    })
  }
}

/** Lines that know their times, or a script whose lines are yet to be found in the sound. */
type Words = { readonly captions: readonly Told[] } | { readonly script: ReturnType<typeof readScript> }

async function wordsIn(path: string | undefined): Promise<Words> {
  if (path === undefined) return { captions: [] }
  const bytes = await read(path)
  const { document, format } = readSubtitles(bytes, basename(path))
  if (!format) return { script: readScript(bytes, basename(path)) }
  const captions = utterancesOf(document).filter(({ kind }) => kind !== 'sign' && kind !== 'song')
  return {
    captions: captions.map(({ start, end, text, speaker }) => ({
      ...{ start, end, text },
      ...(speaker !== undefined && { speaker }),
    })),
  }
}

const still = { signal: new AbortController().signal, report: () => {} }

/**
 * What both sides are measured by must be one thing: the words of both, or for both what the detector hears, which is
 * wider than words by a quarter of a second.
 */
function heardAlike(
  original: Activity,
  dub: Activity,
  told: readonly Told[],
  said: readonly Told[],
): Parameters<typeof pairsOf> {
  const words = said.flatMap(({ words = [] }) => words).sort((a, b) => a.start - b.start)
  if (words.length > 0 && told.some(line => line.words)) return [original.speech, joinOver(words), told]
  const untimed = told.map(({ words: _, ...line }) => line)
  return [original.speech, dub.speech, heardIn(untimed, original.speech)]
}

type Listening = Activity & Pick<Listened, 'duration' | 'input' | 'rate' | 'shots'>

async function listen(path: string, pictures: boolean): Promise<Listening> {
  return inScratch(async scratch => {
    const at = { ...still, scratch }
    const { ears, ...listened } = await listenToFile(path, { pictures }, at)
    const heard = await findSpeechIn(ears, still)
    if (heard.speech.length > 0) return { ...listened, ...heard }
    // A surround mix whose centre says nothing is heard whole.
    const whole = await listenToFile(path, { pictures: false, whole: true }, at)
    return { ...listened, ...(await findSpeechIn(whole.ears, still)) }
  })
}

/** By line: when its mouth flaps, where the picture shows one. */
async function flapsOf(
  { input, rate, shots, duration }: Listening,
  pairs: readonly { readonly window: Span; readonly speaker?: string }[],
): Promise<readonly Pick<Pair, 'flaps'>[]> {
  if (!rate) return []
  const lines = pairs.map(({ window, speaker }, at) => ({
    id: `${at}`,
    ...window,
    ...(speaker && { speaker }),
  }))
  const seen = await lookAt(input, { rate, shots, duration }, lines, still)
  return lines.map(line => {
    const { flaps } = seenOf(line, seen)
    return flaps ? { flaps } : {}
  })
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Problem('not-found', { what: 'file', id: path }, error)
  }
}

/** A name for the one file of a stage. */
const nowhere: Blob = { digest: '', bytes: 0, type: 'audio/wav' }

/** A stage that has one file and keeps none. */
function stageOn(ears: string, scratch: string): Stage {
  const keep = () => Promise.reject(new Error('nothing is kept here'))
  return { ...still, scratch, keep, keepBytes: keep, file: async () => ears }
}

async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-score-'))
  try {
    return await work(scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  alignScript,
  type Blob,
  findSpeechIn,
  findTools,
  lengthCompliance,
  listenToFile,
  openEspeak,
  openPace,
  Problem,
  pairsOf,
  readScript,
  readSubtitles,
  type Stage,
  scoreDub,
  type Told,
  useTools,
  utterancesOf,
  withRates,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'
import { tableOf } from './score-table.ts'

const usage = `kotodama score DUB --against ORIGINAL
  [--lines FILE]        the original's words: subtitles, or a script, which is aligned to its sound
  [--language ja]       what the original speaks (a script needs it)
  [--dub-lines FILE]    the dub's words as subtitles: then its pace is known, too
  [--dub-language en]
  [--json]
Any two files with sound, of any make. Where a dialogue stem is at hand, score that: music hides speech.`

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
  try {
    const [original, dub] = [await listen(values.against), await listen(file)]
    const told = values.lines ? await linesOf(values.lines, values.language) : []
    const said = values['dub-lines'] ? captionsOf(await read(values['dub-lines'])) : []
    const pairs = pairsOf(original.speech, dub.speech, told)
    const signal = new AbortController().signal
    const rated = await withRates(pairs, said, values['dub-language'], openPace(espeak), signal)
    const { whole, lines } = scoreDub(rated)
    const texts = pairs.flatMap(({ text: source }, index) => {
      const dub = said.length > 0 ? rated[index]?.text : undefined
      return source && dub ? [{ source, dub }] : []
    })
    const score = { ...whole, ...(texts.length > 0 && { lengthCompliance: lengthCompliance(texts) }) }
    const made = { dub: basename(file), original: basename(values.against), whole: score, lines }
    console.log(values.json ? JSON.stringify(made, undefined, 2) : tableOf(made))
    return 0
  } finally {
    espeak.close()
  }

  async function linesOf(path: string, language: string): Promise<readonly Told[]> {
    const bytes = await read(path)
    const captions = captionsOf(bytes)
    if (captions.length > 0) return captions
    const script = readScript(bytes, basename(path))
    const against = values.against ?? ''
    return inScratch(async scratch => {
      const { ears } = await listenToFile(against, { pictures: false }, { ...still, scratch })
      const stage = stageOn(ears, scratch)
      const activity = await findSpeechIn(ears, still)
      const aligned = await alignScript({ script, ears: earsBlob(ears), activity, language }, espeak, stage)
      return aligned.utterances.filter(({ kind }) => kind === 'dialogue' || kind === 'narration')
    })
  }
}

const still = { signal: new AbortController().signal, report: () => {} }

async function listen(path: string) {
  return inScratch(async scratch => {
    const at = { ...still, scratch }
    const { ears } = await listenToFile(path, { pictures: false }, at)
    const heard = await findSpeechIn(ears, still)
    if (heard.speech.length > 0) return heard
    // A surround mix whose centre says nothing is heard whole.
    return findSpeechIn((await listenToFile(path, { pictures: false, whole: true }, at)).ears, still)
  })
}

function captionsOf(bytes: Uint8Array): Told[] {
  const { document, format } = readSubtitles(bytes)
  if (!format) return []
  return utterancesOf(document)
    .filter(({ kind }) => kind !== 'sign' && kind !== 'song')
    .map(({ start, end, text, speaker }) => ({ start, end, text, ...(speaker !== undefined && { speaker }) }))
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Problem('not-found', { what: 'file', id: path }, error)
  }
}

const earsBlob = (ears: string): Blob => ({
  digest: createHash('sha256').update(ears).digest('hex'),
  bytes: 0,
  type: 'audio/wav',
})

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

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import {
  findSpeechIn,
  findTools,
  listenToFile,
  openWav,
  printer,
  runSubtitles,
  type SubtitlesWorld,
  useTools,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'

/** Subtitle files without a server: nothing of the data folder is opened. */
export const run: Command = async args => {
  // Who reads on may have enough (`| head`): then there is nobody to write to, and nothing is wrong.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return runSubtitles(args, {
    folder: process.cwd(),
    piped: () => buffer(process.stdin),
    out: what => write(process.stdout, what),
    err: text => write(process.stderr, text),
    watched: process.stderr.isTTY === true,
    listen,
    print,
  })
}

async function write(stream: NodeJS.WriteStream, what: string | Uint8Array): Promise<void> {
  if (what.length > 0 && !stream.write(what)) await once(stream, 'drain')
}

const listen: SubtitlesWorld['listen'] = (path, { pictures }) =>
  withEars(async at => {
    const { ears, shots, rate } = await listenToFile(path, { pictures }, at)
    const { speech } = await findSpeechIn(ears, at)
    if (speech.length > 0) return { speech, shots, ...(rate && { rate }) }
    // A surround mix whose centre says nothing is heard whole.
    const again = await listenToFile(path, { pictures: false, whole: true }, at)
    return { ...(await findSpeechIn(again.ears, at)), shots, ...(rate && { rate }) }
  })

/** A minute at a time: a season of films is compared on a small machine. */
const print: SubtitlesWorld['print'] = path =>
  withEars(async at => {
    const { ears, rate } = await listenToFile(path, { pictures: false, whole: true }, at)
    const wav = await openWav(ears)
    try {
      const { push, done } = printer()
      const minute = 60 * wav.sampleRate
      for (let from = 0; from < wav.frames; from += minute)
        push(await wav.read(from, Math.min(minute, wav.frames - from)))
      return { print: done(), ...(rate && { rate }) }
    } finally {
      await wav.close()
    }
  })

async function withEars<T>(hear: (at: Parameters<typeof listenToFile>[2]) => Promise<T>): Promise<T> {
  useTools(await findTools(readConfig().tools))
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-listen-'))
  try {
    return await hear({ signal: new AbortController().signal, report: () => {}, scratch })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

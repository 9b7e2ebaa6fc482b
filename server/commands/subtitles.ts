import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import {
  findSpeechIn,
  findTools,
  listenToFile,
  runSubtitles,
  type SubtitlesWorld,
  useTools,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { inScratch, printFile } from '../masters.ts'
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

const print: SubtitlesWorld['print'] = async path => {
  await useOurTools()
  return printFile(path)
}

async function withEars<T>(hear: (at: Parameters<typeof listenToFile>[2]) => Promise<T>): Promise<T> {
  await useOurTools()
  return inScratch(scratch => hear({ signal: new AbortController().signal, report: () => {}, scratch }))
}

const useOurTools = async () => useTools(await findTools(readConfig().tools))

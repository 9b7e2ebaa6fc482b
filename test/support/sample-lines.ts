import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const truth = join(import.meta.dirname, '../../samples/lantern-01/expected/truth.json')
type Line = { kind: string; speaker?: string; text: string; start: number; end: number }

/** The sample episode's spoken lines as WebVTT, each with its voice. */
export async function sampleLines(): Promise<string> {
  const { lines } = JSON.parse(await readFile(truth, 'utf8')) as { lines: readonly Line[] }
  const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23)
  const cues = lines
    .filter(({ kind }) => kind === 'dialogue')
    .map(({ start, end, speaker, text }) => `${stamp(start)} --> ${stamp(end)}\n<v ${speaker}>${text}\n`)
  return `WEBVTT\n\n${cues.join('\n')}`
}

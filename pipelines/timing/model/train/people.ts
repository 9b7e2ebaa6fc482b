/**
 * People among the synthesizers: actors who speak a telephone exchange's prompts, whose words are told beside them, under licences
 * that let anybody use both. Two aligners find when which sound is said: the model as it stands, held to the words, and in English
 * PocketSphinx, whose sounds are taken where both have the words in the same places.
 * usage: tsx people.ts FOLDER SET COUNT, of prompts at most; writes NAME.wav, NAME.segs or NAME.shapes, and about.json
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEspeak } from '../../../espeak.ts'
import { openInference } from '../../../onnx.ts'
import type { MouthTrack, Span } from '../../../terms.ts'
import { decodeWav } from '../../../wav.ts'
import { openMouth } from '../../mouth.ts'
import { phonesSaid } from './people-phones.ts'
import { promptsOf, speakers } from './prompts.ts'

/** Under this other words are spoken, as far as the model can tell. */
const leastTrust = 0.35
/** So many of the words begin within so many ms of where the other aligner has them. */
const agreed = { share: 0.7, ms: 80 }
/** PocketSphinx has one name for a full and a weak vowel: shorter than this, in ms, it is weak. */
const weak = 60

const { signal } = new AbortController()
const [folder = '', set = '', count] = process.argv.slice(2)
const { language = '', sex } = speakers[set] ?? {}
const short = language.slice(0, 2)
mkdirSync(folder, { recursive: true })
const espeak = openEspeak()
const inference = openInference()
const mouth = openMouth(inference, espeak)

/** Rows "end name" of sounds, or "end viseme openness" of shapes, times in seconds. Undefined where the words are not sure. */
async function labels(
  samples: Float32Array,
  text: string,
): Promise<{ kind: string; rows: string[] } | undefined> {
  const sound = {
    read: (at: number, count: number) =>
      Float32Array.from({ length: count }, (_, index) => samples[at + index] ?? 0),
  }
  const span = { start: 0, end: Math.floor(samples.length / 16) }
  const track = await mouth.track(sound, span, { text, language }, signal)
  if (track.way !== 'text' || track.trust < leastTrust) return undefined
  if (short !== 'en')
    return {
      kind: 'shapes',
      rows: track.shapes.map(({ end, viseme, openness }) => `${end / 1000} ${viseme} ${openness}`),
    }
  const said = told(samples, text)
  if (!said || !agree(said.words, track)) return undefined
  return {
    kind: 'segs',
    rows: said.phones.map(
      ({ name, start, end }) =>
        `${end / 1000} 0 ${name === 'AH' && end - start < weak ? 'ax' : name.toLowerCase()}`,
    ),
  }
}

function told(samples: Float32Array, text: string) {
  try {
    return phonesSaid(samples, text)
  } catch {
    return undefined // a word that its dictionary lacks
  }
}

const agree = (words: readonly Span[], { words: ours }: MouthTrack): boolean =>
  words.filter(word => ours.some(({ start }) => Math.abs(start - word.start) <= agreed.ms)).length >=
  agreed.share * words.length

const about: Record<string, unknown> = {}
const all = promptsOf(set).slice(0, Number(count))
for (const { sound, name, text } of all) {
  const wav = join(folder, `${name}.wav`)
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'g722', '-i', sound, '-ac', '1', '-ar', '16000', wav])
  const found = await labels(decodeWav(readFileSync(wav)).samples, text)
  if (!found) continue
  writeFileSync(join(folder, `${name}.${found.kind}`), `${found.rows.join('\n')}\n`)
  about[name] = { kind: found.kind, language: short, sex, voice: set, text }
}
writeFileSync(join(folder, 'about.json'), JSON.stringify(about))
console.log(`${set}: ${Object.keys(about).length} of ${all.length} prompts`)
espeak.close()
inference.close()

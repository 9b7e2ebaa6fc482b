/** Recordings with scripts of which it is known which lines are said and where, for measuring how scripts are aligned. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Espeak } from '../../pipelines/espeak.ts'
import type { Language, Ms, Span, Word } from '../../pipelines/terms.ts'
import { addNoise, dice, fliteTrack, sentences } from './flite.ts'
import { sharedFile } from './shared.ts'
import { espeakSpeech } from './truth.ts'

/** A line of the script: where it is said, or nowhere. Words only where their times are known. */
export type TalkLine = {
  readonly text: string
  readonly said?: { readonly start: Ms; readonly end: Ms; readonly words: readonly Word[] }
  /** When the script says it is said. */
  readonly told?: Span
}
export type Talk = {
  readonly language: Language
  /** 16 kHz mono. */
  readonly samples: Float32Array
  readonly lines: readonly TalkLine[]
}

/** Puts a line that nobody says before every fifth, and other words in the place of every seventh. */
export function spoiled(talk: Talk, others: readonly string[]): Talk {
  let next = 0
  const other = (): TalkLine => ({ text: others[next++ % others.length] ?? '' })
  const lines = talk.lines.flatMap((line, at) => [
    ...(at % 5 === 2 ? [other()] : []),
    at % 7 === 3 ? other() : line,
  ])
  return { ...talk, lines }
}

/** Times such as subtitles have, all so much early, and every so-manyth a quarter of a minute late besides. */
export function timed(talk: Talk, seed: number, early: Ms, wrong = Number.POSITIVE_INFINITY): Talk {
  const roll = dice(seed)
  const lines = talk.lines.map((line, at) => {
    const { start, end } = line.said ?? { start: 0, end: 0 }
    const off = (at % wrong === wrong - 1 ? 15_000 : 0) - early
    const told = { start: Math.round(start + off - 600 * roll()), end: Math.round(end + off + 900 * roll()) }
    return line.said && told.start >= 0 ? { ...line, told } : line
  })
  return { ...talk, lines }
}

/** English by flite's voices. @throws when flite is not there */
export function fliteTalk(seed: number, count: number, voices: readonly string[]): Talk {
  const texts = [...new Set(sentences(2 * count, seed))].slice(0, count)
  const { samples, lines } = fliteTrack(texts, seed, [0.2, 2], voices)
  return { language: 'en-US', samples, lines: lines.map(line => ({ text: line.text, said: line })) }
}

/** So much white noise under the speech. */
export const hissing = (talk: Talk, decibels: number, seed: number): Talk => ({
  ...talk,
  samples: addNoise(
    {
      samples: talk.samples,
      lines: talk.lines.flatMap(({ text, said }) => (said ? [{ text, voice: '', ...said }] : [])),
    },
    decibels,
    seed,
  ).samples,
})

export const foreignLines: Readonly<Record<string, readonly string[]>> = {
  ja: [
    'まさか、本当に戻ってくるとは。',
    '船が港に着くまで、ここで待っていて。',
    '誰も知らない歌を歌おう。',
    '明日の朝、僕たちは旅に出る。',
    'この本は誰のものですか。',
    '静かにして、聞こえてしまう。',
    '昨日の夜、森で光を見たんだ。',
    'そんな約束はしていない。',
    '窓を開けて、風を入れよう。',
    '先生は今日も学校に来なかった。',
    '君のことを忘れたくない。',
    'もう一度だけ、力を貸してくれ。',
  ],
}
/** Lines that nobody says in them. */
export const foreignOthers: Readonly<Record<string, readonly string[]>> = {
  ja: [
    '空の上から町を見下ろした。',
    '妹は魚が嫌いだった。',
    '鍵は机の下に落ちていた。',
    '電車が遅れて困っています。',
  ],
  en: [
    'Nobody told the gardener about the broken fence.',
    'Her suitcase was full of old newspapers.',
    'We usually have soup on Thursdays.',
    'That violin belongs to my grandfather.',
  ],
  de: ['Der Hund schläft unter dem alten Tisch.', 'Gestern haben wir Kirschen gepflückt.'],
  fr: ['Le chat dort sous la vieille table.', 'Hier nous avons cueilli des cerises.'],
  es: ['El perro duerme debajo de la mesa vieja.', 'Ayer recogimos cerezas en el jardín.'],
  pt: ['O gato dorme debaixo da mesa velha.', 'Ontem colhemos cerejas no jardim.'],
}

/** Spoken by the synthesizer's Klatt voices, at other paces and pitches than it speaks by itself. */
export async function klattTalk(
  espeak: Espeak,
  language: Language,
  seed: number,
  texts = foreignLines[language] ?? [],
): Promise<Talk> {
  const roll = dice(seed)
  const pieces: Float32Array[] = []
  const lines: TalkLine[] = []
  let at = 0
  const add = (samples: Float32Array) => {
    pieces.push(samples)
    at += samples.length
  }
  for (const text of texts) {
    add(new Float32Array(Math.round(16_000 * (0.3 + 1.5 * roll()))))
    const how = {
      variant: `klatt${2 + Math.floor(3 * roll())}`,
      pitch: 20 + Math.floor(70 * roll()),
      rate: 0.8 + 0.5 * roll(),
    }
    const { samples, phones } = await espeakSpeech(espeak, text, language, how)
    const offset = at / 16
    const sounds = phones.filter(({ ipa }) => ipa.trim() !== '')
    const start = offset + (sounds[0]?.start ?? 0)
    lines.push({ text, said: { start, end: offset + (sounds.at(-1)?.end ?? 0), words: [] } })
    add(samples)
  }
  add(new Float32Array(8000))
  return { language, samples: joined(pieces), lines }
}

/** People: recordings with transcripts, one after the other; a line is a recording. Nothing where the recordings are not. */
export function humanTalk(language: Language): Talk | undefined {
  const manifest = sharedFile('media/MANIFEST.tsv')
  if (!manifest) return undefined
  const [head = [], ...rows] = readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map(row => row.split('\t'))
  const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? ''
  const recordings = rows.flatMap(row => {
    const text = cell(row, 'transcript').replace(/ \(kana:.*$/, '')
    const file =
      cell(row, 'lang') === language &&
      text &&
      !cell(row, 'file').startsWith('video') &&
      sharedFile(`media/${cell(row, 'file')}`)
    return file ? [{ file, text }] : []
  })
  return recordedTalk(language, recordings)
}

/** Recordings one after the other, with three quarters of a second between them. */
export function recordedTalk(
  language: Language,
  recordings: readonly { readonly file: string; readonly text: string }[],
): Talk {
  const pieces: Float32Array[] = []
  const lines: TalkLine[] = []
  let at = 0
  for (const { file, text } of recordings) {
    const samples = decoded(file)
    const [first, last] = loudPart(samples)
    lines.push({ text, said: { start: (at + first) / 16, end: (at + last) / 16, words: [] } })
    pieces.push(samples, new Float32Array(12_000))
    at += samples.length + 12_000
  }
  return { language, samples: joined(pieces), lines }
}

/**
 * From where to where somebody speaks, by loudness alone: where the median of five levels of 20 ms is nearer to the loud of the
 * recording than to its quiet, in decibels. A click is shorter than that, and a hall's noise is under it.
 */
function loudPart(samples: Float32Array): [number, number] {
  const levels = Array.from({ length: Math.floor(samples.length / 320) }, (_, at) =>
    Math.log(samples.subarray(at * 320, at * 320 + 320).reduce((sum, sample) => sum + sample * sample, 1e-7)),
  )
  const medians = levels.map((_, at) => median(levels.slice(Math.max(0, at - 2), at + 3)))
  const sorted = medians.toSorted((a, b) => a - b)
  const [quiet = 0, loud = 0] = [0.05, 0.95].map(part => sorted[Math.floor(part * (sorted.length - 1))])
  const least = (quiet + loud) / 2
  return [
    medians.findIndex(level => level > least) * 320,
    (medians.findLastIndex(level => level > least) + 1) * 320,
  ]
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

export function decoded(file: string): Float32Array {
  const args = ['-v', 'error', '-i', file, '-ac', '1', '-ar', '16000', '-f', 'f32le', '-']
  const pcm = execFileSync('ffmpeg', args, { maxBuffer: 1e9 })
  return new Float32Array(Uint8Array.from(pcm).buffer)
}

export function joined(pieces: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}

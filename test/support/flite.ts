/**
 * English speech with known times, made with flite (`-psdur` prints where each sound ends). The sentences are ours, put
 * together at random from common words, the same for the same seed.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Span, Word } from '../../pipelines/terms.ts'

export type TruthLine = Span & {
  readonly text: string
  readonly words: readonly Word[]
  readonly voice: string
}
/** 16 kHz mono, −1..1. */
export type TruthTrack = { readonly samples: Float32Array; readonly lines: readonly TruthLine[] }

const sampleRate = 16_000
const voices = ['slt', 'rms', 'awb', 'kal16']

/** Whether flite is there; says so when a test must be skipped for it. */
export function haveFlite(): boolean {
  const there = spawnSync('flite', ['--version']).error === undefined
  if (!there) console.log('      skipped: flite is not installed (apt-get install flite)')
  return there
}

/** A repeatable source of numbers in [0, 1) (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const patterns = [
  'the A N V the A N in the P',
  'W did you V the N',
  'I can not V the N without the A N',
  'please V the N before the N',
  'my N and your N V D',
  'we will V the A N at the P',
  'no',
  'wait for me D',
  'there is a A N behind the P and it will V the N',
  'she said that the N is A',
]
const choices: Record<string, string> = {
  A: 'little broken yellow quiet strange heavy golden empty hungry brave',
  N: 'window teacher river garden letter morning brother machine lantern picture captain dragon market village',
  V: 'open follow carry remember find watch believe forget protect visit',
  P: 'station mountain kitchen harbour forest temple library bridge',
  W: 'why when where how',
  D: 'quickly together tomorrow again slowly tonight',
}
export function sentences(count: number, seed: number): string[] {
  const roll = dice(seed)
  const pick = (from: readonly string[]) => from[Math.floor(roll() * from.length)] ?? ''
  return Array.from({ length: count }, () => {
    const words = pick(patterns)
      .split(' ')
      .map(word => (choices[word] ? pick(choices[word].split(' ')) : word))
    const text = words.join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  })
}

/**
 * Lines spoken one after the other by four voices at paces from 0.85 to 1.25, with gaps between `gap` seconds.
 * @throws when flite is not there
 */
export function fliteTrack(
  texts: readonly string[],
  seed: number,
  gap: readonly [number, number],
  among: readonly string[] = voices,
): TruthTrack {
  const roll = dice(seed)
  const folder = mkdtempSync(join(tmpdir(), 'kotodama-flite-'))
  try {
    const pieces: Float32Array[] = []
    const lines: TruthLine[] = []
    let at = 0
    const silence = (seconds: number) => {
      pieces.push(new Float32Array(Math.round(seconds * sampleRate)))
      at += pieces.at(-1)?.length ?? 0
    }
    for (const text of texts) {
      silence(gap[0] + (gap[1] - gap[0]) * roll() ** 3)
      const voice = among[Math.floor(roll() * among.length)] ?? 'slt'
      const said = say(text, voice, 1 / (0.85 + 0.4 * roll()), join(folder, 'line.wav'))
      const offset = (at / sampleRate) * 1000
      const words = said.words.map(word => ({ ...word, start: word.start + offset, end: word.end + offset }))
      lines.push({ text, voice, start: words[0]?.start ?? offset, end: words.at(-1)?.end ?? offset, words })
      pieces.push(said.samples)
      at += said.samples.length
    }
    silence(0.5)
    const samples = new Float32Array(at)
    let place = 0
    for (const piece of pieces) {
      samples.set(piece, place)
      place += piece.length
    }
    return { samples, lines }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Sound = { readonly name: string; readonly start: number; readonly end: number }

function say(text: string, voice: string, stretch: number, file: string) {
  const printed = execFileSync(
    'flite',
    ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-psdur', '-t', text, '-o', file],
    { encoding: 'utf8' },
  )
  let start = 0
  const sounds: Sound[] = []
  for (const [, name = '', end = ''] of printed.matchAll(/(\w+):([\d.]+)/g)) {
    if (name !== 'pau') sounds.push({ name, start, end: Number(end) * 1000 })
    start = Number(end) * 1000
  }
  const wav = readFileSync(file)
  const pcm = new Int16Array(
    wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + 44 + ((wav.length - 44) & ~1)),
  )
  const words = text.match(/[\w']+/g) ?? []
  return { samples: Float32Array.from(pcm, sample => sample / 32768), words: share(words, sounds) }
}

const alone = new Map<string, readonly string[]>()
function soundsOf(word: string): readonly string[] {
  const known = alone.get(word)
  if (known) return known
  const printed = execFileSync('flite', ['-voice', 'kal', '-ps', '-t', word, '-o', 'none'], {
    encoding: 'utf8',
  })
  const sounds = printed.split(/\s+/).filter(name => name && name !== 'pau')
  alone.set(word, sounds)
  return sounds
}

/** Which sounds belong to which word: the cheapest way to edit the words as said alone into what was said. */
function share(words: readonly string[], sounds: readonly Sound[]): Word[] {
  const expected = words.flatMap((word, owner) => soundsOf(word).map(name => ({ name, owner })))
  const [n, m] = [expected.length, sounds.length]
  const cost = Array.from({ length: n + 1 }, (_, i) => Array.from({ length: m + 1 }, (_, j) => (i ? i : j)))
  const at = (i: number, j: number) => cost[i]?.[j] ?? Number.POSITIVE_INFINITY
  const swap = (i: number, j: number) => (expected[i - 1]?.name === sounds[j - 1]?.name ? 0 : 1)
  for (let i = 1; i <= n; i++)
    for (let j = 1; j <= m; j++) {
      const row = cost[i]
      if (row) row[j] = Math.min(at(i - 1, j - 1) + swap(i, j), at(i - 1, j) + 1, at(i, j - 1) + 1)
    }
  const owners: number[] = []
  for (let [i, j] = [n, m]; j > 0; ) {
    if (i > 0 && at(i, j) === at(i - 1, j - 1) + swap(i, j)) {
      owners[j - 1] = expected[i - 1]?.owner ?? 0
      i--
      j--
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) i--
    else {
      owners[j - 1] = expected[Math.max(0, i - 1)]?.owner ?? 0
      j--
    }
  }
  return words.map((text, owner) => {
    const own = sounds.filter((_, index) => owners[index] === owner)
    return { text, start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? own[0]?.start ?? 0 }
  })
}

/** White noise so many decibels under the loudness of the speech itself. */
export function addNoise(track: TruthTrack, snr: number, seed: number): TruthTrack {
  const roll = dice(seed)
  let power = 0
  let count = 0
  for (const line of track.lines)
    for (let i = Math.round(line.start * 16); i < line.end * 16; i++) {
      power += (track.samples[i] ?? 0) ** 2
      count++
    }
  const level = Math.sqrt(power / Math.max(1, count)) * 10 ** (-snr / 20) * Math.sqrt(3)
  return { ...track, samples: track.samples.map(sample => sample + level * (2 * roll() - 1)) }
}

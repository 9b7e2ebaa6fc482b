/** Speech whose sounds and their times are known, for measuring mouths: flite's voices and the synthesizer's Klatt ones. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Espeak, EspeakAsk } from '../../pipelines/espeak.ts'
import { resample } from '../../pipelines/resample.ts'
import type { Span, Viseme } from '../../pipelines/terms.ts'
import { type Shape, shapesOf } from '../../pipelines/visemes/phones.ts'
import { decodeWav } from '../../pipelines/wav.ts'

export type TruePhone = Span & { readonly ipa: string }
export type TrueSpeech = {
  readonly text: string
  readonly language: string
  /** 16 kHz mono. */
  readonly samples: Float32Array
  readonly phones: readonly TruePhone[]
}

/** Flite's names of its sounds (CMU's) in IPA. */
const cmu: Record<string, string> = Object.fromEntries(
  (
    'aa=ɑ ae=æ ah=ʌ ao=ɔ aw=aʊ ax=ə axr=ɚ er=ɝ ay=aɪ b=b ch=tʃ d=d dh=ð dx=ɾ eh=ɛ el=l l=l em=m m=m en=n n=n nx=n ' +
    'ey=eɪ f=f g=ɡ hh=h hv=h ih=ɪ iy=i jh=dʒ k=k ng=ŋ ow=oʊ oy=ɔɪ p=p r=ɹ s=s sh=ʃ t=t th=θ uh=ʊ uw=u v=v w=w y=j z=z zh=ʒ'
  )
    .split(' ')
    .map(pair => pair.split('=') as [string, string]),
)
/** A sound of CMU's in IPA; undefined for a silence. */
export const cmuIpa = (name: string): string | undefined => cmu[name.toLowerCase()]

/** @throws when flite is not there */
export function fliteSpeech(text: string, voice: string, stretch = 1): TrueSpeech {
  const folder = mkdtempSync(join(tmpdir(), 'kotodama-truth-'))
  try {
    const file = join(folder, 'line.wav')
    const args = ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-psdur', '-t', text, '-o', file]
    const printed = execFileSync('flite', args, { encoding: 'utf8' })
    let start = 0
    const phones: TruePhone[] = []
    for (const [, name = '', end = ''] of printed.matchAll(/(\w+):([\d.]+)/g)) {
      const ipa = cmuIpa(name)
      if (ipa) phones.push({ ipa, start, end: Number(end) * 1000 })
      start = Number(end) * 1000
    }
    const { samples, sampleRate } = decodeWav(readFileSync(file))
    return { text, language: 'en-US', samples: resample(samples, sampleRate, 16_000), phones }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function espeakSpeech(
  espeak: Espeak,
  text: string,
  language: string,
  how: Partial<EspeakAsk>,
): Promise<TrueSpeech> {
  const said = await espeak.speak({ text, language, ...how })
  return { text, language, samples: resample(said.samples, said.sampleRate, 16_000), phones: said.phones }
}

/** Shorter silences between two sounds are no rest for the lips. */
const shortestPause = 60

/** The shape in the middle of every 10 ms: diphthongs turn at six tenths, throat sounds have their neighbour's shape. */
export function trueShapes({ phones, samples, language }: TrueSpeech): Viseme[] {
  const parts = phones.flatMap(({ ipa, start, end }) => {
    const shapes = shapesOf(ipa, language)
    const turns = shapes.length === 2 ? [0, 0.6, 1] : shapes.length === 3 ? [0, 0.34, 0.67, 1] : [0, 1]
    const at = (turn: number) => start + (end - start) * (turns[turn] ?? 1)
    return shapes.map((shape, turn) => ({ shape, start: at(turn), end: at(turn + 1) }))
  })
  const own = (shape: Shape | 'borrow' | undefined) =>
    shape && shape !== 'borrow' ? shape.viseme : undefined
  const shaped = parts.map(({ shape, ...span }, at) => ({
    ...span,
    viseme: own(shape) ?? own(parts[at + 1]?.shape) ?? own(parts[at - 1]?.shape) ?? ('sil' as const),
  }))
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, row): Viseme => {
    const ms = row * 10 + 5
    const within = shaped.find(({ start, end }) => start <= ms && ms < end)
    if (within) return within.viseme
    const before = shaped.findLast(({ end }) => end <= ms)
    const after = shaped.find(({ start }) => start > ms)
    return before && after && after.start - before.end < shortestPause ? after.viseme : 'sil'
  })
}

const letters = 'ABCDEFGHX'
/**
 * Rhubarb's own rules: which of its shapes are right for a sound of such a length (its `animationRules.cpp`, v1.14). A
 * stop's closure stands before the release, so within our times of the whole stop both are right.
 */
export function rhubarbAllows({ ipa, start, end }: TruePhone): string {
  const long = end - start
  const sign = ipa
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .replace(/[ːˈˌʰʲ]/g, '')
  const rules: readonly [RegExp, string][] = [
    [/^(aɪ)/, long < 200 ? 'CB' : 'DB'],
    [/^(aʊ)/, long < 300 ? 'CE' : 'DE'],
    [/^(eɪ)/, 'CB'],
    [/^(oʊ|əʊ)/, 'EF'],
    [/^(ɔɪ)/, 'EB'],
    [/^[pb]/, 'A'],
    [/^m/, 'A'],
    [/^(tʃ|dʒ|tɕ|dʑ|ts|dz)/, 'BF'],
    [/^[td]/, 'BF'],
    [/^[kɡgcɟqx]/, 'BCEFH'],
    [/^[fvʋɸ]/, 'G'],
    [/^[θðszʃʒɕʑʂʐç]/, 'BF'],
    [/^[hɦʔ]/, letters],
    [/^ŋ/, 'BCEF'],
    [/^[nɲɳɴ]/, 'BCFH'],
    [/^[lɫʎ]/, long < 200 ? 'BEFH' : 'H'],
    [/^[ɚɝ]|^ɜ/, long < 70 ? 'BC' : 'E'],
    [/^[rɹɾɻʀʁɽ]/, 'BEF'],
    [/^j/, 'BCF'],
    [/^[wɥ]/, 'F'],
    [/^[uʊyʏʉɯ]/, 'F'],
    [/^[iɪɨᵻ]/, 'B'],
    [/^[oɔɒøœ]/, 'E'],
    [/^[ʌɐ]/, long < 200 ? 'C' : 'D'],
    [/^æ|^[eɛ]/, 'C'],
    [/^[aɑ]/, 'D'],
    [/^[əɘɵ]/, 'BC'],
  ]
  return rules.find(([pattern]) => pattern.test(sign))?.[1] ?? letters
}

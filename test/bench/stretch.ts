/**
 * What stretching does to speech: mel-cepstral distance to the same voice natively at that pace, above the distance of the
 * sound left alone; the change of harmonics against noise; how far the length is missed. Beside it every stretcher of the
 * system that is on the PATH: `rubberband` (R3), `sox`, `sonic`, `soundstretch`. `--lines N` a voice.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { trim } from '../../pipelines/dub/sound.ts'
import { stretch } from '../../pipelines/dub/stretch.ts'
import { openEspeak } from '../../pipelines/espeak.ts'
import { resample } from '../../pipelines/resample.ts'
import { decodeWav, encodeWav } from '../../pipelines/wav.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { espeakSpeech, fliteSpeech } from '../support/truth.ts'
import { openLikeness } from '../support/voice-likeness.ts'

const { values } = parseArgs({ options: { lines: { type: 'string', default: '4' } }, strict: false })
const ratios = [0.6, 0.77, 0.8, 0.9, 1.1, 1.18, 1.25]
const rate = 48_000
const folder = mkdtempSync(join(tmpdir(), 'kotodama-stretch-'))
const [from, to] = [join(folder, 'from.wav'), join(folder, 'to.wav')]

type Stretcher = (sound: Float32Array, ratio: number) => Float32Array
const program =
  (name: string, args: (ratio: number) => readonly string[]): Stretcher =>
  (sound, ratio) => {
    writeFileSync(from, encodeWav(sound, rate))
    execFileSync(name, args(ratio), { stdio: 'ignore' })
    return decodeWav(readFileSync(to)).samples
  }
const percent = (ratio: number) => `-tempo=${(100 / ratio - 100).toFixed(4)}`
const rivals: readonly (readonly [name: string, run: Stretcher])[] = [
  ['rubberband', program('rubberband', ratio => ['-q', '-3', '-t', `${ratio}`, from, to])],
  ['sox', program('sox', ratio => [from, to, 'tempo', '-s', `${1 / ratio}`])],
  ['sonic', program('sonic', ratio => ['-s', `${1 / ratio}`, from, to])],
  ['soundstretch', program('soundstretch', ratio => [from, to, percent(ratio), '-speech'])],
]
const stretchers: readonly (readonly [name: string, run: Stretcher])[] = [
  ['ours', (sound, ratio) => stretch(sound, Math.round(sound.length * ratio))],
  ...rivals.filter(([name]) => spawnSync(name, ['--help']).error === undefined),
]

const espeak = openEspeak()
const likeness = await openLikeness()
const small = (sound: Float32Array) => resample(sound, rate, 16_000)
const sounds: { readonly own: Float32Array; readonly native: ReadonlyMap<number, Float32Array> }[] = []
const voices = [
  ...(haveFlite() ? ['rms', 'slt', 'awb'] : []).map(
    voice => async (text: string, ratio: number) => fliteSpeech(text, voice, ratio),
  ),
  ...['m1', 'f3'].map(
    variant => (text: string, ratio: number) =>
      espeakSpeech(espeak, text, 'en-US', { variant, rate: 1 / ratio }),
  ),
]
for (const voice of voices)
  for (const text of sentences(3 * Number(values.lines), 17)
    .filter(one => one.length > 25)
    .slice(0, Number(values.lines))) {
    const said = async (ratio: number) => trim(resample((await voice(text, ratio)).samples, 16_000, rate))
    const native = new Map<number, Float32Array>()
    for (const ratio of ratios) native.set(ratio, small(await said(ratio)))
    sounds.push({ own: await said(1), native })
  }

const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
console.log(
  `${sounds.length} lines of ${voices.length} voices; cells: distance above the floor, change of harmonics, dB`,
)
const rows: Record<string, Record<string, string>> = {}
for (const ratio of ratios) {
  const native = sounds.map(sound => sound.native.get(ratio) ?? new Float32Array())
  const floors = sounds.map(({ own }, at) => likeness.distortion(small(own), native[at] ?? own))
  const harmonics = sounds.map(({ own }) => likeness.harmonics(small(own)))
  const row: Record<string, string> = {
    floor: mean(floors).toFixed(2),
    native: signed(mean(native.map((sound, at) => likeness.harmonics(sound) - (harmonics[at] ?? 0)))),
  }
  for (const [name, run] of stretchers) {
    const made = sounds.map(({ own }) => run(own, ratio))
    const worse = made.map(
      (sound, at) => likeness.distortion(small(sound), native[at] ?? sound) - (floors[at] ?? 0),
    )
    const buzz = made.map((sound, at) => likeness.harmonics(small(sound)) - (harmonics[at] ?? 0))
    const missed = Math.max(
      ...made.map(({ length }, at) => Math.abs(length - Math.round((sounds[at]?.own.length ?? 0) * ratio))),
    )
    row[name] = `${signed(mean(worse))} ${signed(mean(buzz))} ${((1000 * missed) / rate).toFixed(0)} ms`
  }
  rows[`×${ratio}`] = row
}
console.table(rows)
likeness.close()
espeak.close()
rmSync(folder, { recursive: true, force: true })

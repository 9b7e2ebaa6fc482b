/**
 * Lips that meet, from the picture into the fit: clips of our own in which mouths are drawn after the true sounds (on ones and
 * on twos) or flap at random, with pans, zooms, blinks, bobbing heads and two speakers. Voices are flite's, which the mouth
 * model never heard. Prints whose mouths are taken to be drawn after the sounds, how well the lips that are seen to meet
 * are those that do, and how often the fit takes a wording whose lips meet there over the translator's first, whose don't.
 */
import { openEspeak } from '../../pipelines/espeak.ts'
import { openInference } from '../../pipelines/onnx.ts'
import type { LineSeen, ShotFlaps } from '../../pipelines/terms.ts'
import { fit } from '../../pipelines/timing/fit.ts'
import { findFlaps } from '../../pipelines/timing/flaps/flaps.ts'
import { small } from '../../pipelines/timing/flaps/picture.ts'
import { openLips } from '../../pipelines/timing/lips.ts'
import { closureF1 } from '../../pipelines/timing/measures.ts'
import { openMouth } from '../../pipelines/timing/mouth.ts'
import { openPace } from '../../pipelines/timing/pace.ts'
import { lipsSeen, seenOf } from '../../pipelines/timing/see.ts'
import { type Clip, clips, fps } from '../support/cel.ts'
import { drawn } from '../support/flaps.ts'
import { haveFlite, sentences } from '../support/flite.ts'
import { inMemory } from '../support/mouth.ts'
import { openBench } from '../support/stage.ts'
import { type Talking, talk, ways } from '../support/talking.ts'
import { fliteSpeech } from '../support/truth.ts'

const named = ['still', 'hair', 'pan', 'zoom', 'bob', 'two speakers', 'two and a pan']
const voices: Record<string, string> = { A: 'rms', B: 'slt' }
const espeak = openEspeak()
const inference = openInference()
const mouth = openMouth(inference, espeak)
const bench = await openBench()
const percent = (share: number) => `${Math.round(100 * share)} %`.padStart(6)
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)

/** As long to say, and the lips never meet. */
const unmet = (text: string) =>
  text.replace(/[pbm]/gi, letter => ({ p: 't', b: 'd', m: 'n' })[letter.toLowerCase()] ?? letter)

async function look(clip: Clip, talking: Talking) {
  const shots: ShotFlaps[] = []
  const pictures = drawn(clip, talking, 5)
  const film = { pictures, size: small, rate: { num: fps, den: 1 }, shots: [] }
  for await (const shot of findFlaps(film, talking.lines)) shots.push(shot)
  const sights = new Map<string, LineSeen>(talking.spoken.map(line => [line.id, seenOf(line, shots)]))
  const hear = openLips(mouth, inMemory(talking.samples), 'en-US', bench.at.signal)
  const seen = await lipsSeen(talking.spoken, shots, sights, hear)
  for (const [id, closures] of seen) sights.set(id, { ...sights.get(id), screen: 'on', closures })
  return { sights, taken: new Set(seen.map(([id]) => id)) }
}

/** The share of lines in which the fit takes the wording whose lips meet where the original's do. */
async function metIn({ spoken }: Talking, sights: ReadonlyMap<string, LineSeen>): Promise<number> {
  const lines = spoken.map(({ id, text }) => {
    return { id, text: unmet(text), origin: { how: 'engine', engine: 'bench' }, candidates: [text] } as const
  })
  const transcript = { language: 'en', way: 'script', lines: spoken, findings: [] } as const
  const translation = { language: 'en', lines, findings: [] }
  const ask = { transcript, translation, edits: [], seen: Object.fromEntries(sights) }
  const fitted = await fit(ask, openPace(espeak), bench.at)
  return mean(fitted.lines.map(({ text }, at) => (text === spoken[at]?.text ? 1 : 0)))
}

if (haveFlite()) {
  console.log(`${'clip'.padEnd(18)}${'drawn'.padEnd(8)}lines  taken  F1 of lips  wording`)
  for (const clip of clips.filter(({ name }) => named.includes(name)))
    for (const way of ways) {
      const texts = sentences(40, 61).filter(text => text.length > 25)
      const say = async (text: string, speaker: string) => fliteSpeech(text, voices[speaker] ?? 'awb')
      const longer = { ...clip, seconds: 40 }
      const talking = await talk(longer, 7, way, texts, say)
      const { sights, taken } = await look(longer, talking)
      const lips = [...taken].map(id => closureF1(talking.met.get(id) ?? [], sights.get(id)?.closures ?? []))
      const [told, wording] = [taken.size / talking.spoken.length, await metIn(talking, sights)]
      console.log(
        `${clip.name.padEnd(18)}${way.padEnd(8)}${`${talking.spoken.length}`.padStart(5)} ${percent(told)}      ${lips.length > 0 ? percent(mean(lips)) : '     –'}   ${percent(wording)}`,
      )
    }
}
espeak.close()
inference.close()
await bench.close()

import type { Line } from '../../pipelines/terms.ts'
import { visemes } from '../../pipelines/visemes/phones.ts'
import { type Clip, fps, type Mouth, type Told, tell } from './cel.ts'
import { chance } from './chance.ts'
import { type TrueSpeech, trueShapes } from './truth.ts'

/** How mouths are drawn: after the sounds on ones or twos, or flapping at random whatever is said. */
export const ways = ['ones', 'twos', 'random'] as const
export type Way = (typeof ways)[number]

/** A clip whose characters are heard, too. */
export type Talking = Told & {
  readonly spoken: readonly Line[]
  /** 16 kHz mono. */
  readonly samples: Float32Array
  /** By line: when its lips meet in truth, inside the line. */
  readonly met: ReadonlyMap<string, readonly number[]>
}

const open = { sil: 0, PP: 0, aa: 2, E: 2, oh: 2 } as const

/** The lines of a clip said by `say`, one voice a character, and mouths drawn so. */
export async function talk(
  clip: Clip,
  seed: number,
  way: Way,
  texts: readonly string[],
  say: (text: string, speaker: string) => Promise<TrueSpeech>,
): Promise<Talking> {
  const next = chance(seed)
  const samples = new Float32Array(clip.seconds * 16_000)
  const spoken: Line[] = []
  const met = new Map<string, number[]>()
  const shapes = new Map(clip.cast.map(({ name }) => [name, new Uint8Array(clip.seconds * 100)]))
  for (let at = 700, turn = 0; ; turn++) {
    const { name: speaker } = clip.cast[turn % clip.cast.length] ?? { name: '' }
    const text = texts[turn % texts.length] ?? ''
    const speech = await say(text, speaker)
    const end = at + Math.round(speech.samples.length / 16)
    if (end > clip.seconds * 1000 - 500) break
    samples.set(speech.samples, at * 16)
    const id = `line ${turn}`
    spoken.push({
      ...{ id, start: at, end, text, speaker, trust: 1, words: [{ start: at, end, text }] },
      ...({ kind: 'dialogue', hand: 'machine' } as const),
    })
    const truth = trueShapes(speech)
    truth.forEach((viseme, row) => {
      shapes.get(speaker)?.set([visemes.indexOf(viseme)], Math.floor(at / 10) + row)
    })
    const meets = truth.flatMap((viseme, row) =>
      viseme === 'PP' && truth[row - 1] !== 'PP' && truth[row - 1] !== 'sil' ? [at + 10 * row] : [],
    )
    met.set(id, meets)
    at = end + 500 + Math.round(next() * 700)
  }
  const lines = spoken.map(({ id, start, end, speaker = '' }) => ({ id, start, end, speaker }))
  if (way === 'random') return { lines, spoken, samples, met, mouths: tell(clip, seed, lines).mouths }
  const on = way === 'ones' ? 1 : 2
  const mouths = new Map(
    [...shapes].map(([name, rows]) => [
      name,
      Array.from({ length: clip.seconds * fps }, (_, frame): Mouth => {
        const block = (from: number) => Math.round(((Math.floor(frame / on) * on + from) * 100) / fps)
        const shown = rows.subarray(block(0), block(on))
        const middle = visemes[shown[shown.length >> 1] ?? 0] ?? 'sil'
        // Lips that meet are never left out, as animators don't.
        if (shown.includes(visemes.indexOf('PP'))) return 0
        return (open as Partial<Record<string, Mouth>>)[middle] ?? 1
      }),
    ]),
  )
  return { lines, spoken, samples, met, mouths }
}

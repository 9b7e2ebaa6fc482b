/**
 * eSpeak NG (GPL-3.0) at work. This file runs in a process of its own and talks to the rest of the house, which is
 * under another licence, in plain messages and nothing else.
 */
import { setFlagsFromString } from 'node:v8'
import open, { type Espeak, type EspeakEvent, type EspeakWorker } from '@echogarden/espeak-ng-emscripten'
import { serve } from '../child.ts'

export type SynthesizeAsk = {
  readonly text: string
  readonly voice: string
  readonly variant?: string
  readonly wordsPerMinute: number
  /** 0 to 99; 50 is the voice's own. */
  readonly pitch: number
  /** Its length and its events are wanted, and no sound. */
  readonly silent: boolean
}
export type Synthesized = {
  /** −32768..32767 */
  readonly samples: Int16Array
  readonly length: number
  readonly sampleRate: number
  readonly events: readonly Pick<EspeakEvent, 'type' | 'id' | 'text_position' | 'audio_position'>[]
}

/** The longest text it takes, in bytes of UTF-8. */
const room = 30_000

// It is one function of 45,000 bytecodes, which takes a second to compile well. Compiled before most of its ways were gone, it is
// compiled again and again.
setFlagsFromString('--interrupt-budget=600000')

const folder = '/usr/share/espeak-ng-data/voices/!v'
/** Its formants at one per cent of their places: no harmonic is left to add up, which is half the work, and times are the same. */
const formants = Array.from({ length: 9 }, (_, formant) => `formant ${formant} 1 0 1\n`).join('')

const mutedOnes = new Set<string>()

const ready = open().then(async module => {
  const synthesizer = await new module.eSpeakNGWorker()
  const variants = new Set(module.FS.readdir(folder).filter(name => name[0] !== '.'))
  // Its JavaScript side keeps one place in its memory for texts and moves it when one is longer. Moved later, it would be
  // a place that the memory which is put back knows nothing of, and texts would be overwritten while they are spoken.
  synthesizer.set_voice('en-us')
  for (let i = 0; i < 2; i++) synthesizer.synthesize(`a${' '.repeat(room)}`, () => false)
  let used = module.HEAPU8.length
  while (used > 0 && module.HEAPU8[used - 1] === 0) used--
  return { module, synthesizer, variants, fresh: module.HEAPU8.slice(0, used) }
})

serve(async (ask: SynthesizeAsk): Promise<Synthesized> => {
  const { module, synthesizer, variants, fresh } = await ready
  // It carries phases of its waves from one call into the next. The same words shall give the same sound: its memory is
  // put back as it was at first.
  module.HEAPU8.set(fresh)
  module.HEAPU8.fill(0, fresh.length)
  if (Buffer.byteLength(ask.text) > room) throw new Error(`a text is longer than ${room} bytes`)
  if (ask.variant && !variants.has(ask.variant)) throw new Error(`it has no variant ${ask.variant}`)
  const variant = ask.silent ? muted(module.FS, ask.variant) : ask.variant
  const voice = variant ? `${ask.voice}+${variant}` : ask.voice
  if (synthesizer.set_voice(voice) !== 0) throw new Error(`it has no voice ${voice}`)
  synthesizer.set_rate(ask.wordsPerMinute)
  synthesizer.set_pitch(ask.pitch)
  return synthesize(synthesizer, ask)
})

/** The name of a variant that is the given one without its sound. */
function muted({ readFile, writeFile }: Espeak['FS'], variant?: string): string {
  const name = `muted-${variant ?? ''}`
  if (mutedOnes.has(name)) return name
  const own = variant ? readFile(`${folder}/${variant}`, { encoding: 'utf8' }) : 'language variant\n'
  writeFile(`${folder}/${name}`, `${own}\n${formants}`)
  mutedOnes.add(name)
  return name
}

function synthesize(synthesizer: EspeakWorker, { text, silent }: SynthesizeAsk): Synthesized {
  const pieces: Int16Array[] = []
  const events: EspeakEvent[] = []
  let length = 0
  synthesizer.synthesize(text, (samples, marks) => {
    length += samples?.length ?? 0
    if (samples && !silent) pieces.push(samples)
    events.push(...marks)
    return false
  })
  const samples = new Int16Array(silent ? 0 : length)
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return { samples, length, sampleRate: synthesizer.samplerate, events }
}

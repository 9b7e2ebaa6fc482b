import { languages } from '../../espeak/voices.ts'
import type { Espeak } from '../../espeak.ts'
import type { VoiceEngine } from '../engine.ts'

/** A voice of the synthesizer: its name for a throat (`f3`), how high it speaks (50 is its own), what it is like. */
type Throat = readonly [preset: string, variant: string, pitch: number, says: string]

/**
 * The throats that are sets of numbers and nothing else. Those that the synthesizer calls by a person's name are left
 * out: whom they were modelled on nobody can say.
 */
const throats: readonly Throat[] = [
  ['woman', 'f2', 45, 'A woman, clear and even.'],
  ['woman-bright', 'f3', 62, 'A bright young woman.'],
  ['woman-warm', 'f1', 32, 'A woman with a warm, rough edge.'],
  ['woman-soft', 'f5', 50, 'A soft woman, a little breathy.'],
  ['woman-old', 'f1', 15, 'An old woman, low and rough.'],
  ['girl', 'f4', 85, 'A girl, high and quick to rise.'],
  ['boy', 'f1', 72, 'A boy before his voice breaks.'],
  ['man', 'm3', 50, 'A man, plain and steady.'],
  ['man-bright', 'm1', 80, 'A bright young man.'],
  ['man-warm', 'm2', 40, 'A man with a full, warm voice.'],
  ['man-low', 'm7', 20, 'A man with a very low voice.'],
  ['man-old', 'croak', 30, 'An old man with a creaking voice.'],
  ['giant', 'm5', 0, 'A giant or a beast, as low as it goes.'],
  ['sprite', 'f4', 99, 'A sprite or a small animal, as high as it goes.'],
]

/** The embedded synthesizer as voices that are nobody's: made by rules from numbers, never from a recording of anyone. */
export function openEspeakVoices(espeak: Pick<Espeak, 'speak'>): VoiceEngine {
  const byPreset = new Map(throats.map(throat => [throat[0], throat]))
  return {
    name: 'espeak',
    identity: 'eSpeak NG (@echogarden/espeak-ng-emscripten 0.3.5), formant voices',
    licence: 'GPL-3.0-or-later; it runs in a process of its own, and what it says carries no licence',
    presets: throats.map(([preset, , , says]) => ({ preset, languages, says })),
    async speak({ text, language, preset, rate }, signal) {
      const throat = byPreset.get(preset)
      if (!throat) throw new Error(`espeak has no preset ${preset}`)
      const [, variant, pitch] = throat
      return espeak.speak({ text, language, variant, pitch, rate }, signal)
    },
  }
}

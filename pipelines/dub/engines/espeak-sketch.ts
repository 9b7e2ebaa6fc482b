import { languages } from '../../espeak/voices.ts'
import type { Espeak } from '../../espeak.ts'
import { Problem } from '../../problem.ts'
import { decodeWav } from '../../wav.ts'
import type { PersonEngine } from '../engine.ts'
import { bendPitch, contourOf, lean, leanOf, registerOf } from '../pitch.ts'

/** More of a recording than this says nothing new about how high somebody speaks. */
const heard = 30

/**
 * A sketch of a voice: the embedded synthesizer, moved to the middle and the range of a person's pitch and leaning as
 * their spectrum does, by 6 dB at most. It does not sound like the person, and is not meant to: on ten pairs of voices
 * such means closed a tenth of the distance. It asks for their consent all the same, for it is made of their recording.
 */
export function openEspeakSketch(espeak: Pick<Espeak, 'speak'>): PersonEngine {
  return {
    name: 'espeak-sketch',
    identity: 'a sketch of the voice: eSpeak NG (0.3.5) at its pitch and lean, version 1',
    licence:
      'GPL-3.0-or-later of the synthesizer, in a process of its own; the recording under its actor’s consent',
    languages,
    async speak({ text, language, rate, reference }, signal) {
      const person = measure(reference)
      // The throat that is nearer needs less bending.
      const variant = person.register.middle > 165 ? 'f2' : 'm3'
      const { samples, sampleRate } = await espeak.speak({ text, language, variant, rate }, signal)
      const contour = contourOf(samples, sampleRate)
      const own = registerOf(contour)
      const bent = own ? bendPitch(samples, contour, sampleRate, own, person.register) : samples
      const sound = lean(bent, sampleRate, leanOf(bent, sampleRate), person.lean)
      return { samples: sound, sampleRate }
    },
  }
}

function measure(reference: Uint8Array) {
  const failed = (reason: string) => new Problem('engine-failed', { engine: 'espeak-sketch', reason })
  let decoded: ReturnType<typeof decodeWav>
  try {
    decoded = decodeWav(reference)
  } catch (error) {
    throw failed(`the recording is ${error instanceof Error ? error.message : 'no sound'}`)
  }
  const { sampleRate } = decoded
  const samples = decoded.samples.subarray(0, heard * sampleRate)
  const register = registerOf(contourOf(samples, sampleRate))
  if (!register) throw failed('too little is spoken in the recording')
  return { register, lean: leanOf(samples, sampleRate) }
}

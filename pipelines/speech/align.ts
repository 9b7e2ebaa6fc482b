/**
 * A script aligned to the sound: a synthesizer says every line, and the cheapest path (dynamic time warping, in two looks) says
 * when the recording does. Where somebody hears mouths it says them silently, and the two are compared by what mouths do; these
 * also say how surely a line is said, and mend the times. Else its sound is compared with the recording's (cepstra).
 */
import { join } from 'node:path'
import type { Espeak } from '../espeak.ts'
import type { Inference } from '../onnx.ts'
import type { Stage } from '../stage.ts'
import type { Activity, Blob, Finding, Language, Utterance } from '../terms.ts'
import { classes, modelFile, sampleRate } from '../visemes/ears.ts'
import { openWav } from '../wav.ts'
import { type Listener, record } from './align/listen.ts'
import { bands, frameMs, openMel } from './align/mel.ts'
import { placeLines } from './align/place.ts'
import { prepare } from './align/ready.ts'
import { aloud, sayScript, silently } from './align/reference.ts'
import { noCounts, openTape, type Tape } from './align/tape.ts'
import { tell } from './align/tell.ts'
import { type Trust, trustOf } from './align/trust.ts'
import { isSpoken, type ScriptLine } from './script.ts'

export type AlignAsk = {
  readonly script: readonly ScriptLine[]
  readonly ears: Blob
  readonly activity: Activity
  readonly language: Language
}

/** What is known of the sounds lies in the scratch folder: memory hardly grows with their length. */
export async function alignScript(
  { script, ears, activity, language }: AlignAsk,
  espeak: Espeak,
  at: Stage,
  inference?: Pick<Inference, 'mouth'>,
  trust: Trust = trustOf,
): Promise<{ readonly utterances: readonly Utterance[]; readonly findings: readonly Finding[] }> {
  const spoken = script.filter(line => isSpoken(line.kind))
  const { signal } = at
  const { speech } = activity
  const tapes: Tape[] = []
  const newTape = async (name: string) => {
    const tape = await openTape(join(at.scratch, name), inference ? classes : bands)
    tapes.push(tape)
    return tape
  }
  const listener: Listener = inference ? { inference } : { mel: await openMel(sampleRate) }
  const wav = await openWav(await at.file(ears))
  try {
    const own = await newTape('script.rows')
    const counts = noCounts()
    const say =
      'mel' in listener ? aloud(espeak, listener.mel, counts, signal) : silently(espeak, modelFile, signal)
    const reference = await sayScript(spoken, language, say, own, part => at.report(0.4 * part))
    const sound = await newTape('sound.rows')
    const levels = await record(wav, speech, sound, listener, signal, part => at.report(0.4 + 0.3 * part))
    const ready = await prepare(
      {
        recording: sound,
        script: own,
        ...('mel' in listener && { levels: { recording: levels, script: counts } }),
      },
      reference,
      speech,
      signal,
    )
    const { placed, times } = await placeLines(
      ready,
      reference,
      spoken,
      speech,
      signal,
      trust,
      inference && sound,
    )
    at.report(0.95)
    return tell(script, placed, times, ready.frames * frameMs, inference !== undefined)
  } finally {
    if ('mel' in listener) listener.mel.close()
    await wav.close()
    for (const tape of tapes) await tape.close()
  }
}

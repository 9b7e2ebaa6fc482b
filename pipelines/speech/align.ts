/**
 * A script aligned to the sound: a synthesizer says every line, and the cheapest path (dynamic time warping over cepstra,
 * in two looks) says when the recording does. Who hears mouths, when given, says whether it does, and mends the times.
 */
import { join } from 'node:path'
import type { Espeak } from '../espeak.ts'
import type { Inference } from '../onnx.ts'
import type { Stage } from '../stage.ts'
import type { Activity, Blob, Finding, Language, Utterance } from '../terms.ts'
import { sampleRate } from '../visemes/ears.ts'
import { openWav } from '../wav.ts'
import { type Listener, record } from './align/listen.ts'
import { frameMs, openMel } from './align/mel.ts'
import { placeLines } from './align/place.ts'
import { prepare } from './align/ready.ts'
import { sayScript } from './align/reference.ts'
import { openTape, type Tape } from './align/tape.ts'
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
  const listener: Listener = { mel: await openMel(sampleRate), inference }
  const tapes: Tape[] = []
  const newTape = async (name: string) => {
    const tape = await openTape(join(at.scratch, name), inference !== undefined)
    tapes.push(tape)
    return tape
  }
  const wav = await openWav(await at.file(ears))
  try {
    const own = await newTape('script.rows')
    const reference = await sayScript(spoken, language, espeak, own, listener, signal, part =>
      at.report(0.4 * part),
    )
    const sound = await newTape('sound.rows')
    const levels = await record(wav, speech, sound, listener, signal, part => at.report(0.4 + 0.3 * part))
    const ready = await prepare({ tape: sound, levels }, { ...reference, tape: own }, speech, signal)
    const { placed, times } = await placeLines(ready, reference, spoken, speech, signal, trust)
    at.report(0.95)
    return tell(script, placed, times, ready.frames * frameMs, inference !== undefined)
  } finally {
    listener.mel.close()
    await wav.close()
    for (const tape of tapes) await tape.close()
  }
}

import type { Stage } from '../stage.ts'
import type { Blob, Span } from '../terms.ts'
import { openWav } from '../wav.ts'

/** A stretch of the ears (16 kHz mono), −1..1, as long as was asked. */
export async function readEars(
  ears: Blob,
  { start, end }: Span,
  at: Stage,
): Promise<Float32Array<ArrayBuffer>> {
  const wav = await openWav(await at.file(ears))
  try {
    const perMs = wav.sampleRate / 1000
    return await wav.read(start * perMs, (end - start) * perMs)
  } finally {
    await wav.close()
  }
}

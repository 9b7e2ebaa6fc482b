import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../ffmpeg.ts'
import { Problem } from '../problem.ts'
import type { Ms } from '../terms.ts'
import { openWav } from '../wav.ts'
import { probeFile } from './probe.ts'

/** What a browser recorded of somebody's voice, as engines take it. */
export type Recording = {
  /** 24 kHz mono signed 16-bit. */
  readonly wav: Uint8Array
  readonly milliseconds: Ms
  /** Where the same lies at 16 kHz, for whoever hears it. */
  readonly ears: string
}

/** Long enough to know a voice by; and an upper end, so that it is a recording and no film. */
const [shortest, longest] = [1000, 120_000]

/**
 * Reads a hostile file as a recording of a voice, working in `folder`, which the caller throws away.
 * @throws Problem `recording-refused`, and those of `probeFile`
 */
export async function readRecording(path: string, folder: string): Promise<Recording> {
  const at = { signal: AbortSignal.timeout(60_000), report: () => {} }
  await probeFile({ path, name: 'recording' }, at)
  const [kept, ears] = [join(folder, 'kept.wav'), join(folder, 'ears.wav')]
  const plain = (rate: number) => ['-map', '0:a:0', '-ac', '1', '-ar', String(rate), '-c:a', 'pcm_s16le']
  const cut = ['-t', String((longest + 1000) / 1000)]
  await ffmpeg(
    {
      inputs: [{ file: path }],
      outputs: [
        { file: kept, args: [...plain(24_000), ...cut, '-f', 'wav'] },
        { file: ears, args: [...plain(16_000), ...cut, '-f', 'wav'] },
      ],
      limit: 60_000,
    },
    at,
  )
  const sound = await openWav(kept)
  const milliseconds = Math.round((sound.frames / 24_000) * 1000)
  await sound.close()
  if (milliseconds < shortest)
    throw new Problem('recording-refused', { reason: 'it is shorter than a second' })
  if (milliseconds > longest)
    throw new Problem('recording-refused', { reason: 'it is longer than two minutes' })
  return { wav: new Uint8Array(await readFile(kept)), milliseconds, ears }
}

import { ffmpegStream, type Input } from '../../ffmpeg.ts'
import type { Rate } from '../../terms.ts'
import { type Picture, small } from './picture.ts'

/** The film in small grey pictures at a constant rate, as they come; ffmpeg waits while nobody reads. */
export async function* picturesOf(
  input: Input,
  rate: Rate,
  signal: AbortSignal,
): AsyncGenerator<Picture, void> {
  const { width, height } = small
  const filter = `fps=${rate.num}/${rate.den},scale=${width}:${height}:flags=area,format=gray`
  const job = {
    inputs: [input],
    outputs: [],
    stream: ['-map', '0:v:0', '-vf', filter, '-f', 'rawvideo', '-c:v', 'rawvideo'],
  }
  const picture = new Uint8Array(width * height)
  let filled = 0
  for await (const chunk of ffmpegStream(job, { signal, report: () => {} }))
    for (let at = 0; at < chunk.length; ) {
      const more = Math.min(chunk.length - at, picture.length - filled)
      picture.set(chunk.subarray(at, at + more), filled)
      at += more
      filled += more
      if (filled < picture.length) continue
      yield picture
      filled = 0
    }
}

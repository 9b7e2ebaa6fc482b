import { ffmpegStream, ffprobe } from '../../ffmpeg.ts'
import type { Stage } from '../../stage.ts'

type At = Pick<Stage, 'signal' | 'report'>

/** One sound of a media file as marks are heard: mono at 16 kHz, in chunks. @param stream counted among its sounds */
export async function* soundOf(file: string, stream: number, at: At): AsyncGenerator<Float32Array, void> {
  const args = ['-map', `0:a:${stream}`, '-ac', '1', '-ar', '16000', '-f', 's16le']
  let odd: Uint8Array = Buffer.alloc(0)
  for await (const chunk of ffmpegStream({ inputs: [{ file }], outputs: [], stream: args }, at)) {
    const pcm = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk
    const samples = new Float32Array(pcm.length >> 1)
    for (let index = 0; index < samples.length; index++) samples[index] = pcm.readInt16LE(2 * index) / 32768
    odd = pcm.subarray(2 * samples.length)
    yield samples
  }
}

/** The languages that a file's sounds say they are in, sound by sound. */
export async function soundsIn(file: string, at: At): Promise<readonly (string | undefined)[]> {
  const args = ['-select_streams', 'a', '-show_entries', 'stream=index:stream_tags=language']
  const { streams = [] } = (await ffprobe({ file }, args, at)) as {
    streams?: readonly { tags?: { language?: string } }[]
  }
  return streams.map(({ tags }) => tags?.language)
}

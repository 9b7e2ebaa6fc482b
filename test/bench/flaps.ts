/**
 * How well drawn mouths are seen: clips of our own with exact truth, encoded as television encodes them (H.264, crf 24),
 * read back through ffmpeg. Prints, clip by clip, the share of pictures read rightly as open or closed and of the three
 * shapes, the score of the mouth, whether lines were told to be on or off screen, and the cost against the film's length.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { picturesOf } from '../../pipelines/timing/flaps/pictures.ts'
import { type Clip, canvas, clips, draw, fps, type Told } from '../support/cel.ts'
import { judge } from '../support/flaps.ts'

const folder = await mkdtemp(join(tmpdir(), 'kotodama-flaps-'))
const signal = new AbortController().signal
const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
let drawing = 0

async function* encoded(clip: Clip, told: Told, seed: number) {
  const before = process.cpuUsage().user
  const file = join(folder, 'clip.mp4')
  const size = `${canvas.width}x${canvas.height}`
  const ffmpeg = spawn(
    'ffmpeg',
    `-v error -y -f rawvideo -pix_fmt gray -s ${size} -r ${fps} -i - -c:v libx264 -preset veryfast -crf 24 -pix_fmt yuv420p ${file}`.split(
      ' ',
    ),
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  for (const picture of draw(clip, told, seed))
    if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, 'drain')
  ffmpeg.stdin.end()
  await once(ffmpeg, 'close')
  drawing += process.cpuUsage().user - before
  yield* picturesOf({ file }, { num: fps, den: 1 }, signal)
}

try {
  const started = process.cpuUsage().user
  let seconds = 0
  console.log(`${'clip'.padEnd(22)}who  open/closed   3 shapes  score   lines told rightly`)
  for (const clip of clips)
    for (const seed of [11, 12, 13]) {
      const { right, sights } = await judge(clip, seed, encoded)
      seconds += clip.seconds
      const rows = Object.entries(right)
      for (const [who, { open, shape, score }] of rows.length > 0
        ? rows
        : [['–', undefined] as const].map(() => ['–', { open: 1, shape: 1, score: 0 }] as const))
        console.log(
          `${clip.name.padEnd(22)}${who}    ${percent(open)}   ${percent(shape)}   ${score.toFixed(2)}   ${percent(sights)}`,
        )
    }
  const own = (process.cpuUsage().user - started - drawing) / 1e6
  console.log(`our CPU ÷ film: ${(own / seconds).toFixed(3)} (of real time; drawing and ffmpeg not counted)`)
  console.log(`most memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

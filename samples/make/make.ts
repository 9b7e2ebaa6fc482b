/**
 * Makes the sample episodes again: `npm run samples`, or `npm run samples -- hello` for one of them. Needs ffmpeg with
 * libx264, AAC and libopus on the path. What people wrote (glossary, memory, cast, series) is left alone.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { film } from './film.ts'
import { hello } from './hello.ts'
import { lantern, tune } from './lantern.ts'
import { helloBed, lanternBed } from './music.ts'
import { type Plan, plan, type Story, script } from './plan.ts'
import { lay, louder, type Stereo, silence, sum, wav } from './sound.ts'
import { truth } from './truth.ts'
import { openMouth } from './voice.ts'

const run = promisify(execFile)
const home = join(import.meta.dirname, '..')
/** Integrated loudness of the finished episodes, LUFS. */
const loudness = -24

const wanted = process.argv.slice(2)
if (wants('lantern-01')) await make('lantern-01', lantern, planned => lanternBed(planned, tune))
if (wants('hello')) await make('hello', hello, helloBed)

function wants(name: string): boolean {
  return wanted.length === 0 || wanted.includes(name)
}

async function make(name: string, story: Story, score: (plan: Plan) => Stereo): Promise<void> {
  const folder = join(home, name)
  await mkdir(join(folder, 'expected'), { recursive: true })
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-samples-'))
  try {
    const planned = plan(story, await openMouth())
    await writeFile(join(folder, 'script.txt'), script(story, planned))
    await writeFile(
      join(folder, 'expected/truth.json'),
      `${JSON.stringify(truth(story, planned), null, 2)}\n`,
    )

    const voices = silence(planned.samples)
    for (const { sound, start } of planned.lines) if (sound) lay(voices, sound, start * 48)
    const bed = score(planned)
    const [whole, me] = [join(scratch, 'whole.wav'), join(scratch, 'me.wav')]
    await writeFile(whole, wav(sum(voices, bed)))
    const gain = 10 ** ((loudness - (await measure(whole))) / 20)
    await writeFile(whole, wav(louder(sum(voices, bed), gain)))
    await writeFile(me, wav(louder(bed, gain)))
    await run('ffmpeg', [
      ...['-nostdin', '-v', 'error', '-y', '-i', me],
      ...[
        '-c:a',
        'libopus',
        '-b:a',
        '64k',
        '-fflags',
        '+bitexact',
        '-flags:a',
        '+bitexact',
        join(folder, 'me.opus'),
      ],
    ])
    await shoot(story, planned, whole, join(folder, 'episode.mp4'))
    console.log(`${name}: ${planned.frames} frames, ${planned.lines.length} lines`)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Integrated loudness by EBU R 128, LUFS. */
async function measure(file: string): Promise<number> {
  const { stderr } = await run('ffmpeg', ['-nostdin', '-i', file, '-af', 'ebur128', '-f', 'null', '-'])
  const found = /Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr)
  if (!found) throw new Error('ffmpeg measured no loudness')
  return Number(found[1])
}

async function shoot(story: Story, planned: Plan, sound: string, file: string): Promise<void> {
  const { rate, width, height } = story
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`],
      ...['-r', `${rate.num}/${rate.den}`, '-i', 'pipe:0', '-i', sound],
      // One thread: more of them divide the work in another way on another machine.
      ...['-c:v', 'libx264', '-preset', 'slow', '-crf', '24', '-tune', 'animation', '-pix_fmt', 'yuv420p'],
      ...['-threads', '1', '-c:a', 'aac', '-b:a', '96k', '-metadata:s:a:0', `language=${story.language}`],
      ...[
        '-fflags',
        '+bitexact',
        '-flags:v',
        '+bitexact',
        '-flags:a',
        '+bitexact',
        '-movflags',
        '+faststart',
        file,
      ],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const closed = once(ffmpeg, 'close')
  for (const picture of film(planned, rate))
    if (!ffmpeg.stdin.write(picture.rgb)) await once(ffmpeg.stdin, 'drain')
  ffmpeg.stdin.end()
  const [code] = await closed
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
}

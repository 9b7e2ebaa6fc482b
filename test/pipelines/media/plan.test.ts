import { expect } from 'chai'
import { lengthRefusal } from '../../../pipelines/media/open.ts'
import { fitInside, hasCentre, planPass, thumbnailsEvery } from '../../../pipelines/media/plan.ts'
import type { AudioStream, Probe, VideoStream } from '../../../pipelines/terms.ts'

const audio: AudioStream = {
  index: 1,
  codec: 'aac',
  channels: 2,
  sampleRate: 48_000,
  layout: 'stereo',
  plays: true,
}
const video: VideoStream = {
  index: 0,
  codec: 'h264',
  width: 1280,
  height: 720,
  rate: { num: 24_000, den: 1001 },
  plays: true,
}
const probe: Probe = { container: 'mp4', duration: 60_000, audio: [audio], video: [video], text: [] }

describe('the one pass over a file', () => {
  const shapes: readonly [from: readonly [number, number], to: readonly [number, number]][] = [
    [
      [1920, 1080],
      [1280, 720],
    ],
    [
      [1440, 1080],
      [960, 720],
    ],
    [
      [480, 204],
      [480, 204],
    ],
    [
      [853, 479],
      [854, 480],
    ],
    [
      [1080, 1920],
      [406, 720],
    ],
    [
      [4096, 16],
      [1280, 6],
    ],
    [
      [1, 1],
      [2, 2],
    ],
  ]
  for (const [[width, height], [w, h]] of shapes)
    it(`makes ${width}×${height} fit a proxy as ${w}×${h}`, () => {
      expect(fitInside({ width, height }, { width: 1280, height: 720 })).to.deep.equal({
        width: w,
        height: h,
      })
    })

  const gaps: readonly [duration: number, every: number][] = [
    [10_000, 2000],
    [90_000, 2000],
    [24 * 60_000, 12_000],
    [4 * 3_600_000, 120_000],
  ]
  for (const [duration, every] of gaps)
    it(`makes a thumbnail every ${every} ms of ${duration} ms`, () => {
      expect(thumbnailsEvery(duration)).to.equal(every)
    })

  const copied = (p: Probe, bytes = 10_000_000) => {
    const [a, v] = [p.audio[0] ?? audio, p.video[0]]
    const { job } = planPass({ path: '/in', bytes }, p, { audio: a, video: v }, '/out')
    const proxy = job.outputs.find(({ file }) => file === '/out/proxy.mp4')
    return ['v', 'a'].filter(kind => proxy?.args.join(' ').includes(`-c:${kind} copy`)).join('')
  }
  it('puts pictures and sound that browsers play into the proxy as they are', () => {
    expect(copied(probe)).to.equal('va')
    expect(copied({ ...probe, audio: [{ ...audio, plays: false }] })).to.equal('v')
  })
  it('makes them anew when they are too large or too heavy or not for browsers', () => {
    expect(copied({ ...probe, video: [{ ...video, width: 1920, height: 1080 }] })).to.equal('')
    expect(copied(probe, 100_000_000)).to.equal('')
    expect(copied({ ...probe, video: [{ ...video, plays: false }] })).to.equal('')
    expect(copied({ ...probe, video: [] })).to.equal('')
  })

  it('ends a little after the file claims to, and bounds what every output may write', () => {
    const { job, end } = planPass({ path: '/in', bytes: 1e7 }, probe, { audio, video }, '/out')
    expect(end).to.equal(65_600)
    expect(job.inputs[0]?.args?.join(' ')).to.include('-t 65.6')
    for (const { file, args } of job.outputs)
      if (/wav|mp4/.test(file)) expect(args.join(' '), file).to.match(/-fs \d+/)
  })

  it('keeps ffmpeg from reading a per cent sign of a folder as a number', () => {
    const { job } = planPass({ path: '/in', bytes: 1e7 }, probe, { audio, video }, '/50% off')
    expect(job.outputs.map(({ file }) => file)).to.include('/50%% off/thumbnail-%05d.jpg')
  })

  it('hears the centre of a surround mix and the whole of any other', () => {
    for (const layout of ['5.1', '5.1(side)', '7.1', '3.0'])
      expect(hasCentre({ ...audio, layout }), layout).to.equal(true)
    for (const layout of ['stereo', 'mono', 'quad', '2.1', undefined])
      expect(hasCentre({ ...audio, layout }), layout).to.equal(false)
  })

  const lengths: readonly [heard: number, seen: number, refusal: string | undefined][] = [
    [60_000, 60_000, undefined],
    [20_000, 60_000, undefined],
    [60_000, 0, undefined],
    [53_000, 50_000, undefined],
    [30_000, 31_000, 'it ends at 0:00:31 of the 0:01:00 it claims to last, as when it was cut off'],
    [65_600, 60_000, 'it goes on after the 0:01:00 it claims to last'],
    [0, 60_000, 'its sound can not be decoded'],
  ]
  for (const [heard, seen, refusal] of lengths)
    it(`that heard ${heard} ms and saw ${seen} ms of a minute is ${refusal ? 'refused' : 'taken'}`, () => {
      expect(lengthRefusal({ heard, seen, claimed: 60_000, end: 65_600 })).to.equal(refusal)
    })
})

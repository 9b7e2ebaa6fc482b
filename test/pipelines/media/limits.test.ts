import { expect } from 'chai'
import { defaultLimits, holdToLimits, type Size, useLimits } from '../../../pipelines/media/limits.ts'
import { settings } from '../../../server/settings.ts'
import { expectProblem } from '../../support/throws.ts'

const episode: Size = {
  duration: 24 * 60_000,
  pixels: 1920 * 1080,
  rate: 24,
  sampleRate: 48_000,
  channels: 6,
  streams: 12,
  bytes: 300e6,
  raw: 110e9,
}

const over: readonly [change: Partial<Size>, what: string, value: string, limit: string, setting: string][] =
  [
    [{ duration: 36_000_000 }, 'duration', '10:00:00', '4:00:00', 'MEDIA_HOURS'],
    [{ pixels: 16_000 ** 2 }, 'picture size in pixels', '256000000', '9437184', 'MEDIA_PIXELS'],
    [{ rate: 1000 }, 'frame rate', '1000', '120', 'MEDIA_FPS'],
    [{ sampleRate: 768_000 }, 'sample rate', '768000', '192000', 'MEDIA_SAMPLE_RATE'],
    [{ channels: 64 }, 'number of channels', '64', '16', 'MEDIA_CHANNELS'],
    [{ streams: 65 }, 'number of streams', '65', '64', 'MEDIA_STREAMS'],
    [
      { bytes: 500_000, raw: 60e9 },
      'decoded size',
      '120000 times the file',
      '20000 times the file',
      'MEDIA_UNPACKED',
    ],
  ]

describe('the limits', () => {
  afterEach(() => useLimits({}))

  it('let an episode through, and a still picture with a title', () => {
    expect(() => holdToLimits('a', episode)).to.not.throw()
    expect(() => holdToLimits('a', { ...episode, bytes: 50_000, raw: 10e9 })).to.not.throw()
  })

  for (const [change, what, value, limit, setting] of over)
    it(`refuse a ${what} of ${value}, and name what raises the limit`, async () => {
      const { figures } = await expectProblem(
        () => holdToLimits('a.mp4', { ...episode, ...change }),
        'media-too-large',
      )
      expect(figures).to.deep.equal({ file: 'a.mp4', what, value, limit, setting })
    })

  it('name settings that there are', () => {
    expect(settings).to.include.all.keys(over.map(([, , , , setting]) => setting))
  })

  it('can be raised, and fall back', () => {
    const long = { ...episode, duration: 36_000_000 }
    useLimits({ duration: 40_000_000, pixels: undefined })
    expect(() => holdToLimits('a', long)).to.not.throw()
    useLimits({})
    expect(() => holdToLimits('a', long)).to.throw()
    expect(defaultLimits.duration).to.equal(14_400_000)
  })
})

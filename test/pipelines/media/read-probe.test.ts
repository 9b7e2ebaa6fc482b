import { expect } from 'chai'
import fc from 'fast-check'
import { Answer, cleanName, frameRate, languageOf, readProbe } from '../../../pipelines/media/read-probe.ts'

describe('what a file says of itself', () => {
  const names: readonly [name: string, clean: string][] = [
    ['第一話.mp4', '第一話.mp4'],
    ['か\u3099.mkv', 'が.mkv'],
    ['a\nb\tc\0d', 'a b c d'],
    ['invoice\u202e4pm.exe', 'invoice4pm.exe'],
    ['\ufeff  x  ', 'x'],
    ['\ud800broken', 'broken'],
    ['x'.repeat(500), 'x'.repeat(200)],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['', ''],
  ]
  for (const [name, clean] of names)
    it(`shows the name ${JSON.stringify(name.slice(0, 30))} as ${JSON.stringify(clean.slice(0, 30))}`, () => {
      expect(cleanName(name)).to.equal(clean)
    })

  it('shows every name on one line, and the same when it was shown before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), name => {
        const clean = cleanName(name)
        expect(clean).to.not.match(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(cleanName(clean)).to.equal(clean)
      }),
    )
  })

  const languages: readonly [tag: string, language: string | undefined][] = [
    ['jpn', 'ja'],
    ['ger', 'de'],
    ['deu', 'de'],
    ['pt_BR', 'pt-BR'],
    ['es-419', 'es-419'],
    ['und', undefined],
    ['mul', undefined],
    ['', undefined],
    ['no language', undefined],
  ]
  for (const [tag, language] of languages)
    it(`knows the language "${tag}" as ${language ?? 'none'}`, () => {
      expect(languageOf(tag)).to.equal(language)
    })

  const rates: readonly [base: string, average: string, num: number, den: number, why: string][] = [
    ['24000/1001', '24000/1001', 24_000, 1001, 'film on video'],
    ['24/1', '24/1', 24, 1, 'film'],
    ['60000/1001', '24000/1001', 24_000, 1001, 'a soft pulldown'],
    ['50/1', '25/1', 25, 1, 'fields'],
    ['90000/1', '8990/375', 24_000, 1001, 'a tick for a base'],
    ['15/1', '15/1', 15, 1, 'a rate of its own'],
    ['1000/1', '17500/1000', 17_500, 1000, 'a variable rate'],
    ['25/1', '0/0', 25, 1, 'no average'],
    ['0/0', '0/0', 25, 1, 'nothing at all'],
    ['1/0', '-5/1', 25, 1, 'nonsense'],
  ]
  for (const [r_frame_rate, avg_frame_rate, num, den, why] of rates)
    it(`takes ${num}/${den} of ${r_frame_rate} and ${avg_frame_rate} (${why})`, () => {
      expect(frameRate({ r_frame_rate, avg_frame_rate })).to.deep.equal({ num, den })
    })

  const film = {
    format: { duration: '65.0', start_time: '1.4' },
    streams: [
      {
        index: 0,
        codec_type: 'video',
        codec_name: 'h264',
        profile: 'High',
        pix_fmt: 'yuv420p',
        width: 1440,
        height: 1080,
        sample_aspect_ratio: '4:3',
        r_frame_rate: '24000/1001',
        avg_frame_rate: '24000/1001',
        duration: '60.1',
        start_time: '1.4',
      },
      {
        index: 1,
        codec_type: 'audio',
        codec_name: 'ac3',
        sample_rate: '48000',
        channels: 6,
        channel_layout: '5.1(side)',
        duration: '60.0',
        start_time: '1.9',
        tags: { language: 'jpn', title: 'Main\n' },
        disposition: { default: 1 },
      },
      {
        index: 2,
        codec_type: 'audio',
        codec_name: 'aac',
        profile: 'LC',
        sample_rate: '44100',
        channels: 2,
        duration: '60.0',
        start_time: '1.4',
        disposition: { default: 1, comment: 1 },
      },
      { index: 3, codec_type: 'subtitle', codec_name: 'ass', tags: { language: 'eng' } },
      { index: 4, codec_type: 'subtitle', codec_name: 'hdmv_pgs_subtitle', duration: '90' },
      {
        index: 5,
        codec_type: 'video',
        codec_name: 'mjpeg',
        width: 6000,
        height: 6000,
        disposition: { attached_pic: 1 },
      },
    ],
  }

  it('becomes streams in the words of the trade', () => {
    const { probe } = readProbe(Answer.parse(film), 'mkv', 1_000_000)
    expect(probe).to.deep.equal({
      container: 'mkv',
      // The sound ends at 1.9 + 60 − 1.4 s; the subtitles that outlast it are no measure.
      duration: 60_500,
      video: [
        {
          index: 0,
          codec: 'h264',
          width: 1920,
          height: 1080,
          rate: { num: 24_000, den: 1001 },
          plays: false,
        },
      ],
      audio: [
        {
          index: 1,
          codec: 'ac3',
          channels: 6,
          sampleRate: 48_000,
          layout: '5.1(side)',
          late: 500,
          language: 'ja',
          title: 'Main',
          standard: true,
          plays: false,
        },
        { index: 2, codec: 'aac', channels: 2, sampleRate: 44_100, standard: false, plays: true },
      ],
      text: [
        { index: 3, codec: 'ass', language: 'en', readable: true },
        { index: 4, codec: 'hdmv_pgs_subtitle', readable: false },
      ],
    })
  })

  it('becomes figures to hold against limits, a cover’s too', () => {
    const { size } = readProbe(Answer.parse(film), 'mkv', 1_000_000)
    expect(size).to.include({ duration: 60_500, streams: 6, pixels: 36e6, channels: 6, sampleRate: 48_000 })
    expect(size.rate).to.be.closeTo(23.976, 0.001)
    expect(size.raw).to.be.greaterThan(1440 * 1080 * 1.5 * 23.976 * 60)
  })

  it('turns a film that was filmed upright', () => {
    const upright = {
      streams: [
        { ...film.streams[0], width: 1920, sample_aspect_ratio: '1:1', side_data_list: [{ rotation: -90 }] },
      ],
    }
    const [video] = readProbe(Answer.parse(upright), 'mp4', 1).probe.video
    expect(video).to.include({ width: 1080, height: 1920, plays: false })
  })

  it('is taken as it comes, odd or missing', () => {
    const odd = { streams: [{ index: 0, codec_type: 'audio', channels: 'many', tags: {}, duration: 'N/A' }] }
    expect(readProbe(Answer.parse(odd), 'wav', 10).probe).to.include({ duration: 0 })
    expect(readProbe(Answer.parse({}), 'wav', 10).probe).to.deep.equal({
      container: 'wav',
      duration: 0,
      audio: [],
      video: [],
      text: [],
    })
    expect(Answer.safeParse({ streams: [{ index: -1 }] }).success).to.equal(false)
  })
})

import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { makeSubtitles, originalSubtitles, readUtterances } from '../../../pipelines/subtitles/make.ts'
import type { FittedLine, HouseStyle, Media, Transcript } from '../../../pipelines/terms.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'

const blob = { digest: '', bytes: 0, type: '' }
const media: Media = {
  probe: {
    container: 'mp4',
    duration: 60_000,
    audio: [],
    video: [{ index: 0, codec: 'h264', width: 1, height: 1, rate: { num: 24_000, den: 1001 } }],
    text: [],
  },
  ears: blob,
  original: blob,
  peaks: [],
  shots: [10_010],
  thumbnails: [],
}
const line = (
  id: string,
  start: number,
  end: number,
  text: string,
  more: Partial<FittedLine> = {},
): FittedLine => ({
  id,
  start,
  end,
  text,
  kind: 'dialogue',
  origin: { how: 'human' },
  source: '…',
  speaking: end - start,
  rate: 1,
  verdict: 'green',
  phrases: [{ start, end, text }],
  ...more,
})
const fitted = (...lines: FittedLine[]) => ({ language: 'en', lines, findings: [] })

describe('subtitles for the journey', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())
  const keep = (text: string) => bench.at.keepBytes(Buffer.from(text), 'text/plain')

  it('reads words, speakers and kinds out of SRT, WebVTT and ASS', async () => {
    const srt = await readUtterances(
      await keep(
        '1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\nthere.\n\n2\n00:00:03,000 --> 00:00:04,000\n♪ La la ♪\n',
      ),
      bench.at,
    )
    expect(srt.map(({ start, end, text, kind, pinned }) => [start, end, text, kind, pinned])).to.deep.equal([
      [1000, 2000, 'Hello there.', 'dialogue', true],
      [3000, 4000, 'La la', 'song', true],
    ])
    const vtt = await readUtterances(
      await keep('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Haru>こんにちは、\nトメさん\n'),
      bench.at,
    )
    expect(vtt.map(({ text, speaker }) => [text, speaker])).to.deep.equal([['こんにちは、トメさん', 'Haru']])
    const ass = await readUtterances(
      await keep(
        '[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Main,Haru,0,0,0,,Run!\\NNow!\nComment: 0,0:00:01.00,0:00:02.00,Main,,0,0,0,,not this\nDialogue: 0,0:00:03.00,0:00:04.00,Signs,,0,0,0,,{\\pos(3,4)}CLOSED\nDialogue: 0,0:00:03.00,0:00:04.00,Signs,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n',
      ),
      bench.at,
    )
    expect(ass.map(({ text, speaker, kind }) => [text, speaker, kind])).to.deep.equal([
      ['Run! Now!', 'Haru', 'dialogue'],
      ['CLOSED', undefined, 'sign'],
    ])
  })

  it('gives each of two speakers in one caption an utterance', async () => {
    const said = await readUtterances(
      await keep('1\n00:00:01,000 --> 00:00:03,000\n- Who?\n- Me.\n'),
      bench.at,
    )
    expect(said.map(({ start, end, text }) => [start, end, text])).to.deep.equal([
      [1000, 2091, 'Who?'],
      [2091, 3000, 'Me.'],
    ])
  })

  it('refuses a file that holds no subtitles, and says why', async () => {
    const problem = await expectProblem(
      async () => readUtterances(await keep('nothing of the kind'), bench.at),
      'subtitles-unreadable',
    )
    expect(problem.message).to.contain('looks like no subtitle format')
  })

  it('makes cues on frames with two frames between, and files of them', async () => {
    const { track, files } = await makeSubtitles(
      fitted(line('a', 1000, 2000, 'It is a lantern.'), line('b', 2010, 4000, 'And this is the hill.')),
      media,
      bench.at,
    )
    expect(
      track.cues.map(({ id, lines, start, end, text }) => ({ id, lines, start, end, text })),
    ).to.deep.equal([
      { id: 'a', lines: ['a'], start: 1001, end: 1919, text: 'It is a lantern.' },
      { id: 'b', lines: ['b'], start: 2002, end: 4004, text: 'And this is the hill.' },
    ])
    expect(files.map(({ format }) => format)).to.deep.equal(['srt', 'vtt', 'ass'])
    const srt = await readFile(await bench.at.file(files[0]!.file), 'utf8')
    expect(srt).to.equal(
      '1\n00:00:01,001 --> 00:00:01,919\nIt is a lantern.\n\n2\n00:00:02,002 --> 00:00:04,004\nAnd this is the hill.\n',
    )
  })

  it('shows no cue for a line without text, and tells that it has none', async () => {
    const { track } = await makeSubtitles(
      fitted(line('a', 1000, 2000, ''), line('b', 3000, 4000, 'Yes.')),
      media,
      bench.at,
    )
    expect(track.cues.map(({ id }) => id)).to.deep.equal(['b'])
    expect(track.findings.map(({ rule, place }) => [rule, place.line])).to.deep.equal([['no-text', 'a']])
  })

  it('splits a long line where the speech pauses', async () => {
    const text =
      'I walked up the hill to look for the lantern that my father left there, and when I came to the top it was gone.'
    const pause = text.indexOf(' and when')
    const phrases = [
      { start: 1000, end: 4000, text: text.slice(0, pause) },
      { start: 5500, end: 8500, text: text.slice(pause + 1) },
    ]
    const { track } = await makeSubtitles(fitted(line('a', 1000, 8500, text, { phrases })), media, bench.at)
    expect(track.cues.map(({ id, lines, start, text }) => [id, lines, start, text])).to.deep.equal([
      ['a', ['a'], 1001, 'I walked up the hill to look\nfor the lantern that my father left there,'],
      ['a.2', ['a'], 5506, 'and when I came to the top it was gone.'],
    ])
  })

  it('changes only its own cue when one line is edited', async () => {
    const lines = [
      line('a', 1000, 2000, 'One.'),
      line('b', 3000, 4000, 'Two.'),
      line('c', 5000, 6000, 'Three.'),
    ]
    const before = await makeSubtitles(fitted(...lines), media, bench.at)
    const edited = lines.map(one =>
      one.id === 'b' ? { ...one, text: 'Two, and something more to read.' } : one,
    )
    const after = await makeSubtitles(fitted(...edited), media, bench.at)
    expect(
      after.track.cues
        .filter((cue, i) => JSON.stringify(cue) !== JSON.stringify(before.track.cues[i]))
        .map(({ id }) => id),
    ).to.deep.equal(['b'])
  })

  it('tells what the words of a line would be with a finding mended, and with all of them', async () => {
    const { track } = await makeSubtitles(
      fitted(
        line('a', 1000, 4000, 'Wait...  I saw 3 lamps .'),
        line('b', 5000, 9000, 'It is so very far up to the old lamp, and nobody knows the way there.'),
      ),
      media,
      bench.at,
    )
    const fixes = track.findings.flatMap(({ rule, place, fix }) =>
      fix ? [[place.line, rule, fix.text, fix.all]] : [],
    )
    expect(fixes).to.deep.equal([
      ['a', 'spaces', 'Wait... I saw 3 lamps.', 'Wait… I saw three lamps.'],
      ['a', 'ellipsis', 'Wait…  I saw 3 lamps .', 'Wait… I saw three lamps.'],
      ['a', 'numbers', 'Wait...  I saw three lamps .', 'Wait… I saw three lamps.'],
    ])
  })

  it('offers no words where a line stands in two cues, or two lines in one', async () => {
    const long =
      'I walked up the hill to look for the lantern that my father left there..., and when I came to the top it was gone.'
    const { track } = await makeSubtitles(
      fitted(
        line('a', 1000, 8500, long),
        line('b', 9000, 9400, 'Who ?', { speaker: 'haru' }),
        line('c', 9450, 9900, 'Me .', { speaker: 'tome' }),
      ),
      media,
      bench.at,
    )
    expect(track.cues.map(({ lines }) => lines)).to.deep.equal([['a'], ['a'], ['b', 'c']])
    expect(track.findings.some(({ rule }) => rule === 'spaces')).to.equal(true)
    expect(track.findings.filter(({ fix }) => fix !== undefined)).to.deep.equal([])
  })

  it('stands signs apart from what is said, and leaves notes out', async () => {
    const { track, files } = await makeSubtitles(
      fitted(
        line('a', 1000, 4000, 'Is it open?'),
        line('s', 1500, 4000, 'CLOSED', { kind: 'sign' }),
        line('n', 1500, 4000, 'runs', { kind: 'note' }),
      ),
      media,
      bench.at,
    )
    expect(track.cues.map(({ id, kind }) => [id, kind])).to.deep.equal([
      ['a', 'dialogue'],
      ['s', 'sign'],
    ])
    expect(track.findings).to.deep.equal([])
    const vtt = await readFile(await bench.at.file(files[1]!.file), 'utf8')
    expect(vtt).to.contain('line:0\nCLOSED')
  })

  it('follows the house of its language, and says which', async () => {
    const text = 'Nobody has seen the keeper of the lantern here.'
    const made = (houses: readonly HouseStyle[]) =>
      makeSubtitles(
        fitted(line('a', 1000, 5000, text), line('s', 6000, 8000, 'Closed', { kind: 'song' })),
        media,
        bench.at,
        houses,
      )
    const [netflix, own] = [
      await made([]),
      await made([
        {
          ...{ language: 'en', house: 'bbc', audience: 'adult' },
          own: { name: 'Akane', by: 'Aki', why: 'Small screens.', change: { row: 20, rows: 2 } },
        },
      ]),
    ]
    expect(netflix.track.held).to.deep.include({ house: 'Netflix', changes: [] })
    expect(netflix.track.findings.map(({ rule }) => rule)).to.deep.equal([])
    expect(own.track.held?.changes).to.deep.include({
      ...{ field: 'row', was: 37, now: 20, by: 'Aki', why: 'Small screens.' },
    })
    expect(own.track.findings.map(({ rule, clause }) => [rule, clause])).to.deep.include.members([
      ['song-notes', 'Akane (after BBC Subtitle Guidelines): Songs: ♪ around them'],
    ])
    // The BBC sets no song in italics.
    const srt = async ({ files }: typeof own) => readFile(await bench.at.file(files[0]!.file), 'utf8')
    expect(await srt(netflix)).to.contain('<i>Closed</i>')
    expect(await srt(own)).to.not.contain('<i>')
  })

  it("lays out the original's own words by their times", async () => {
    const words = ['灯り坂の', '上まで', '行けば', 'きっと', '見つかる'].map((text, i) => ({
      text,
      start: 1000 + i * 500,
      end: 1500 + i * 500,
    }))
    const transcript: Transcript = {
      language: 'ja',
      way: 'script',
      findings: [],
      lines: [
        {
          id: 'a',
          kind: 'dialogue',
          start: 1000,
          end: 3500,
          text: '灯り坂の上まで行けばきっと見つかる',
          words,
          trust: 1,
          hand: 'machine',
        },
      ],
    }
    const { track } = await originalSubtitles(transcript, media, bench.at)
    expect(track.cues.map(({ text }) => text)).to.deep.equal(['灯り坂の上まで\n行けばきっと見つかる'])
  })
})

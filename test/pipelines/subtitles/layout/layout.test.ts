import { expect } from 'chai'
import fc from 'fast-check'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
import type { Profile } from '../../../../pipelines/subtitles/check/profile.ts'
import { frameAt, instantOf } from '../../../../pipelines/subtitles/frames.ts'
import { layOut } from '../../../../pipelines/subtitles/layout/lay-out.ts'
import type { TimedLine } from '../../../../pipelines/subtitles/layout/line.ts'
import { documentOf } from '../../../../pipelines/subtitles/make.ts'

const clock = { rate: { num: 24_000, den: 1001 }, shots: [], duration: 600_000 }
const line = (
  id: string,
  start: number,
  end: number,
  text: string,
  speaker?: string,
  more: Partial<TimedLine> = {},
): TimedLine => ({
  id,
  start,
  end,
  text,
  kind: 'dialogue',
  heard: [],
  ...(speaker !== undefined && { speaker }),
  ...more,
})
const textsOf = (lines: readonly TimedLine[], profile: Profile, shots: readonly number[] = []) =>
  layOut(lines, profile, { ...clock, shots }).cues.map(({ text }) => text)
const question = line('a', 1000, 1500, 'No.', 'haru')
const answer = line('b', 1550, 2100, 'Me.', 'tome')

describe('two speakers who leave each other no time', () => {
  const looks: readonly (readonly [house: string, language: string, text: readonly string[]])[] = [
    ['netflix', 'en', ['-No.\n-Me.']],
    ['netflix', 'de', ['-No.\n-Me.']],
    ['netflix', 'es-419', ['- No.\n- Me.']],
    ['netflix', 'pt-BR', ['- No.\n- Me.']],
    ['netflix', 'nl', ['No.\n-Me.']],
    ['netflix', 'bg', ['No.\n- Me.']],
    ['amazon', 'en', ['-No.\n-Me.']],
    // These say nothing of two speakers: nothing is invented for them.
    ['netflix', 'ja', ['No.', 'Me.']],
    ['bbc', 'en', ['No.', 'Me.']],
  ]
  for (const [house, language, expected] of looks)
    it(`stand ${expected.length === 1 ? `as ${JSON.stringify(expected[0])}` : 'apart'} at ${house} in ${language}`, () => {
      const profile = profileOf(house, language) ?? netflix(language)
      const { cues } = layOut([question, answer], profile, clock)
      expect(cues.map(({ text }) => text)).to.deep.equal(expected)
      if (expected.length > 1) return
      expect(cues[0]?.lines).to.deep.equal(['a', 'b'])
      const rules = check(documentOf({ language, cues, findings: [] }), profile, clock).map(
        ({ rule }) => rule,
      )
      expect(rules).to.deep.equal([])
    })

  const apart: readonly (readonly [
    because: string,
    one: TimedLine,
    other: TimedLine,
    shots?: readonly number[],
  ])[] = [
    ['one and the same speaks', question, { ...answer, speaker: 'haru' }],
    ['nobody knows who speaks', question, line('b', 1550, 2100, 'Me.')],
    ['each can be read alone', question, { ...answer, start: 2000, end: 2600 }],
    ['one of them tells', question, { ...answer, kind: 'narration' }],
    ['one of them sings', { ...question, kind: 'song' }, answer],
    ['the words of one are somebody’s', { ...question, rights: 'JASRAC' }, answer],
    ['a row would be too long', question, { ...answer, text: 'x '.repeat(22) }],
    ['there are more than one row each', question, { ...answer, text: 'Me\nand you.' }],
    [
      'there would be no time to read both',
      { ...question, text: 'Who in the world has been up there?' },
      { ...answer, end: 3900, text: 'Nobody but me, them and the old lamps.' },
      [],
    ],
  ]
  for (const [because, one, other, shots] of apart)
    it(`stand apart where ${because}`, () => {
      const third = line('c', 4000, 6000, 'I see.', 'haru')
      expect(textsOf([one, other, third], netflix('en'), shots)).to.have.length(3)
    })

  it('are never three', () => {
    const third = line('c', 2150, 2600, 'And I.', 'sota')
    expect(textsOf([question, answer, third], netflix('en'))).to.deep.equal(['-No.\n-Me.', 'And I.'])
  })

  it('stand together when they speak at once', () => {
    expect(textsOf([question, { ...answer, start: 1000 }], netflix('en'))).to.deep.equal(['-No.\n-Me.'])
  })
})

describe('a line too long for its span', () => {
  const words = (text: string, starts: readonly number[]) =>
    text.split(' ').map((one, i) => ({ text: one, start: starts[i] ?? 0, end: (starts[i] ?? 0) + 250 }))
  it('is split where the speech pauses, wherever the middle is', () => {
    const text = 'Wait here for me. I am going to look for the lantern that my father left on the hill.'
    const starts = text.split(' ').map((_, i) => 1000 + i * 300 + (i >= 4 ? 1800 : 0))
    const { cues } = layOut(
      [line('a', 1000, starts.at(-1)! + 300, text, 'haru', { heard: words(text, starts) })],
      netflix('en'),
      clock,
    )
    expect(cues.map(cue => cue.text.split('\n')[0])).to.deep.equal([
      'Wait here for me.',
      'I am going to look for the lantern',
    ])
    expect(cues[1]?.start).to.be.closeTo(4000, 42)
  })
  it('is never split between what belongs together, where there is no pause', () => {
    const text =
      'I was told that there is an old lamp on top of the hill and that nobody has ever found out who lights it at night.'
    const starts = text.split(' ').map((_, i) => 1000 + i * 300)
    const { cues } = layOut(
      [line('a', 1000, 8500, text, 'haru', { heard: words(text, starts) })],
      netflix('en'),
      clock,
    )
    expect(cues[0]?.text.replace('\n', ' ')).to.equal(
      'I was told that there is an old lamp on top of the hill',
    )
  })
})

describe('layout', () => {
  const episode = fc
    .array(
      fc.record({
        gap: fc.integer({ min: -400, max: 1500 }),
        length: fc.integer({ min: 80, max: 12_000 }),
        words: fc.array(
          fc.constantFrom('the', 'lantern', 'hill,', 'Haru', 'went', 'to', 'a', 'it.', 'who?'),
          {
            minLength: 1,
            maxLength: 45,
          },
        ),
        speaker: fc.constantFrom(undefined, 'haru', 'tome'),
        pause: fc.nat(3000),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map(list => {
      let at = 1000
      return list.map(({ gap, length, words, speaker, pause }, i) => {
        const start = Math.max(0, at + gap)
        at = start + length
        const each = Math.max(1, (length - Math.min(pause, length / 2)) / words.length)
        const heard = words.map((text, k) => {
          const from = start + k * each + (k > words.length / 2 ? Math.min(pause, length / 2) : 0)
          return { text, start: Math.round(from), end: Math.round(from + each) }
        })
        return line(String(i), start, at, words.join(' '), speaker, { heard })
      })
    })
  const said = (texts: readonly string[]) =>
    texts
      .join(' ')
      .replace(/(?<=^|\s)-\s?/g, '')
      .split(/\s+/)
  it('loses no word, stands on frames, keeps gaps, and never breaks a row that could be kept', () => {
    fc.assert(
      fc.property(episode, fc.constantFrom(...houseNames), (lines, house) => {
        const profile = profileOf(house, 'en') ?? netflix('en')
        const { cues } = layOut(lines, profile, clock)
        const order = new Map(lines.toSorted((a, b) => a.start - b.start).map(({ id }, i) => [id, i]))
        const inOrder = cues.toSorted(
          (a, b) =>
            (order.get(a.lines[0] ?? '') ?? 0) - (order.get(b.lines[0] ?? '') ?? 0) || a.start - b.start,
        )
        expect(said(inOrder.map(({ text }) => text))).to.deep.equal(
          said(lines.toSorted((a, b) => a.start - b.start).map(({ text }) => text)),
        )
        for (const [i, cue] of cues.entries()) {
          expect(cue.end).to.be.above(cue.start)
          for (const edge of [cue.start, cue.end])
            expect(instantOf(frameAt(edge, clock.rate), clock.rate)).to.equal(edge)
          const next = cues[i + 1]
          if (next && next.start > cue.start + 200)
            expect(next.start - cue.end).to.be.at.least('ms' in profile.gap ? profile.gap.ms : 82)
          expect(cue.end - cue.start).to.be.at.most(profile.longest + 1)
          for (const row of cue.text.split('\n')) expect(row.length).to.be.at.most(profile.row)
        }
      }),
      { numRuns: 80 },
    )
  })
})

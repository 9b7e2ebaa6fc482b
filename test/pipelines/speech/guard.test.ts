import { expect } from 'chai'
import fc from 'fast-check'
import type { Recognized } from '../../../pipelines/speech/engine.ts'
import { guard } from '../../../pipelines/speech/guard.ts'
import { joinShort, longestWindow, packWindows } from '../../../pipelines/speech/windows.ts'

type Segment = Recognized['segments'][number]
const heard = (text: string, more: Partial<Segment> = {}): Segment => ({
  start: 0,
  end: 2000,
  text,
  words: [],
  silence: 0.01,
  logprob: -0.2,
  ...more,
})
const speech = [{ start: 0, end: 60_000 }]

describe('the guard over what an engine heard', () => {
  const cases: readonly [
    sentence: string,
    segment: Segment,
    speech: typeof speech,
    rule: string | undefined,
    kept: boolean,
  ][] = [
    ['lets plain speech through', heard('ソウタ先輩、待ってください！'), speech, undefined, true],
    ['leaves a loop out', heard('待って、'.repeat(20)), speech, 'heard-loop', false],
    [
      'leaves words over silence out when the engine itself doubts them',
      heard('Yes.', { silence: 0.9, logprob: -1.4 }),
      speech,
      'heard-silence',
      false,
    ],
    [
      'keeps words the engine is sure of, however silent it thought it',
      heard('Yes.', { silence: 0.9, logprob: -0.2 }),
      speech,
      undefined,
      true,
    ],
    [
      'leaves thanks to viewers out where nobody speaks',
      heard('ご視聴ありがとうございました'),
      [],
      'heard-phantom',
      false,
    ],
    [
      'keeps thanks to viewers where somebody speaks all the time',
      heard('ご視聴ありがとうございました'),
      speech,
      undefined,
      true,
    ],
    [
      'distrusts words where hardly anybody is heard',
      heard('The lantern went out.'),
      [{ start: 1900, end: 2000 }],
      'heard-unspoken',
      true,
    ],
  ]
  for (const [sentence, segment, where, rule, kept] of cases)
    it(sentence, () => {
      const { segments, findings } = guard([segment], where, 60_000)
      expect(findings.map(finding => finding.rule)).to.deep.equal(rule ? [rule] : [])
      expect(segments.length).to.equal(kept ? 1 : 0)
      if (rule && kept) expect(segments[0]?.trust).to.equal(0.3)
    })

  it('keeps what it left out in the finding, so that a person can bring it back', () => {
    const { findings } = guard([heard('Thanks for watching!')], [], 60_000)
    expect(findings[0]?.figures.text).to.equal('Thanks for watching!')
    expect(findings[0]?.place.span).to.deep.equal({ start: 0, end: 2000 })
  })

  it('distrusts a long sentence that is heard twice in a row', () => {
    const twice = [
      heard('I said it only once, you know.'),
      heard('I said it only once, you know.', { start: 2000, end: 4000 }),
    ]
    expect(guard(twice, speech, 60_000).findings.map(({ rule }) => rule)).to.deep.equal(['heard-twice'])
  })

  it('trusts what the engine is sure of more', () => {
    const [sure, unsure] = guard(
      [heard('Sure.', { logprob: -0.05 }), heard('Maybe.', { start: 2000, end: 3000, logprob: -0.8 })],
      speech,
      60_000,
    ).segments
    expect(sure?.trust).to.be.above(unsure?.trust ?? 1)
  })

  it('gives times in order, inside the episode, whatever the engine said', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -500, max: 9000 }), fc.integer({ min: -500, max: 9000 }))),
        times => {
          const { segments } = guard(
            times.map(([start, end], turn) =>
              heard(`Word ${turn}`, { start, end, words: [{ start, end, text: 'Word' }] }),
            ),
            speech,
            8000,
          )
          segments.forEach(({ start, end, words }, turn) => {
            expect(start).to.be.within(segments[turn - 1]?.end ?? 0, end)
            expect(end).to.be.at.most(8000)
            for (const word of words)
              expect([word.start, word.end].every(at => at >= start && at <= end)).to.equal(true)
          })
        },
      ),
    ))
})

describe('the windows an engine hears', () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 50, max: 70_000 }), fc.integer({ min: 10, max: 5000 })), {
      maxLength: 40,
    })
    .map(parts => {
      let at = 0
      return parts.map(([length, gap]) => {
        const start = at + gap
        at = start + length
        return { start, end: at }
      })
    })

  it('hold all speech, in order, 30 s at most each, and begin and end where somebody speaks', () =>
    fc.assert(
      fc.property(spans, speech => {
        const windows = packWindows(joinShort(speech))
        for (const { start, end } of windows) expect(end - start).to.be.within(1, longestWindow)
        for (const [turn, window] of windows.entries())
          expect(window.start).to.be.at.least(windows[turn - 1]?.end ?? 0)
        for (const { start, end } of speech)
          for (const at of [start, Math.floor((start + end) / 2), end - 1])
            expect(windows.some(window => at >= window.start && at < window.end)).to.equal(true)
      }),
    ))

  it('are filled, because a window costs the same however much of it is speech', () => {
    const short = Array.from({ length: 20 }, (_, at) => ({ start: at * 3000, end: at * 3000 + 2000 }))
    expect(packWindows(short)).to.have.length(2)
  })
})

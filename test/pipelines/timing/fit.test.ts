import { expect } from 'chai'
import fc from 'fast-check'
import { Problem } from '../../../pipelines/problem.ts'
import type { Line, Span, TranslatedLine, Verdict } from '../../../pipelines/terms.ts'
import { fit } from '../../../pipelines/timing/fit.ts'
import { openPace, type Pace } from '../../../pipelines/timing/pace.ts'
import { layPhrases, phraseSpans } from '../../../pipelines/timing/phrases.ts'
import { syllablesIn } from '../../../pipelines/timing/syllables.ts'
import { line, words } from '../../support/lines.ts'
import { type Bench, openBench } from '../../support/stage.ts'

/** A voice that takes 100 ms a letter. */
const pace: Pace = {
  identity: 'test',
  measure: async text => 100 * [...text].filter(letter => /\p{L}/u.test(letter)).length,
}
const said = (id: string, text: string): TranslatedLine => ({ id, text, origin: { how: 'human' } })

describe('the fit of a line', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())
  const fitOne = async (
    text: string,
    source: Line,
    others: Line[] = [],
    edits: Parameters<typeof fit>[2] = [],
  ) => {
    const transcript = { language: 'ja', way: 'script', lines: [source, ...others], findings: [] } as const
    const fitted = await fit(
      transcript,
      { language: 'en', lines: [said(source.id, text)], findings: [] },
      edits,
      pace,
      bench.at,
    )
    const [first] = fitted.lines
    if (!first) throw new Error('the line was lost')
    return { ...first, findings: fitted.findings }
  }
  const second = line('a', '待って', { start: 1000, end: 2000 })

  const cases: readonly [verdict: Verdict, text: string, rate: number, room?: number][] = [
    ['green', 'abcdefghij', 1],
    ['ok', 'abcdefghi', 0.874, 1030],
    ['amber', 'abcdefghijklmnop', 1.23],
    ['overlong', 'abcdefghijklmnopqrst', 1.54],
    ['short', 'abc', 0.3],
    ['empty', '', 0],
  ]
  for (const [verdict, text, rate, room = 1000] of cases)
    it(`is ${verdict} at ${rate}`, async () => {
      const fitted = await fitOne(text, { ...second, end: second.start + room })
      expect(fitted.rate).to.be.closeTo(rate, 0.01)
      expect(fitted.verdict).to.equal(verdict)
    })

  it('runs into the silence after it, 300 ms at most', async () => {
    expect((await fitOne('abcdefghijkl', second)).rate).to.equal(1)
    expect((await fitOne('abcdefghijklmnopqrst', second)).rate).to.be.closeTo(2000 / 1300, 0.001)
  })

  it('never runs into the next line', async () => {
    const next = line('b', 'いいえ', { start: 2100, end: 3000 })
    expect((await fitOne('abcdefghijkl', second, [next])).rate).to.be.closeTo(1200 / 1100, 0.001)
  })

  it('has no silence after it when somebody talks over its end', async () => {
    const over = line('b', 'いいえ', { start: 1500, end: 3000 })
    expect((await fitOne('abcdefghijkl', second, [over])).rate).to.equal(1.2)
  })

  it('says by how much it is too long, in syllables, and where', async () => {
    const { findings } = await fitOne('banana banana banana banana', second)
    expect(findings).to.have.length(1)
    expect(findings[0]).to.deep.include({
      rule: 'overlong',
      place: { line: 'a', span: { start: 1000, end: 2000 }, language: 'en' },
    })
    expect(findings[0]?.figures.syllables).to.equal(5)
  })

  it('says nothing of signs: nobody speaks them', async () => {
    const fitted = await fitOne('Closed today for the festival', { ...second, kind: 'sign' })
    expect(fitted).to.deep.include({ verdict: 'green', phrases: [], findings: [] })
  })

  it('takes the times that a person set for the language', async () => {
    const edits = [{ line: 'a', language: 'en', version: 1, start: 900, end: 2400 }]
    const fitted = await fitOne('abcdefghijklmno', second, [], edits)
    expect(fitted).to.include({ start: 900, end: 2400, verdict: 'green' })
    expect(fitted.phrases).to.deep.equal([{ start: 900, end: 2400, text: 'abcdefghijklmno' }])
  })
})

describe('phrases', () => {
  const spans: Span[] = [
    { start: 0, end: 1000 },
    { start: 1600, end: 2600 },
  ]

  it('are where the original speaks without a pause of more than 300 ms', () => {
    const spoken = words('Wait 0-400 for 700-900 me 1201-1500')
    expect(phraseSpans({ start: 0, end: 1500, words: spoken })).to.deep.equal([
      { start: 0, end: 900 },
      { start: 1201, end: 1500 },
    ])
  })

  it('break where the sentence does', () => {
    expect(layPhrases('It went out. Where is he?', spans, 2000, 'en').map(({ text }) => text)).to.deep.equal([
      'It went out.',
      'Where is he?',
    ])
  })

  it('break at a comma before any other place', () => {
    expect(
      layPhrases('Well then, my good old friend', spans, 2000, 'en').map(({ text }) => text),
    ).to.deep.equal(['Well then,', 'my good old friend'])
  })

  it('speak through a pause for which the text has no good place', () => {
    expect(
      layPhrases(
        'Grandmother’s lantern',
        [
          { start: 0, end: 300 },
          { start: 700, end: 2600 },
        ],
        2600,
        'en',
      ),
    ).to.deep.equal([{ start: 0, end: 2600, text: 'Grandmother’s lantern' }])
  })

  it('say all of the text, in order, inside the original’s spans, without overlap', () =>
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,9}[,.!]?$/), { minLength: 1, maxLength: 14 }),
        fc.array(fc.tuple(fc.integer({ min: 100, max: 1500 }), fc.integer({ min: 301, max: 900 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 100, max: 6000 }),
        (tokens, gaps, speaking) => {
          let at = 0
          const room = gaps.map(([length, gap]) => {
            const start = at
            at += length + gap
            return { start, end: start + length }
          })
          const phrases = layPhrases(tokens.join(' '), room, speaking, 'en')
          expect(phrases.map(({ text }) => text).join(' ')).to.equal(tokens.join(' '))
          expect(phrases[0]?.start).to.equal(room[0]?.start)
          expect(phrases.at(-1)?.end).to.equal(room.at(-1)?.end)
          phrases.forEach((phrase, turn) => {
            expect(phrase.end).to.be.above(phrase.start)
            expect(phrase.start).to.be.at.least(phrases[turn - 1]?.end ?? 0)
          })
        },
      ),
    ))
})

describe('the pace of speech', () => {
  const signal = new AbortController().signal
  it('is the synthesizer’s', async () => {
    expect(await openPace({ measure: async () => 1234 }).measure('Wait!', 'en', signal)).to.equal(1234)
  })
  it('is reckoned by letters where the synthesizer does not know the language', async () => {
    const silent = openPace({
      measure: async () => {
        throw new Problem('language-unspoken', { language: 'tlh' })
      },
    })
    expect(await silent.measure('qapla’ batlh', 'tlh', signal)).to.equal(667)
  })
})

describe('syllables', () => {
  const cases: readonly [text: string, language: string, count: number][] = [
    ['banana', 'en', 3],
    ['home', 'en', 1],
    ['little', 'en', 2],
    ['The lantern went out', 'en', 5],
    ['¿Dónde está?', 'es', 4],
    ['ありがとう', 'ja', 5],
    ['ちょっと', 'ja', 3],
    ['灯り石', 'ja', 5],
    ['', 'en', 0],
    ['42', 'en', 0],
  ]
  for (const [text, language, count] of cases)
    it(`are ${count} in “${text}”`, () => expect(syllablesIn(text, language)).to.equal(count))
})

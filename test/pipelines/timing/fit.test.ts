import { expect } from 'chai'
import fc from 'fast-check'
import { Problem } from '../../../pipelines/problem.ts'
import type { Stage } from '../../../pipelines/stage.ts'
import type { Line, LineEdit, Span, TranslatedLine, Verdict } from '../../../pipelines/terms.ts'
import { fit } from '../../../pipelines/timing/fit.ts'
import { byShare, openPace, type Pace } from '../../../pipelines/timing/pace.ts'
import { syllablesIn } from '../../../pipelines/timing/syllables.ts'
import { line } from '../../support/lines.ts'
import { type Bench, openBench } from '../../support/stage.ts'

/** A voice that takes 100 ms a letter. */
const pace: Pace = {
  identity: 'test',
  hear: async (text, language) => byShare(text, language, lettersIn(text) / 10),
}
const lettersIn = (text: string) => [...text].filter(letter => /\p{L}/u.test(letter)).length
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
    edits: readonly LineEdit[] = [],
    candidates: readonly string[] = [],
  ) => {
    const transcript = { language: 'ja', way: 'script', lines: [source, ...others], findings: [] } as const
    const fitted = await fit(
      {
        transcript,
        translation: {
          language: 'en',
          lines: [{ ...said(source.id, text), ...(candidates.length > 0 && { candidates }) }],
          findings: [],
        },
        edits,
      },
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
    ['amber', 'abcdefghijklmnopq', 1.232],
    ['overlong', 'abcdefghijklmnopqrst', 1.449],
    ['short', 'abc', 0.3],
    ['empty', '', 0],
  ]
  for (const [verdict, text, rate, room = 1000] of cases)
    it(`is ${verdict} at ${rate}`, async () => {
      const fitted = await fitOne(text, { ...second, end: second.start + room })
      expect(fitted.rate).to.be.closeTo(rate, 0.01)
      expect(fitted.verdict).to.equal(verdict)
    })

  it('runs into the silence after it, 300 ms at most, then begins 80 ms early at most', async () => {
    const fitted = await fitOne('abcdefghijkl', second)
    expect(fitted.rate).to.equal(1)
    expect(fitted.phrases).to.deep.equal([
      { start: 1000, end: 2200, text: 'abcdefghijkl', rate: 1, foretold: 1200 },
    ])
    const long = await fitOne('abcdefghijklmnopqrst', second)
    expect(long.rate).to.be.closeTo(2000 / 1380, 0.001)
    expect(long.phrases[0]).to.include({ start: 920, end: 2300 })
  })

  it('never runs into the next line', async () => {
    const next = line('b', 'いいえ', { start: 2100, end: 3000 })
    const { phrases } = await fitOne('abcdefghijklmnop', second, [next])
    expect(phrases[0]).to.include({ start: 920, end: 2100 })
  })

  it('has no silence after it when somebody talks over its end', async () => {
    const over = line('b', 'いいえ', { start: 1500, end: 3000 })
    const { phrases } = await fitOne('abcdefghijklmnop', second, [over])
    expect(phrases[0]).to.include({ start: 920, end: 2000 })
  })

  it('says by how much it is too long, in syllables, and where', async () => {
    const { findings } = await fitOne('banana banana banana banana', second)
    expect(findings).to.have.length(1)
    expect(findings[0]).to.deep.include({
      rule: 'overlong',
      place: { line: 'a', span: { start: 1000, end: 2000 }, language: 'en' },
    })
    expect(findings[0]?.figures.syllables).to.equal(4)
  })

  it('says nothing of signs: nobody speaks them', async () => {
    const fitted = await fitOne('Closed today for the festival', { ...second, kind: 'sign' })
    expect(fitted).to.deep.include({ verdict: 'green', phrases: [], findings: [] })
  })

  it('takes the wording that fits, and keeps the translator’s first beside it', async () => {
    const fitted = await fitOne('abcdefghijklmnopqrst', second, [], [], ['abcdefghij', 'abc'])
    expect(fitted).to.include({ text: 'abcdefghij', verdict: 'green' })
    expect(fitted.suggestion?.text).to.equal('abcdefghijklmnopqrst')
  })

  it('keeps the translator’s first wording where that fits as well', async () => {
    const fitted = await fitOne('abcdefghij', second, [], [], ['jihgfedcba'])
    expect(fitted.text).to.equal('abcdefghij')
    expect(fitted.suggestion).to.equal(undefined)
  })

  it('chooses among wordings of neighbours the one whose pace is like theirs', async () => {
    const before = line('a', '待って', { start: 1000, end: 2000 }, { speaker: 'ハル' })
    const after = line('b', '行こう', { start: 2000, end: 3000 }, { speaker: 'ハル' })
    const texts = async (speaker: string) => {
      const lines = [before, { ...after, speaker }]
      const fitted = await fit(
        {
          transcript: { language: 'ja', way: 'script', lines, findings: [] },
          translation: {
            language: 'en',
            lines: [said('a', 'abcdefghijkl'), { ...said('b', 'abcdefghi'), candidates: ['abcdefghijk'] }],
            findings: [],
          },
          edits: [],
          seen: { a: { screen: 'on' }, b: { screen: 'on' } },
        },
        pace,
        bench.at,
      )
      return fitted.lines.map(({ text }) => text.length)
    }
    expect(await texts('ハル')).to.deep.equal([12, 11])
    expect(await texts('ミナ')).to.deep.equal([12, 9])
  })

  it('says where to rewrite, and by how much', async () => {
    const { findings } = await fitOne('Wait, banana banana banana.', second)
    expect(findings.map(({ rule, figures }) => [rule, figures.text, figures.syllables])).to.deep.equal([
      ['overlong', undefined, 3],
      ['overlong-here', 'banana banana banana.', 3],
      ['overlong-here', 'Wait,', 1],
    ])
  })

  it('knows the voice that is cast: a slow one takes more time', async () => {
    const fitted = await fit(
      {
        transcript: { language: 'ja', way: 'script', lines: [{ ...second, speaker: 'ハル' }], findings: [] },
        translation: { language: 'en', lines: [said('a', 'abcdefghij')], findings: [] },
        edits: [],
        paces: { ハル: { a: 1.2, b: 50 } },
      },
      pace,
      bench.at,
    )
    expect(fitted.lines[0]).to.include({ speaking: 1250, rate: 1 })
  })

  it('takes the times that a person set for the language', async () => {
    const edits = [{ line: 'a', language: 'en', version: 1, start: 900, end: 2400 }]
    const fitted = await fitOne('abcdefghijklmno', second, [], edits)
    expect(fitted).to.include({ start: 900, end: 2400, verdict: 'green' })
    expect(fitted.phrases).to.deep.equal([
      { start: 900, end: 2400, text: 'abcdefghijklmno', rate: 1, foretold: 1500 },
    ])
  })
})

describe('the fit of whatever people write', () => {
  const odd = [
    '',
    '  ',
    '😀😀',
    '…',
    'a',
    'いいえ、だめです。',
    '!!!',
    'no 🙂',
    'x'.repeat(3000),
    '\u200b',
    'مرحبا بكم',
    '42',
    'ah (',
  ]
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.lorem(), fc.constantFrom(...odd))
  const row = fc.record({
    start: fc.integer({ min: 0, max: 20_000 }),
    length: fc.integer({ min: 0, max: 5000 }),
    text,
    candidates: fc.array(text, { maxLength: 2 }),
    speaker: fc.constantFrom('ハル', 'ミナ'),
    screen: fc.constantFrom('on', 'off', 'unknown' as const),
  })
  const bare = (text: string) => text.replace(/\s/gu, '')

  it('says every word of it in whole milliseconds, and over nobody who does not talk over it already', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 8 }),
        fc.constantFrom('en', 'ja', 'ar'),
        async (rows, language) => {
          const lines = rows.map(({ start, length, speaker }, at) =>
            line(`${at}`, 'x', { start, end: start + length }, { speaker }),
          )
          const fitted = await fit(
            {
              transcript: { language: 'ja', way: 'script', lines, findings: [] },
              translation: {
                language,
                lines: rows.map(({ text, candidates }, at) => ({ ...said(`${at}`, text), candidates })),
                findings: [],
              },
              edits: [],
              seen: Object.fromEntries(rows.map(({ screen }, at) => [`${at}`, { screen }])),
            },
            pace,
            { signal: new AbortController().signal, report: () => {} } as unknown as Stage,
          )
          expect(fitted.lines).to.have.length(rows.length)
          for (const { phrases, text } of fitted.lines) {
            if (/[\p{L}\p{N}]/u.test(text)) expect(phrases).to.not.be.empty
            if (phrases.length > 0)
              expect(bare(phrases.map(phrase => phrase.text).join(''))).to.equal(bare(text))
            for (const { start, end } of phrases) {
              expect([Number.isInteger(start), Number.isInteger(end), start >= 0]).to.deep.equal([
                true,
                true,
                true,
              ])
              expect(end).to.be.above(start)
            }
          }
          const meet = (a: Span, b: Span) => a.start < b.end && b.start < a.end
          for (const [at, one] of lines.entries())
            for (const [other, two] of lines.entries()) {
              if (other <= at || meet(one, two) || one.start === two.start) continue
              for (const a of fitted.lines[at]?.phrases ?? [])
                for (const b of fitted.lines[other]?.phrases ?? []) expect(meet(a, b)).to.equal(false)
            }
        },
      ),
      { numRuns: 150 },
    ))
})

describe('the pace of speech', () => {
  const signal = new AbortController().signal
  it('is the synthesizer’s', async () => {
    const spoken = {
      length: 1234,
      words: [{ start: 0, end: 1234, text: 'Bump!', at: 0 }],
      phones: [
        { start: 10, end: 80, ipa: 'b' },
        { start: 80, end: 300, ipa: 'ˈʌ' },
        { start: 300, end: 400, ipa: 'm' },
      ],
    }
    expect(await openPace({ time: async () => spoken }).hear('Bump!', 'en', signal)).to.deep.equal({
      length: 1234,
      words: [{ at: 0, start: 0, end: 1234 }],
      closures: [10, 300],
    })
  })
  it('is reckoned by letters where the synthesizer does not know the language', async () => {
    const silent = openPace({
      time: async () => {
        throw new Problem('language-unspoken', { language: 'tlh' })
      },
    })
    expect(await silent.hear('qapla’ batlh', 'tlh', signal)).to.deep.include({ length: 667, closures: [] })
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

import { expect } from 'chai'
import fc from 'fast-check'
import { endedOn, forbidden, lastDay, limited, lists, toggled } from '../../client/voice/less.ts'
import { readVoicePlace, type VoicePlace, writeVoicePlace } from '../../client/voice/place.ts'
import { canonical, nameOf } from '../../client/voice/sign.ts'
import { moneyIn, payIn, sums } from '../../client/voice/spell.ts'
import { voiceProblem, voiceWords, voiceWordsIn } from '../../client/words/voice.ts'
import { canonical as ofConsent } from '../../consent/canonical.ts'
import { idOf } from '../../consent/index.ts'
import type { TermsShape } from '../../server/contract.ts'

const day = 86_400_000
const base: TermsShape = {
  ...{ acts: ['speak', 'mix', 'deliver'], title: '狐の窓', holder: 'h'.repeat(43), episodes: ['1', '2'] },
  ...{ characters: ['ハル'], languages: ['en', 'fr'], territories: ['JP', 'FR'], media: ['tv'] },
  ...{ words: [], limits: { lines: 10, seconds: 60 }, banned: ['slur'], alterations: ['pitch'] },
  ...{ from: 0, makeUntil: 30 * day, until: 90 * day, label: 'l', credit: 'c', noticeHours: 48 },
  money: { model: 'line', currency: 'JPY', rate: 500, basis: 'b' },
  afterWithdrawal: { released: 'take-down', sellOffDays: 0 },
}

describe('what the page signs', () => {
  it('has the name that the register gives it, for every statement', () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), async (said, text) => {
        const statement = JSON.parse(JSON.stringify(said))
        const what = { statement, shown: { language: 'ja' as const, text } }
        // Half a character is no text: the register takes none, and says so.
        fc.pre(!/\\ud[89a-f]/i.test(JSON.stringify(what)))
        expect(canonical(what)).to.equal(ofConsent(what))
        expect(await nameOf(what)).to.equal(idOf(what as never))
      }),
    ))
})

describe('saying yes to less', () => {
  it('never allows more than was asked for, whatever is pressed', () => {
    const press = fc.oneof(
      fc
        .tuple(fc.constantFrom(...lists), fc.string())
        .chain(([list, other]) =>
          fc
            .constantFrom(...base[list], other)
            .map(item => (value: TermsShape) => toggled(base, value, list, item)),
        ),
      fc
        .constantFrom('slur', 'sexual', 'political')
        .map(item => (value: TermsShape) => forbidden(base, value, item)),
      fc
        .tuple(fc.constantFrom('lines' as const, 'seconds' as const), fc.oneof(fc.integer(), fc.double()))
        .map(
          ([which, to]) =>
            (value: TermsShape) =>
              limited(base, value, which, to),
        ),
      fc
        .tuple(fc.constantFrom('until' as const, 'makeUntil' as const), fc.integer({ min: -9, max: 200 }))
        .map(
          ([which, days]) =>
            (value: TermsShape) =>
              endedOn(base, value, which, new Date(days * day).toISOString().slice(0, 10)),
        ),
    )
    fc.assert(
      fc.property(fc.array(press), presses => {
        const less = presses.reduce((value, one) => one(value), base)
        for (const list of lists) expect(base[list]).to.include.members([...less[list]])
        expect(less.banned).to.include.members(base.banned)
        expect(less.limits.lines).to.be.within(0, 10)
        expect(less.limits.seconds).to.be.within(0, 60)
        expect(less.from).to.equal(base.from)
        expect(less.makeUntil).to.be.within(base.from + 1, base.makeUntil)
        expect(less.until).to.be.within(less.makeUntil, base.until)
      }),
    )
  })

  it('puts back in what was taken off, in the order it was asked in', () => {
    const without = toggled(base, base, 'acts', 'mix')
    expect(without.acts).to.deep.equal(['speak', 'deliver'])
    expect(toggled(base, without, 'acts', 'mix')).to.deep.equal(base)
    expect(forbidden(base, forbidden(base, base, 'sexual'), 'sexual')).to.deep.equal(base)
  })

  it('ends with the end of the day that was chosen', () => {
    expect(endedOn(base, base, 'until', '1970-02-01').until).to.equal(32 * day)
    expect(lastDay(32 * day)).to.equal('1970-02-01')
    expect(endedOn(base, base, 'until', 'no day')).to.equal(base)
    expect(endedOn(base, base, 'until', '1970-01-10').makeUntil).to.equal(10 * day)
  })
})

describe('money on the page', () => {
  it('is in whole minor units of its currency, and never added across currencies', () => {
    expect(moneyIn('ja', 1500, 'JPY')).to.equal('￥1,500')
    expect(moneyIn('en', 1500, 'USD')).to.equal('$15.00')
    expect(
      sums([
        { due: 500, currency: 'JPY' },
        { due: 700, currency: 'USD' },
        { due: 1, currency: 'JPY' },
      ]),
    ).to.deep.equal([
      ['JPY', 501],
      ['USD', 700],
    ])
  })

  it('says a residual as the share that it is', () => {
    const money = { model: 'residual', currency: 'JPY', rate: 125, basis: '' } as const
    expect(payIn(voiceWordsIn('en'), 'en', money)).to.equal('1.25% of the receipts')
    expect(payIn(voiceWordsIn('ja'), 'ja', { ...money, model: 'line' })).to.equal('1行につき￥125')
  })
})

describe('the words of the page', () => {
  it('have the same figures in both languages', () => {
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    for (const [name, { ja, en }] of Object.entries(voiceWords)) {
      expect(holes(ja), name).to.deep.equal(holes(en))
      expect(ja, name).to.not.equal('')
      expect(en, name).to.not.match(/[぀-ヿ一-鿿]/)
    }
  })

  it('tell a problem in the reader’s language, and what nobody translated in English', () => {
    const problem = { code: 'link-used', says: 'Used.', mend: 'Ask.', figures: {} } as const
    expect(voiceProblem('ja', problem)[0]).to.include('リンク')
    expect(voiceProblem('en', problem)).to.deep.equal(['Used.', 'Ask.'])
    expect(voiceProblem('ja', { ...problem, code: 'unreachable' })[0]).to.equal('サーバーが応答しません。')
  })
})

describe('the address of the page', () => {
  const id = 'x'.repeat(43)
  const places: readonly (readonly [hash: string, place: VoicePlace])[] = [
    ['#/', { at: 'asked' }],
    [`#/asked/${id}`, { at: 'asked', id }],
    ['#/mine', { at: 'mine' }],
    [`#/mine/${id}`, { at: 'mine', id }],
    ['#/uses', { at: 'uses' }],
    ['#/setup/token', { at: 'setup', token: 'token' }],
  ]
  for (const [hash, place] of places)
    it(`is ${hash} both ways`, () => {
      expect(readVoicePlace(hash)).to.deep.equal(place)
      expect(writeVoicePlace(place)).to.equal(hash)
    })

  it('leads to what is asked from wherever nobody has been', () => {
    for (const hash of ['', '#/elsewhere', '#/a/b/c', '#/setup'])
      expect(readVoicePlace(hash)).to.deep.equal({ at: 'asked' })
  })
})

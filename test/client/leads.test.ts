import { expect } from 'chai'
import { bundled, freed, lessIn, outlookOf, stateOf } from '../../client/leads/outlook.ts'
import { basisOf, dayOf, digitsOf, minorOf, namesOf, readTerms } from '../../client/leads/wish.ts'
import { partyRoles } from '../../client/view/leads/enrolled.tsx'
import { warningsOf } from '../../client/view/leads/preview.tsx'
import { leadSayIn } from '../../client/view/leads/say.ts'
import { airIn, nextIn } from '../../client/view/leads/withheld.tsx'
import { leadWords } from '../../client/words/leads.ts'
import { refusalIn, refusals } from '../../client/words/refusals.ts'
import { hour } from '../../consent/terms.ts'
import { withheld } from '../../pipelines/dub/part.ts'
import {
  type LineView,
  parties,
  type RequestView,
  type TermsShape,
  type WithheldView,
} from '../../server/contract.ts'

const now = Date.UTC(2026, 0, 1)
const at = (hours: number) => new Date(now + hours * hour).toISOString()
const terms: TermsShape = {
  acts: ['speak', 'mix'],
  title: '狐の窓',
  holder: 'H'.repeat(43),
  episodes: ['1', '2'],
  characters: ['ハル'],
  languages: ['en'],
  territories: [],
  media: [],
  words: [],
  limits: { lines: 10, seconds: 60 },
  banned: ['slur'],
  alterations: [],
  from: now,
  makeUntil: now + 1,
  until: now + 2,
  money: { model: 'line', currency: 'JPY', rate: 500, basis: 'x' },
  label: 'x',
  credit: 'x',
  afterWithdrawal: { released: 'take-down', sellOffDays: 0 },
  noticeHours: 48,
}
const request = (change: Partial<RequestView> = {}): RequestView => ({
  ...{ id: 'R'.repeat(43), actor: 'A'.repeat(43), actorName: 'ミカ', company: 'S', holderName: '権利者' },
  ...{ logged: now - hour, terms, text: { ja: '', en: '' }, state: 'open', licensed: false },
  noticeUntil: now + 47 * hour,
  ...change,
})
const yes = (change: Partial<NonNullable<RequestView['yes']>> = {}): NonNullable<RequestView['yes']> => ({
  ...{ id: 'Y'.repeat(43), kind: 'grant', actorName: 'ミカ', logged: now, terms, state: 'live' },
  ...{ pauses: [], noticeWaived: false },
  ...change,
})
const row = (change: Partial<WithheldView> = {}): WithheldView => ({
  ...{ episode: 'e1', number: '1', language: 'en', line: 'l1', character: 'ハル', text: 'Hi' },
  ...{ actor: 'A'.repeat(43), actorName: 'ミカ', code: 'no-consent', term: 'grant', says: '', ask: 'actor' },
  ...change,
})

describe('the outlook of a withheld line', () => {
  const outlooks: readonly [
    says: string,
    WithheldView,
    RequestView[],
    ReturnType<typeof outlookOf>['air'],
    string,
  ][] = [
    ['has no day to hold it against', row(), [], 'no-date', 'Ask ミカ for these lines.'],
    [
      'is in time when the notice ends before it is on air',
      row({ onAir: at(49) }),
      [],
      'in-time',
      'Ask ミカ for these lines.',
    ],
    ['is in time to the very instant', row({ onAir: at(48) }), [], 'in-time', 'Ask ミカ for these lines.'],
    [
      'is in time only by a waiver when it is nearer',
      row({ onAir: at(47.9) }),
      [],
      'only-waived',
      'Ask ミカ for these lines.',
    ],
    [
      'counts from when the actor was asked',
      row({ onAir: at(47) }),
      [request()],
      'in-time',
      'ミカ was asked on then and has not answered yet.',
    ],
    ['is over once it went on air', row({ onAir: at(-1) }), [], 'over', 'Ask ミカ for these lines.'],
    [
      'waits for the notice of what was agreed',
      row({ code: 'no-notice', ask: 'nobody', onAir: at(50) }),
      [request({ state: 'granted', yes: yes({ state: 'notice' }) })],
      'in-time',
      'Wait until then, or until ミカ waives the notice.',
    ],
    [
      'asks anew for words that changed since they were agreed',
      row({ code: 'changed-words' }),
      [request({ state: 'granted', yes: yes() })],
      'no-date',
      'Ask ミカ for these lines.',
    ],
    [
      'waits for the holder, who was asked together with the actor',
      row({ code: 'no-licence', ask: 'holder' }),
      [request({ state: 'granted', yes: yes({ noticeWaived: true }) })],
      'no-date',
      '権利者 was asked on then and has not licensed the title yet.',
    ],
    [
      'takes no refused request for an open one',
      row(),
      [request({ state: 'refused' })],
      'no-date',
      'Ask ミカ for these lines.',
    ],
    [
      'takes a request for another episode for none',
      row({ number: '3' }),
      [request()],
      'no-date',
      'Ask ミカ for these lines.',
    ],
    [
      'asks nobody to change a no',
      row({ code: 'refused-by-actor', ask: 'nobody' }),
      [],
      'no-date',
      'That is an answer, and nobody is asked to change it. Cast another voice.',
    ],
    [
      'leaves a pause to whoever made it',
      row({ code: 'paused-by-union', ask: 'nobody' }),
      [],
      'no-date',
      'Whoever paused it lifts it. Wait, or cast another voice.',
    ],
  ]
  const say = leadSayIn('en')
  for (const [says, withheldRow, requests, air, next] of outlooks)
    it(says, () => {
      const outlook = outlookOf(withheldRow, '狐の窓', requests, now)
      expect(outlook.air).to.equal(air)
      expect(nextIn(say, withheldRow, outlook, () => 'then')).to.equal(next)
    })

  it('says by when to ask while there is time, and nothing of the air where nobody will say yes', () => {
    const told = (change: Partial<WithheldView>) => {
      const one = row({ onAir: at(100), ...change })
      return airIn(say, outlookOf(one, '狐の窓', [], now), one, when => String((when - now) / hour))
    }
    expect(told({})).to.equal('Ask by 52 at the latest.')
    expect(told({ code: 'refused-by-actor', ask: 'nobody' })).to.equal(undefined)
    expect(told({ onAir: at(2) })).to.contain('in time only if it is waived')
  })
})

describe('how a request stands', () => {
  it('is told by the yes there is to it', () => {
    const granted = (change: Parameters<typeof yes>[0]) =>
      stateOf(request({ state: 'granted', yes: yes(change) }))
    expect(stateOf(request())).to.equal('open')
    expect(stateOf(request({ state: 'withdrawn', yes: yes({ state: 'withdrawn' }) }))).to.equal('withdrawn')
    expect(granted({})).to.equal('granted')
    expect(granted({ state: 'notice' })).to.equal('notice')
    expect(granted({ state: 'paused' })).to.equal('paused')
    expect(granted({ terms: { ...terms, acts: ['speak'] } })).to.equal('narrowed')
  })
  it('names the terms that were narrowed, and minds no order', () => {
    expect(lessIn(terms, { ...terms, acts: ['mix', 'speak'] })).to.deep.equal([])
    expect(lessIn(terms, { ...terms, limits: { lines: 1, seconds: 60 }, episodes: ['1'] })).to.deep.equal([
      'episodes',
      'limits',
    ])
  })
  it('finds the lines that the dub was made without and that are free by now', () => {
    const line = (id: string, text: string, state: 'withheld' | 'spoken') =>
      ({ id, language: 'en', text, take: { state } }) as LineView
    const lines = [line('l1', 'Hi', 'withheld'), line('l2', 'Ho', 'withheld'), line('l3', 'Hm', 'spoken')]
    expect(freed([...lines, line('l4', '', 'withheld')], [row()]).map(({ id }) => id)).to.deep.equal(['l2'])
  })
  it('bundles lines that have the same reason and the same way out', () => {
    const rows = [row(), row({ line: 'l2' }), row({ line: 'l3', code: 'changed-words' })]
    expect(bundled(rows).map(({ lines }) => lines.length)).to.deep.equal([2, 1])
  })
})

describe('what a form of a request says', () => {
  it('is whole minor units of any currency, and hundredths of a per cent of a share', () => {
    expect([digitsOf('JPY'), digitsOf('USD'), digitsOf('KWD'), digitsOf('?')]).to.deep.equal([0, 2, 3, 2])
    expect(minorOf(500, 'line', 'JPY')).to.equal(500)
    expect(minorOf(5.005, 'line', 'USD')).to.equal(501)
    expect(minorOf(2.5, 'residual', 'JPY')).to.equal(250)
    expect(minorOf(Number.NaN, 'line', 'JPY')).to.equal(0)
  })
  it('writes an amount out, so that nobody takes cents for dollars', () => {
    expect(basisOf({ model: 'line', currency: 'USD', rate: 550 })).to.equal(
      'セリフ1行につき 5.50 USD / 5.50 USD for each line',
    )
    expect(basisOf({ model: 'residual', currency: 'JPY', rate: 250 })).to.contain('2.5 % of revenue')
  })
  it('takes commas of both languages, and names with spaces in them, once each', () => {
    expect(namesOf('ハル、 ミオ , Old Man，ハル')).to.deep.equal(['ハル', 'ミオ', 'Old Man'])
  })
  it('is read into the terms of the register', () => {
    const form = new FormData()
    for (const [name, value] of [
      ...[
        ['acts', 'speak'],
        ['acts', 'mix'],
        ['holder', 'h'],
        ['episodes', '1'],
        ['characters', 'ハル'],
      ],
      ...[
        ['more-characters', 'ミオ'],
        ['languages', 'en'],
        ['territories', 'jp, us'],
        ['media', '配信'],
      ],
      ...[
        ['lines', '10'],
        ['seconds', '60'],
        ['banned', 'slur'],
        ['from', '2026-01-01'],
      ],
      ...[
        ['make-until', '2026-04-01'],
        ['until', '2026-12-31'],
        ['model', 'line'],
        ['rate', '5'],
      ],
      ...[
        ['currency', 'usd'],
        ['label', 'l'],
        ['credit', 'c'],
        ['released', 'take-down'],
      ],
      ...[
        ['sell-off-days', '30'],
        ['notice-hours', '48'],
      ],
    ] as [string, string][])
      form.append(name, value)
    const read = readTerms(form)
    expect(read).to.deep.include({ characters: ['ハル', 'ミオ'], territories: ['JP', 'US'], alterations: [] })
    expect(read.afterWithdrawal).to.deep.equal({ released: 'take-down', sellOffDays: 0 })
    expect(read.money).to.include({ rate: 500, currency: 'USD' })
    expect(dayOf(read.from)).to.equal('2026-01-01')
  })
  it('is warned of before it is sent: no lines, too small a limit, a notice that ends after the air', () => {
    const say = leadSayIn('en')
    const wish = { series: 's', actor: 'a', terms }
    const shown = (count: number, milliseconds: number) => ({
      ...{ text: { ja: '', en: '' }, title: '', actorName: '', holderName: '', company: '', milliseconds },
      lines: Array.from({ length: count }, () => ({
        episode: '1',
        language: 'en',
        character: '',
        line: '',
        text: '',
      })),
    })
    const warned = (count: number, milliseconds: number, onAir?: string) =>
      warningsOf(say, { wish, shown: shown(count, milliseconds) }, [{ number: '1', onAir }], now, String)
    expect(warned(10, 60_000, at(49))).to.deep.equal([])
    expect(warned(0, 0)).to.have.length(1)
    expect(warned(11, 60_001)).to.have.length(2)
    expect(warned(10, 60_000, at(47))[0]).to.contain('episode 1')
  })
})

describe('the words of a lead’s view', () => {
  it('have the same figures in them in both languages', () => {
    const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
    for (const [word, { en, ja }] of Object.entries(leadWords))
      expect(placesIn(ja), word).to.deep.equal(placesIn(en))
  })
  it('tell every refusal in both languages, in English as the register does', () => {
    expect(Object.fromEntries(Object.entries(refusals).map(([code, { en }]) => [code, en]))).to.deep.equal({
      ...withheld,
    })
    for (const [code, { ja }] of Object.entries(refusals)) expect(ja, code).to.match(/。$/)
    expect(refusalIn('ja', 'constructor')).to.equal('constructor')
  })
  it('let a lead invite everybody whom the register knows', () => {
    expect([...partyRoles].sort()).to.deep.equal([...parties].sort())
  })
})

import { expect } from 'chai'
import { firstWording } from '../../consent/first-wording.ts'
import { idOf } from '../../consent/proof.ts'
import type { Entry, Kind, Statement } from '../../consent/records.ts'
import { amountOf, instantOf, lengthOf, nameOf } from '../../consent/spell.ts'
import { paySaid } from '../../consent/terms-said.ts'
import { wordingOf } from '../../consent/wording.ts'
import { entry, terms } from '../support/consent.ts'
import { openHouse } from '../support/registry.ts'

const id = (letter: string) => letter.repeat(43)
const [company, actor, holder] = [id('c'), id('a'), id('h')]
const when = Date.UTC(2026, 10, 20, 3, 4, 5)
const asked = {
  ...{ ...terms, title: '狐の窓', holder, acts: ['speak', 'hear'] as const },
  ...{ from: Date.UTC(2026, 11, 1), makeUntil: Date.UTC(2027, 5, 1), until: Date.UTC(2027, 11, 1) },
  money: { model: 'line', currency: 'JPY', rate: 12_000 as number, basis: '声優協会の基準' } as const,
}
const register: readonly Entry[] = [
  entry('party', company, { role: 'company', name: '株式会社ほしぞら' }),
  entry('party', actor, { name: '花澤こだま' }),
  entry('party', holder, { role: 'holder', name: '狐の窓製作委員会' }),
  entry('request', id('r'), { by: company, actor, at: when, terms: asked }),
  entry('grant', id('g'), { by: actor, actor, of: id('r'), at: when, terms: asked }),
]
const find = (one: string) => register.find(entry => entry.id === one)
const said = (one: Entry): Statement => {
  const { id: _, leaf, logged, signers, ...statement } = one
  return statement as Statement
}
const grant = said(register[4] as Entry)
const rows = (statement: Statement, language: 'ja' | 'en') => wordingOf(statement, language, find).split('\n')

describe('the text that is signed', () => {
  const plain: readonly [language: 'ja' | 'en', ...rows: string[]][] = [
    [
      'ja',
      '次のとおり、わたしの声の使用に同意します。ここにないことには同意しません。',
      '声の持ち主: 花澤こだま',
      'お願いした会社: 株式会社ほしぞら',
      '対象: 『狐の窓』のお願い（2026年11月20日付）',
      '作品の権利者: 狐の窓製作委員会',
      '言語: 英語（en）、スペイン語（es）',
      '声の使い方（これ以外には使えません）: セリフの下書き音声を作る、制作内で試聴する',
      '報酬: セリフ1行につき 12,000円',
      '期間: 2026年12月1日 9:00（日本時間）から 2027年12月1日 9:00（日本時間）まで（365日間）',
      '地域: 日本（JP）、フランス（FR）',
      '撤回すると、公開したものは: 取り下げます',
      '番号（声の持ち主、署名する人）: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ],
    [
      'en',
      'I agree that a machine uses my voice as follows, and to nothing else.',
      'Asked by: 株式会社ほしぞら',
      'What this is about: the request for “狐の窓” of 20 November 2026',
      'Languages: English (en), Spanish (es)',
      'Pay: ¥12,000 per line',
      'Period: from 1 December 2026, 00:00 UTC until 1 December 2027, 00:00 UTC (365 days)',
      'When the period is over: nothing may be made or shown with it. There is no yes for ever: to go on, you are asked anew',
      'Withdrawn: what was released: is taken down',
      'Number (what this is about): rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr',
    ],
  ]
  for (const [language, ...wanted] of plain)
    it(`says in plain words who, what, for how much and for how long (${language})`, () => {
      expect(rows(grant, language)).to.include.members(wanted)
    })

  it('names everybody and everything in it by number as well, once', () => {
    for (const language of ['ja', 'en'] as const)
      for (const one of [actor, holder, id('r')])
        expect(wordingOf(grant, language, find).split(one), one).to.have.length(2)
  })

  it('says what a no, a pause or a withdrawal of everything reaches', () => {
    const by = { by: actor, at: when }
    expect(rows({ kind: 'withdrawal', ...by, actor, of: [] }, 'ja')).to.include(
      '対象: すべて（これからのものも）',
    )
    expect(rows({ kind: 'withdrawal', ...by, actor, of: [id('g')] }, 'ja')).to.include(
      '対象: 『狐の窓』の同意（2026年11月20日付）',
    )
    expect(rows({ kind: 'refusal', ...by, actor, title: null, act: 'train' }, 'en')).to.include.members([
      'Title: everything, later ones too',
      'Use: train or fine-tune a model',
    ])
  })

  it('lets no name pass for a row of its own', () => {
    const sly = { ...grant, terms: { ...asked, title: '狐の窓\n報酬: 無料' } } as Statement
    expect(rows(sly, 'ja').filter(row => row.startsWith('報酬: '))).to.deep.equal([
      '報酬: セリフ1行につき 12,000円',
    ])
    expect(rows(sly, 'ja')).to.include('作品: 狐の窓 / 報酬: 無料')
  })

  it('tells two statements apart that differ in anything a person can see', () => {
    const other: readonly Partial<typeof asked>[] = [
      { title: '窓' },
      { characters: [] },
      { territories: ['JP'] },
      { money: { ...asked.money, rate: 12_001 } },
      { money: { ...asked.money, model: 'minute' as never } },
      { until: asked.until + 1000 },
      { limits: { lines: 10, seconds: 61 } },
      { afterWithdrawal: { released: 'sell-off', sellOffDays: 3 } },
    ]
    for (const change of other)
      for (const language of ['ja', 'en'] as const)
        expect(
          wordingOf({ ...grant, terms: { ...asked, ...change } } as Statement, language, find),
        ).to.not.equal(wordingOf(grant, language, find))
  })

  it('has words for every kind of statement in both languages, and leaves no field out', () => {
    const kinds: readonly Kind[] = [
      ...(['party', 'keys', 'mandate', 'licence', 'request', 'grant', 'refusal', 'narrowing'] as const),
      ...(['suspension', 'resume', 'withdrawal', 'erasure', 'death', 'erased', 'completed', 'use'] as const),
    ]
    for (const kind of kinds)
      for (const language of ['ja', 'en'] as const) {
        const text = wordingOf(said(entry(kind, id('x'))), language)
        expect(text, kind).to.not.match(/undefined|NaN|\[object|\{"/)
        if (language === 'ja') expect(text.split('\n')[0], kind).to.match(/。$/)
      }
  })
})

describe('a register', () => {
  it('takes what was signed under the terse text of before, and what was signed under no names', async () => {
    const { registry, actor, request, grantOf } = await openHouse()
    const of = await request()
    const texts = [
      (statement: Statement) => firstWording(statement, 'ja'),
      (statement: Statement) => wordingOf(statement, 'ja'),
      (statement: Statement) => registry.say(statement, 'ja'),
    ]
    expect(new Set(texts.map(text => text(grantOf(of)))).size, 'three texts').to.equal(3)
    for (const [at, text] of texts.entries()) {
      const statement = { ...grantOf(of), at }
      const what = { statement, shown: { language: 'ja' as const, text: text(statement) } }
      const entry = await registry.enter({ ...what, proofs: [actor.prove(what)] })
      expect(entry.id).to.equal(idOf(what))
    }
  })

  it('refuses a text with another’s name in it', async () => {
    const { registry, actor, holder, request, grantOf } = await openHouse()
    const statement = grantOf(await request())
    const text = registry.say(statement, 'ja').replace('some holder', 'some actor')
    expect(text).to.not.equal(registry.say(statement, 'ja'))
    const what = { statement, shown: { language: 'ja' as const, text } }
    const failed = await registry
      .enter({ ...what, proofs: [actor.prove(what)] })
      .catch((error: { objection: string }) => error.objection)
    expect(failed).to.equal('other-text')
    expect(holder.id).to.not.equal(actor.id)
  })
})

describe('what is spelt for a person to sign', () => {
  const amounts: readonly [number, string, ja: string, en: string][] = [
    [12_000, 'JPY', '12,000円', '¥12,000'],
    [5, 'USD', '$0.05（USD）', '$0.05 (USD)'],
    [123_456_789, 'EUR', '€1,234,567.89（EUR）', '€1,234,567.89 (EUR)'],
    [1500, 'KWD', '1.500 KWD', '1.500 KWD'],
    [0, 'CHF', '0.00 CHF', '0.00 CHF'],
    [1, 'XXX', '0.01 XXX', '0.01 XXX'],
  ]
  for (const [minor, currency, ja, en] of amounts)
    it(`is ${en} for ${minor} of the least unit of ${currency}`, () => {
      expect([amountOf(minor, currency, 'ja'), amountOf(minor, currency, 'en')]).to.deep.equal([ja, en])
    })

  it('is a share of the revenue, or that nothing is paid', () => {
    const money = { model: 'residual', currency: 'JPY', rate: 250 } as const
    expect([paySaid(money, 'ja'), paySaid(money, 'en')]).to.deep.equal(['売上の2.5％', '2.5 % of revenue'])
    expect(paySaid({ ...money, rate: 0 }, 'ja')).to.equal('無報酬')
  })

  it('is the name of a language or a country, the code beside it', () => {
    expect(
      ['ja', 'es-419', 'es-MX', 'zh-Hant', 'qx', 'JP', 'ZZ'].map(code => nameOf(code, 'en')),
    ).to.deep.equal([
      'Japanese (ja)',
      'Spanish (es-419)',
      'Spanish (Mexico, es-MX)',
      'Chinese (zh-Hant)',
      'qx',
      'Japan (JP)',
      'ZZ',
    ])
    expect(nameOf('pt-BR', 'ja')).to.equal('ポルトガル語（ブラジル、pt-BR）')
  })

  it('is an instant by the clock of its reader, whatever the machine’s own', () => {
    expect(instantOf(Date.UTC(2026, 11, 31, 15), 'ja')).to.equal('2027年1月1日 0:00（日本時間）')
    expect(instantOf(Date.UTC(2026, 11, 31, 15, 0, 7), 'en')).to.equal('31 December 2026, 15:00:07 UTC')
    expect(instantOf(9e15, 'en')).to.equal('9000000000000000')
  })

  it('is a length in minutes and seconds', () => {
    expect([0, 1, 60, 95, 1.25].map(seconds => lengthOf(seconds, 'en'))).to.deep.equal([
      ...['0 seconds', '1 second', '1 minute', '1 minute 35 seconds', '1.3 seconds'],
    ])
    expect(lengthOf(3661, 'ja')).to.equal('61分1秒')
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import type { Honorifics, Term } from '../../../pipelines/terms.ts'
import { checkText } from '../../../pipelines/translation/check.ts'
import { checkGlossary, termsIn } from '../../../pipelines/translation/glossary.ts'
import { checkHonorifics } from '../../../pipelines/translation/honorifics.ts'

const term = (source: string, target: string, more: Partial<Term> = {}): Term => ({
  source,
  target,
  language: 'en',
  ...more,
})

describe('a glossary', () => {
  const stone = term('灯り石', 'lightstone', { forbid: ['lamp stone', 'stone'] })
  const shop = term('灯屋', 'Akariya', { keep: true })
  const cases: readonly (readonly [
    sentence: string,
    source: string,
    text: string,
    term: Term,
    rules: readonly string[],
  ])[] = [
    ['is content with its word', '灯り石が消えた。', 'The lightstone is out.', stone, []],
    ['is content with its word in the plural', '灯り石が消えた。', 'The lightstones are out.', stone, []],
    ['is content with its word in other case', '灯り石が消えた。', 'Lightstone, wake up!', stone, []],
    ['is content when its source is not there', '石が消えた。', 'The stone is out.', stone, []],
    ['misses its word', '灯り石が消えた。', 'The lantern is out.', stone, ['glossary-missing']],
    [
      'misses its word inside another',
      '灯り石が消えた。',
      'The moonlightstone is out.',
      stone,
      ['glossary-missing'],
    ],
    [
      'names what it forbids',
      '灯り石が消えた。',
      'The lamp stones are out.',
      stone,
      ['glossary-forbidden', 'glossary-forbidden', 'glossary-missing'],
    ],
    [
      'names what it forbids beside its own word',
      '灯り石が消えた。',
      'The lightstone, the stone!',
      stone,
      ['glossary-forbidden'],
    ],
    ['keeps a name as it is written', '灯屋だ。', 'This is Akariya’s.', shop, []],
    ['finds a name in other spelling', '灯屋だ。', 'This is akariya.', shop, ['glossary-spelling']],
    ['lets a sign be in capitals', '灯屋　本日休業', 'AKARIYA – CLOSED TODAY', shop, []],
    ['says nothing of a line nobody translated', '灯り石が消えた。', '', stone, []],
    ['does not find ハル in ハルカ', 'ハルカが来た。', 'Haruka is here.', term('ハル', 'Haru'), []],
    [
      'finds ハル before さん',
      'ハルさんが来た。',
      'She is here.',
      term('ハル', 'Haru'),
      ['glossary-missing'],
    ],
    [
      'grows a short word by no more than an ending',
      '星',
      'I was startled.',
      term('星', 'star'),
      ['glossary-missing'],
    ],
    [
      'takes an inflected Spanish plural',
      '灯り石',
      'Las piedras de luz.',
      term('灯り石', 'piedra de luz'),
      [],
    ],
    ['takes one that changes its end', '町', 'Dos ciudades.', term('町', 'ciudad'), []],
    ['keeps an honorific', 'トメさん！', '¡Tome-san!', term('トメさん', 'Tome-san', { keep: true }), []],
    ['reads signs of regular expressions as signs', 'C++だ', 'It is C++ (really).', term('C++', 'C++'), []],
  ]
  for (const [sentence, source, text, one, rules] of cases)
    it(sentence, () => {
      const found = checkGlossary([{ id: 'l1', source, text }], [one], 'ja', 'en')
      expect(found.map(finding => finding.rule)).to.deep.equal(rules)
    })

  it('says which line, which word and what mends it', () => {
    const [finding] = checkGlossary(
      [{ id: 'l7', source: '灯屋だ。', text: 'A lamp shop.' }],
      [shop],
      'ja',
      'en',
    )
    expect(finding).to.deep.equal({
      rule: 'glossary-missing',
      severity: 'warning',
      place: { line: 'l7', language: 'en' },
      figures: { source: '灯屋', target: 'Akariya' },
      says: 'The glossary has 灯屋 as “Akariya”, which is not in the translation.',
      mend: 'Use the glossary’s word, or change the glossary.',
    })
  })

  it('takes a word inside a longer term for a part of it', () => {
    const terms = [term('まつり', 'festival'), term('星まつり', 'Star Festival')]
    const found = (text: string) => termsIn(text, terms, 'ja').map(one => one.source)
    expect(found('星まつりまであと少し')).to.deep.equal(['星まつり'])
    expect(found('星まつりはいいまつりだ')).to.deep.equal(['まつり', '星まつり'])
  })

  it('looks for whole words in a language that has them, whatever their ending', () => {
    const found = (text: string) => termsIn(text, [term('lantern', 'farol')], 'en').map(one => one.source)
    expect(found('Two Lanterns.')).to.deep.equal(['lantern'])
    expect(found('A lan tern.')).to.deep.equal([])
  })

  it('finds every term in itself, whatever signs it is written with', () => {
    const sign = fc.string({
      unit: fc.constantFrom(...'aZé1-.*+?()[]{}|\\/^$ハ灯ー'),
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(sign, fc.constantFrom('ja', 'en'), (source, language) => {
        expect(termsIn(source, [term(source, 'x')], language).length).to.equal(1)
        expect(
          checkGlossary([{ id: 'l1', source, text: source }], [term(source, source)], language, language),
        ).to.deep.equal([])
      }),
    )
  })

  it('finds a Japanese target wherever it stands', () => {
    const mia = term('Mia', 'ミア', { language: 'ja' })
    const rules = (text: string) =>
      checkGlossary([{ id: 'l1', source: 'Hi, Mia!', text }], [mia], 'en', 'ja').map(one => one.rule)
    expect(rules('やあ、ミアさん！')).to.deep.equal([])
    expect(rules('やあ、ミアン！')).to.deep.equal(['glossary-missing'])
  })
})

describe('honorifics', () => {
  const lines = (...rows: (readonly [source: string, text: string])[]) =>
    rows.map(([source, text], at) => ({ id: `l${at}`, source, text }))
  const odd = (...rows: (readonly [source: string, text: string])[]) =>
    checkHonorifics(lines(...rows), 'ja', 'en').map(({ place, figures }) => [place.line, figures])

  it('are kept by all lines if most keep them', () => {
    expect(
      odd(
        ['トメさん！', 'Tome-san!'],
        ['ハルさん、来て。', 'Haru-san, come.'],
        ['トメさんは？', 'Where is Tome?'],
      ),
    ).to.deep.equal([['l2', { custom: 'keep', honorific: '-san' }]])
  })

  it('are dropped by all lines if most drop them', () => {
    expect(
      odd(
        ['トメさん！', 'Tome!'],
        ['ハルさん、来て。', 'Haru, come.'],
        ['トメさんは？', 'Where is Tome-san?'],
      ),
    ).to.deep.equal([['l2', { custom: 'drop', honorific: '-san' }]])
  })

  it('have a custom each', () => {
    expect(odd(['トメさん！', 'Tome-san!'], ['ソウタ先輩！', 'Sota!'])).to.deep.equal([])
  })

  it('are no custom when it is one against one', () => {
    expect(odd(['トメさん！', 'Tome-san!'], ['ハルさん！', 'Haru!'])).to.deep.equal([])
  })

  it('are none without a name before them, nor in a line nobody translated', () => {
    const kept = ['トメさん！', 'Tome-san!'] as const
    for (const source of [
      'たくさんあるよ。',
      '皆さん、こんばんは。',
      'お客さんだ。',
      '本屋さんに行く。',
      'お父さん！',
    ])
      expect(odd(kept, kept, [source, 'Hello.']), source).to.deep.equal([])
    expect(odd(kept, kept, ['ハルさん！', ''])).to.deep.equal([])
    expect(odd(kept, kept, ['田中さん！', 'Tanaka!'])).to.deep.equal([
      ['l2', { custom: 'keep', honorific: '-san' }],
    ])
  })
})

describe('the honorifics of a series', () => {
  const custom = (more: Omit<Honorifics, 'language'>) => ({ language: 'en', ...more })
  const senpai = [{ honorific: 'senpai', target: 'Captain' }] as const
  const cases: readonly [
    says: string,
    custom: Honorifics,
    source: string,
    text: string,
    wants: string | undefined,
  ][] = [
    ['are kept', custom({ custom: 'keep' }), 'トメさん！', 'Tome-san!', undefined],
    ['are missed where they are kept', custom({ custom: 'keep' }), 'トメさん！', 'Tome!', '-san'],
    ['are too many where they are dropped', custom({ custom: 'drop' }), 'トメさん！', 'Tome-san!', '–'],
    ['are dropped', custom({ custom: 'drop' }), 'トメさん！', 'Tome!', undefined],
    [
      'are said as agreed',
      custom({ custom: 'adapt', terms: senpai }),
      'ソウタ先輩！',
      'Captain Sota!',
      undefined,
    ],
    [
      'are wanted as agreed',
      custom({ custom: 'adapt', terms: senpai }),
      'ソウタ先輩！',
      'Sota-senpai!',
      'Captain',
    ],
    ['but one are kept', custom({ custom: 'keep', terms: senpai }), 'トメさん！', 'Tome-san!', undefined],
    [
      'are not asked for where nobody is called so',
      custom({ custom: 'keep' }),
      'おはよう',
      'Morning!',
      undefined,
    ],
  ]
  for (const [says, custom, source, text, wants] of cases)
    it(says, () => {
      const found = checkHonorifics([{ id: 'l1', source, text }], 'ja', 'en', custom)
      expect(found.map(({ rule, figures }) => [rule, figures.target])).to.deep.equal(
        wants === undefined ? [] : [['honorific-custom', wants]],
      )
    })
})

describe('a translation', () => {
  const cases: readonly (readonly [source: string, text: string, to: string, rules: readonly string[]])[] = [
    ['光った！', 'It is shining!', 'en', []],
    ['光った！', 'It is 光った!', 'en', ['source-left']],
    ['OK', 'OK', 'es', []],
    ['Mia!', '¡Mia!', 'es', []],
    ['Come and see.', 'come and see', 'es', ['source-copied']],
    ['光った！', '光った！', 'zh', ['source-left', 'source-copied']],
    ['Look!', '見て！', 'ja', []],
    ['光った！', 'As an AI language model, I shine.', 'en', ['engine-chatter']],
    ['光った！', 'Sure! Here is the translation: It shines.', 'en', ['engine-chatter']],
    ['訳：', 'Translation: light', 'en', ['engine-chatter']],
    ['翻訳できない。', 'Here she is, the translator!', 'en', []],
  ]
  for (const [source, text, to, rules] of cases)
    it(`of “${source}” as “${text}” is ${rules.join(' and ') || 'well'}`, () => {
      expect(checkText([{ id: 'l1', source, text }], to).map(one => one.rule)).to.deep.equal(rules)
    })
})

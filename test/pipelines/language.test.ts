import { expect } from 'chai'
import fc from 'fast-check'
import { base, piecesOf, spaced } from '../../pipelines/language.ts'

const cases: readonly [language: string, text: string, pieces: readonly string[]][] = [
  ['en', 'Hello, it’s “me” — again!', ['Hello,', 'it’s', '“me” —', 'again!']],
  ['en', '— Yes. — No.', ['— Yes. —', 'No.']],
  ['es', '¡Qué tal!', ['¡Qué', 'tal!']],
  ['zh', '你好，世界。', ['你好，', '世界。']],
  ['th', 'สวัสดีครับ ผม', ['สวัสดี', 'ครับ', 'ผม']],
  ['en', '… — !', []],
]

describe('the words of a text', () => {
  for (const [language, text, pieces] of cases)
    it(`cuts ${text} into ${pieces.length}`, () => {
      expect(piecesOf(text, language).map(piece => piece.text)).to.deep.equal(pieces)
    })

  it('says where each begins', () => {
    for (const [language, text] of cases)
      for (const piece of piecesOf(text, language))
        expect(text.slice(piece.at, piece.at + piece.text.length)).to.equal(piece.text)
  })

  it('loses no letter of any text', () => {
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('en', 'ja', 'th'), (text, language) => {
        const pieces = piecesOf(text, language)
        expect(letters(pieces.map(piece => piece.text).join(' '))).to.equal(letters(text))
      }),
    )
  })

  it('knows which languages put spaces between words', () => {
    expect(['ja', 'zh-TW', 'th', 'en', 'ko', 'pt-BR'].map(spaced)).to.deep.equal([
      false,
      false,
      false,
      true,
      true,
      true,
    ])
    expect(base('pt-BR')).to.equal('pt')
  })
})

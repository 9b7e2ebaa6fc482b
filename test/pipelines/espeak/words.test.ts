import { expect } from 'chai'
import { type Mark, phonesOf, plainText, wordsOf } from '../../../pipelines/espeak/words.ts'
import { piecesOf } from '../../../pipelines/language.ts'

const word = (place: number, at: number): Mark => ({ kind: 'word', place, at })
const phone = (ipa: string, at: number): Mark => ({ kind: 'phone', ipa, at })

function timed(text: string, marks: readonly Mark[], end: number): string[] {
  const pieces = piecesOf(text, 'en')
  const places = pieces.map(piece => piece.at)
  return wordsOf(pieces, places, marks, phonesOf(marks, end), text.length).map(
    ({ text: said, start, end: until }) => `${said} ${start}-${until}`,
  )
}

describe('the words of spoken text', () => {
  it('end with their last sound, before the pause', () => {
    const marks = [word(0, 0), phone('h', 0), phone('oʊ', 100), phone('', 200), word(4, 500), phone('ɪ', 500)]
    expect(timed('Ho, it', marks, 600)).to.deep.equal(['Ho, 0-200', 'it 500-600'])
  })

  it('share a mark by their length when the synthesizer joined them', () => {
    const marks = [word(0, 0), phone('ʌ', 0), phone('v', 100), phone('ð', 200), phone('ə', 300)]
    expect(timed('of the', marks, 400)).to.deep.equal(['of 0-200', 'the 200-400'])
  })

  it('take all their marks when the synthesizer parted them', () => {
    const marks = [word(0, 0), phone('t', 0), word(1, 300), phone('f', 300), word(3, 600), phone('x', 600)]
    expect(timed('25 x', marks, 700)).to.deep.equal(['25 0-600', 'x 600-700'])
  })

  it('are none where nothing was said', () => {
    expect(timed('…', [], 100)).to.deep.equal([])
  })

  it('are spoken as they stand, never obeyed as markup', () => {
    expect(plainText('a <b>x</b> [[h@l]] &lt; R&B\u0001')).to.equal('a  b x /b    h@l    lt; R&B ')
  })
})

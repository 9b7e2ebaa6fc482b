import { expect } from 'chai'
import { castVoices } from '../../../pipelines/dub/cast.ts'
import type { Casting, Voice } from '../../../pipelines/terms.ts'

const presets = ['a', 'b', 'c', 'd'].map(preset => ({
  engine: 'e',
  preset,
  languages: preset === 'd' ? ['ja'] : ['en', 'es'],
  says: 'One.',
}))
const nobody = (preset: string): Voice => ({ kind: 'nobody', engine: 'e', preset })
const given = (characters: string[], cast: Casting[] = [], language = 'en') =>
  castVoices(characters, cast, presets, language)

describe('a cast', () => {
  it('is what people made it', () => {
    const cast: Casting[] = [
      { character: 'ヒナ', voice: nobody('b') },
      { character: 'ソラ', voice: { kind: 'person', actor: 'actor-1' } },
    ]
    expect([...given(['ヒナ', 'ソラ'], cast)]).to.deep.equal(
      cast.map(({ character, voice }) => [character, voice]),
    )
  })

  it('never puts a voice that is nobody’s in the place of a person’s', () => {
    const voice: Voice = { kind: 'person', actor: 'actor-1' }
    expect(given(['ソラ'], [{ character: 'ソラ', voice }]).get('ソラ')).to.equal(voice)
  })

  it('gives everybody else a voice that knows the language, no two the same while there are enough', () => {
    const cast = given(['ヒナ', 'ソラ', 'トメ'], [], 'es-419')
    expect([...cast.values()].map(voice => JSON.stringify(voice)).sort()).to.deep.equal(
      ['a', 'b', 'c'].map(preset => JSON.stringify(nobody(preset))),
    )
  })

  it('gives nobody the voice of somebody who was cast', () => {
    const cast = given(['ヒナ', 'ソラ'], [{ character: 'トメ', voice: nobody('b') }])
    expect([cast.get('ヒナ'), cast.get('ソラ')]).to.not.deep.include(nobody('b'))
  })

  it('gives the same voices whatever order the characters come in', () => {
    const names = (cast: ReadonlyMap<string, Voice>) => [...cast].sort(([a], [b]) => (a < b ? -1 : 1))
    expect(names(given(['ヒナ', 'ソラ']))).to.deep.equal(names(given(['ソラ', 'ヒナ', 'ヒナ'])))
  })

  it('has a voice for every one of many', () => {
    expect(given(['1', '2', '3', '4', '5', '6']).size).to.equal(6)
  })

  it('has none where no voice knows the language', () => {
    expect(given(['ヒナ'], [], 'fi').size).to.equal(0)
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import { safeName } from '../../../pipelines/delivery/names.ts'
import { trackCode, trackName } from '../../../pipelines/delivery/tongues.ts'

describe('a file’s name', () => {
  const cases: readonly [words: string, name: string][] = [
    ['Kitsune - 1', 'Kitsune - 1'],
    ['狐の灯り - 第1話', '狐の灯り - 第1話'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a\u0000b\nc\u202Egpj.exe', 'a_b_c_gpj.exe'],
    ['AC/DC: "live"?', 'AC_DC_ _live__'],
    ['  .hidden. ', 'hidden'],
    ['--delete', 'delete'],
    ['NUL', 'episode_NUL'],
    ['...', 'episode_'],
    ['e\u0301', 'é'],
  ]
  for (const [words, name] of cases)
    it(`of ${JSON.stringify(words)} is ${JSON.stringify(name)}`, () => {
      expect(safeName(words)).to.equal(name)
    })

  it('is one on every system, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), words => {
        const name = safeName(words)
        expect(name).to.match(/^[^\s.\-~\\/:*?"<>|\p{C}][^\\/:*?"<>|\p{C}]*$/u)
        expect(Buffer.byteLength(name)).to.be.within(1, 130)
        expect(name).to.equal(name.trim())
      }),
    )
  })
})

describe('a track’s language', () => {
  const cases: readonly [tag: string, code: string, name: string][] = [
    ['ja', 'jpn', 'Japanese'],
    ['en', 'eng', 'English'],
    ['es-419', 'spa', 'Spanish (Latin America)'],
    ['pt-BR', 'por', 'Portuguese (Brazil)'],
    ['zh-Hant', 'chi', 'Chinese (Traditional)'],
    ['fil', 'fil', 'Filipino'],
    ['qq', 'und', 'qq'],
  ]
  for (const [tag, code, name] of cases)
    it(`of ${tag} is ${code}, ${name}`, () => {
      expect([trackCode(tag), trackName(tag)]).to.deep.equal([code, name])
    })
})

import { expect } from 'chai'
import { voiceOf } from '../../../pipelines/espeak/voices.ts'

const cases: readonly [language: string, voice: string | undefined][] = [
  ['en', 'en-us'],
  ['en-GB', 'en'],
  ['en-CA', 'en-us'],
  ['es', 'es'],
  ['es-419', 'es-419'],
  ['es-MX', 'es-419'],
  ['es-ES', 'es'],
  ['pt', 'pt'],
  ['pt-BR', 'pt-br'],
  ['zh-Hans', 'cmn'],
  ['zh-HK', 'yue'],
  ['no', 'nb'],
  ['de-AT', 'de'],
  ['fil', undefined],
  ['tlh', undefined],
]

describe('the synthesizer’s voice for a language', () => {
  for (const [language, voice] of cases)
    it(`is ${voice ?? 'missing'} for ${language}`, () => {
      expect(voiceOf(language)).to.equal(voice)
    })
})

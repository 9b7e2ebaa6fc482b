import { expect } from 'chai'
import { openEspeakVoices } from '../../../../pipelines/dub/engines/espeak.ts'
import { type Espeak, openEspeak } from '../../../../pipelines/espeak.ts'
import { keepsVoiceEngineContract } from '../../../contracts/voice-engine.ts'

describe('the embedded synthesizer', () => {
  let espeak: Espeak
  before(() => {
    espeak = openEspeak()
  })
  after(() => espeak.close())

  keepsVoiceEngineContract(() => openEspeakVoices(espeak), { text: 'The lantern is lit.', language: 'en' })

  it('has a dozen voices and more, each another sound', async () => {
    const engine = openEspeakVoices(espeak)
    const sounds = new Set<string>()
    for (const { preset } of engine.presets) {
      const ask = { text: 'Hello.', language: 'es-419', preset, rate: 1 }
      const { samples } = await engine.speak(ask, new AbortController().signal)
      sounds.add(Buffer.from(samples.buffer).toString('base64'))
    }
    expect(sounds.size).to.equal(engine.presets.length)
    expect(sounds.size).to.be.at.least(12)
  })

  it('speaks faster when asked to', async () => {
    const engine = openEspeakVoices(espeak)
    const length = async (rate: number) => {
      const ask = { text: 'We will never find the way back.', language: 'en', preset: 'man', rate }
      return (await engine.speak(ask, new AbortController().signal)).samples.length
    }
    const own = await length(1)
    expect(own / (await length(1.2))).to.be.within(1.1, 1.3)
    expect(own / (await length(0.85))).to.be.within(0.78, 0.92)
  })
})

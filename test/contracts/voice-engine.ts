import { expect } from 'chai'
import type { SpeakAsk, VoiceEngine } from '../../pipelines/dub/engine.ts'

/**
 * What every speaking engine keeps to. Call it inside a `describe`, with something to say in a language it knows.
 */
export function keepsVoiceEngineContract(
  open: () => VoiceEngine,
  ask: Omit<SpeakAsk, 'preset' | 'rate'>,
): void {
  const idle = () => new AbortController().signal
  const speak = (change: Partial<SpeakAsk> = {}, signal = idle()) => {
    const engine = open()
    return engine.speak({ ...ask, preset: engine.presets[0]?.preset ?? '', rate: 1, ...change }, signal)
  }

  it('says what it is and on what terms', () => {
    const { name, identity, licence } = open()
    expect(name).to.match(/^[a-z0-9][a-z0-9-]*$/)
    expect(identity).to.not.equal('')
    expect(licence).to.not.equal('')
  })

  it('tells its voices apart, and says of each what it is like', () => {
    const { presets } = open()
    expect(presets).to.not.deep.equal([])
    expect(new Set(presets.map(({ preset }) => preset)).size).to.equal(presets.length)
    for (const { languages, says } of presets) {
      expect(languages).to.not.deep.equal([])
      expect(says).to.match(/\.$/)
    }
  })

  it('gives mono sound between −1 and 1 that is no silence', async () => {
    const { samples, sampleRate } = await speak()
    expect(sampleRate).to.be.within(8000, 192_000)
    expect(samples.every(sample => Math.abs(sample) <= 1)).to.equal(true)
    expect(samples.some(sample => Math.abs(sample) > 0.01)).to.equal(true)
  })

  it('says the same in the same way', async () => {
    const [once, twice] = [await speak(), await speak()]
    expect(twice.samples.length).to.equal(once.samples.length)
    expect(twice.samples.every((sample, at) => sample === once.samples[at])).to.equal(true)
  })

  it('takes longer for more words', async () => {
    const [less, more] = [await speak(), await speak({ text: `${ask.text} ${ask.text} ${ask.text}` })]
    expect(more.samples.length).to.be.greaterThan(less.samples.length * 1.5)
  })

  it('refuses a preset it does not have', async () => {
    const failure = await speak({ preset: 'actor-1' }).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(Error)
  })

  it('says nothing once it is cancelled', async () => {
    const cancel = new AbortController()
    cancel.abort(new Error('enough'))
    const failure = await speak({}, cancel.signal).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(Error)
  })
}

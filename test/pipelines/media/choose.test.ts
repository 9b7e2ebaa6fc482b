import { expect } from 'chai'
import { chooseStreams } from '../../../pipelines/media/choose.ts'
import type { AudioStream, Probe, Source } from '../../../pipelines/terms.ts'
import { expectProblem } from '../../support/throws.ts'

const sound = (index: number, language?: string, standard = false): AudioStream => ({
  index,
  codec: 'aac',
  channels: 2,
  sampleRate: 48_000,
  language,
  standard,
})
const probe = (audio: readonly AudioStream[]): Probe => ({
  container: 'mkv',
  duration: 1000,
  video: [],
  audio,
  text: [
    { index: 8, codec: 'ass', language: 'en', title: 'Full', readable: true },
    { index: 9, codec: 'hdmv_pgs_subtitle', readable: false },
  ],
})
const source: Source = {
  file: { digest: '0'.repeat(64), bytes: 1, type: 'video/x-matroska' },
  name: 'ep1.mkv',
  language: 'ja',
}

describe('the stream that is worked on', () => {
  const cases: readonly [why: string, audio: readonly AudioStream[], index: number][] = [
    ['the only one', [sound(1)], 1],
    ['the one in the language of the original', [sound(1, 'en', true), sound(2, 'ja')], 2],
    ['of those in the language, the one players choose', [sound(1, 'ja'), sound(2, 'ja-JP', true)], 2],
    ['the one players choose when no language is told', [sound(1), sound(2, undefined, true)], 2],
    ['the first when nothing tells', [sound(3), sound(1)], 3],
  ]
  for (const [why, audio, index] of cases)
    it(`is ${why}`, () => {
      expect(chooseStreams(source, probe(audio)).audio.index).to.equal(index)
    })

  it('is the one that was asked for', () => {
    const chosen = chooseStreams(
      { ...source, audioStream: 1, textStream: 8 },
      probe([sound(1, 'en'), sound(2, 'ja')]),
    )
    expect([chosen.audio.index, chosen.text?.index]).to.deep.equal([1, 8])
  })

  it('is refused with the choices when there is no such one', async () => {
    const two = probe([sound(1, 'en'), { ...sound(2, 'ja'), title: 'Main' }])
    const audio = await expectProblem(
      () => chooseStreams({ ...source, audioStream: 7 }, two),
      'stream-missing',
    )
    expect(audio.message).to.equal('ep1.mkv has no sound stream 7.')
    expect(audio.mend).to.equal('Choose one of: 1 en; 2 ja, Main.')
    for (const textStream of [1, 9]) {
      const text = await expectProblem(() => chooseStreams({ ...source, textStream }, two), 'stream-missing')
      expect(text.mend).to.equal('Choose one of: 8 en, Full.')
    }
  })

  it('is missing in a silent file', async () => {
    await expectProblem(() => chooseStreams(source, probe([])), 'media-silent')
  })
})

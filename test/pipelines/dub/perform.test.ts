import { expect } from 'chai'
import fc from 'fast-check'
import { openGate } from '../../../consent/index.ts'
import { decibels, energies, integrated } from '../../../pipelines/dub/loudness.ts'
import type { Marker } from '../../../pipelines/dub/mark/watermark.ts'
import { perform } from '../../../pipelines/dub/perform.ts'
import type { Part, Voices } from '../../../pipelines/dub/voices.ts'
import { openWav } from '../../../pipelines/wav.ts'
import { ledgerOf, yeses } from '../../support/consent.ts'
import { unmarked } from '../../support/marks.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { openHummer } from '../../support/voices.ts'

const voice = { kind: 'nobody', engine: 'hummer', preset: 'low' } as const
const scene = { title: 'kitsune', episode: '1', language: 'en' }

/** A line from 1 s on, with its phrases as [from, to, how long they take to say]. */
function lineOf(
  ...phrases: readonly (readonly [from: number, to: number, own: number | string])[]
): Part['line'] {
  const spans = phrases.map(([start, end, own]) => ({
    start: 1000 + start,
    end: 1000 + end,
    text: String(own),
  }))
  return { id: 'l1', speaker: 'ヒナ', start: 1000, end: spans.at(-1)?.end ?? 1000, phrases: spans }
}

const maker = { asker: 'lead-1', marker: unmarked, sign: (wav: Uint8Array) => wav }

describe('a performance', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  const performed = (line: Part['line'], voices: Voices = openHummer().voices, until = line.end) =>
    perform({ ...scene, line, voice }, until, voices, maker, bench.at)

  async function spoken(line: Part['line'], voices?: Voices, until?: number) {
    const { take } = await performed(line, voices, until)
    if (take.state !== 'spoken') throw new Error(`${take.state}: ${JSON.stringify(take)}`)
    const wav = await openWav(await bench.at.file(take.sound))
    const samples = await wav.read(0, wav.frames)
    await wav.close()
    return { take, wav, samples }
  }

  it('is 48 kHz mono, exactly as long as its span', async () => {
    const { take, wav } = await spoken(lineOf([0, 1000, 1000]))
    expect(wav).to.include({ sampleRate: 48_000, channels: 1, frames: (take.end - take.start) * 48 })
  })

  it('is marked as machine-spoken, as speech, at its place in the programme', async () => {
    const asked: unknown[][] = []
    const marker: Marker = {
      id: 'f'.repeat(16),
      mark(samples, from, depth) {
        asked.push([samples.length, from, depth])
        return samples.map(sample => sample / 2)
      },
    }
    const line = lineOf([500, 1500, 1000])
    const made = await perform(
      { ...scene, line, voice },
      line.end,
      openHummer().voices,
      { ...maker, marker },
      bench.at,
    )
    const { take } = made
    if (take.state !== 'spoken') throw new Error(take.state)
    expect(asked).to.deep.equal([[(take.end - take.start) * 48, take.start * 48, 'speech']])
    const halved = await openWav(await bench.at.file(take.sound))
    const { samples } = await spoken(line)
    const heard = await halved.read(0, halved.frames)
    await halved.close()
    expect(Math.max(...heard)).to.be.closeTo(Math.max(...samples) / 2, 1e-4)
  })

  it('asks the voice itself to hurry before it stretches', async () => {
    const { voices, asked } = openHummer()
    await performed(lineOf([0, 1000, 1150]), voices)
    expect(asked.map(({ rate }) => Math.round(rate * 100) / 100)).to.deep.equal([1, 1.15])
  })

  it('asks once when the voice’s own pace fits', async () => {
    const { voices, asked } = openHummer()
    await performed(lineOf([0, 1000, 1010]), voices)
    expect(asked).to.have.length(1)
  })

  it('stretches a voice that has one pace only', async () => {
    const { take, samples } = await spoken(lineOf([0, 1000, 1150]), openHummer({ paced: false }).voices)
    expect(take.stretch).to.be.closeTo(1000 / 1150, 0.02)
    expect(ends(samples)).to.equal(true)
  })

  it('puts each phrase in its place', async () => {
    const { take, samples } = await spoken(lineOf([0, 600, 600], [1500, 2100, 600]))
    expect([take.start, take.end]).to.deep.equal([1000, 3100])
    const level = (from: number, to: number) =>
      Math.max(...samples.subarray(from * 48, to * 48).map(Math.abs))
    expect(level(100, 500)).to.be.above(0.01)
    expect(level(650, 1480)).to.equal(0)
    expect(level(1600, 2000)).to.be.above(0.01)
  })

  it('begins and ends in silence, so that it never clicks', async () => {
    const { samples } = await spoken(lineOf([0, 800, 900]))
    expect(Math.abs(samples[0] ?? 1)).to.be.below(0.001)
    expect(Math.abs(samples.at(-1) ?? 1)).to.be.below(0.001)
  })

  it('is as loud from a quiet voice as from a loud one', async () => {
    const loudness = async (level: number) => {
      const { samples } = await spoken(lineOf([0, 2000, 2000]), openHummer({ level }).voices)
      return integrated(energies([samples]))
    }
    expect(await loudness(0.01)).to.be.closeTo(-30, 0.3)
    expect(await loudness(0.9)).to.be.closeTo(-30, 0.3)
  })

  it('that can’t be said in its time is not cut off but told of, with the figure', async () => {
    const { take, findings } = await performed(lineOf([0, 1000, 1500]))
    expect(take).to.deep.equal({ line: 'l1', state: 'unspoken', reason: 'overlong' })
    expect(findings).to.have.length(1)
    expect(findings[0]).to.include({ rule: 'overlong', severity: 'warning' })
    expect(findings[0]?.figures).to.deep.equal({ pace: 1.5, limit: 1.3 })
    expect(findings[0]?.place).to.deep.equal({ line: 'l1', span: { start: 1000, end: 2000 }, language: 'en' })
  })

  it('of nothing but silence is empty', async () => {
    const { take } = await performed(lineOf([0, 1000, '…']))
    expect(take).to.deep.equal({ line: 'l1', state: 'unspoken', reason: 'empty' })
  })

  it('in a language that the voice does not know is told of', async () => {
    const { voices, asked } = openHummer()
    const part: Part = { ...scene, language: 'fi', line: lineOf([0, 1000, 900]), voice }
    const { take, findings } = await perform(part, 2000, voices, maker, bench.at)
    expect(take).to.deep.equal({ line: 'l1', state: 'unspoken', reason: 'no-voice' })
    expect(findings.map(({ rule }) => rule)).to.deep.equal(['no-voice'])
    expect(asked).to.deep.equal([])
  })

  it('is never cut off, never late, never too early, and exactly as long as it says', async () => {
    const phrase = fc.record({
      own: fc.integer({ min: 80, max: 1500 }),
      pause: fc.integer({ min: 0, max: 400 }),
      room: fc.integer({ min: 100, max: 1200 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(phrase, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 300 }),
        fc.boolean(),
        async (phrases, after, paced) => {
          let time = 0
          const line = lineOf(
            ...phrases.map(({ own, pause, room }) => {
              const start = time + pause
              time = start + room
              return [start, time, own] as const
            }),
          )
          const { take, findings } = await performed(line, openHummer({ paced }).voices, line.end + after)
          if (take.state !== 'spoken') {
            expect(findings.map(({ rule }) => rule)).to.deep.equal(['overlong'])
            return
          }
          const { samples } = await spoken(line, openHummer({ paced }).voices, line.end + after)
          expect(take.start).to.be.at.least(line.start)
          expect(take.end).to.be.at.most(line.end + after)
          expect(samples.length).to.equal((take.end - take.start) * 48)
          expect(1 / take.stretch).to.be.within(0.84, 1.31)
          expect(ends(samples)).to.equal(true)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('of a person’s voice is withheld by name while nobody may give it, and no engine is asked', async () => {
    const part: Part = { ...scene, line: lineOf([0, 1000, 900]), voice: { kind: 'person', actor: 'actor-1' } }
    const { voices, asked } = openHummer()
    const { take, findings } = await perform(part, 2000, voices, maker, bench.at)
    expect(take).to.deep.equal({ line: 'l1', state: 'withheld', voice: part.voice, refusal: 'no-consent' })
    expect(findings.map(({ rule, figures }) => [rule, figures])).to.deep.equal([
      ['voice-withheld', { refusal: 'no-consent' }],
    ])
    expect(asked).to.deep.equal([])
  })

  it('of a person’s voice is withheld even with everybody’s yes, as no engine can speak so', async () => {
    const part: Part = {
      ...scene,
      line: lineOf([0, 1000, 'Hello.']),
      voice: { kind: 'person', actor: 'actor-1' },
    }
    const { voices, asked } = openHummer({ gate: openGate(ledgerOf(yeses), () => 1000) })
    const { take } = await perform(part, 2000, voices, maker, bench.at)
    expect(take).to.include({ state: 'withheld', refusal: 'no-engine' })
    expect(asked).to.deep.equal([])
  })
})

/** True when the high note that ends every phrase is heard at the end. */
function ends(samples: Float32Array): boolean {
  const last = samples.findLastIndex(sample => Math.abs(sample) > 0.003)
  const tail = samples.subarray(last - 960, last)
  let crossings = 0
  tail.forEach((sample, at) => {
    if (sample >= 0 !== (tail[at - 1] ?? 0) >= 0) crossings++
  })
  return decibels(Math.max(...tail.map(Math.abs))) > -60 && crossings > 60
}

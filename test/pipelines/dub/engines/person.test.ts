import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { openEspeakSketch } from '../../../../pipelines/dub/engines/espeak-sketch.ts'
import { openReplicaService } from '../../../../pipelines/dub/engines/replica.ts'
import { contourOf, leanOf, registerOf } from '../../../../pipelines/dub/pitch.ts'
import { openEspeak } from '../../../../pipelines/espeak.ts'
import { decodeWav, encodeWav } from '../../../../pipelines/wav.ts'
import { expectProblem } from '../../../support/throws.ts'

const signal = new AbortController().signal
const rate = 22_050
const tone = Float32Array.from({ length: rate }, (_, at) => 0.3 * Math.sin((2 * Math.PI * 150 * at) / rate))

describe('a sketch of a voice', () => {
  const espeak = openEspeak()
  after(() => espeak.close())
  const words = 'The lanterns are lit, and nobody knows who carried them up the hill before the rain began.'
  for (const [who, variant, pitch] of [
    ['a low voice', 'm7', 20],
    ['a high one', 'f4', 80],
  ] as const)
    it(`lies at the middle and the range of the pitch of ${who}, and leans as it does`, async () => {
      const person = await espeak.speak({ text: words, language: 'en', variant, pitch })
      const reference = encodeWav(person.samples, person.sampleRate)
      const ask = { text: 'Good morning, we have a long way to go.', language: 'en', rate: 1, reference }
      const sketch = await openEspeakSketch(espeak).speak(ask, signal)
      const [theirs, its] = [person, sketch].map(({ samples, sampleRate }) =>
        registerOf(contourOf(samples, sampleRate)),
      )
      if (!theirs || !its) throw new Error('nothing is voiced')
      expect(12 * Math.abs(Math.log2(its.middle / theirs.middle))).to.be.lessThan(1)
      expect(Math.abs(its.range - theirs.range)).to.be.lessThan(1)
      const [wanted, got] = [person, sketch].map(({ samples, sampleRate }) => leanOf(samples, sampleRate))
      for (const [band, level] of (wanted ?? []).entries())
        expect(Math.abs(level - (got?.[band] ?? 0))).to.be.lessThan(4)
      expect(sketch.samples.every(Number.isFinite)).to.equal(true)
    })

  it('can’t be drawn after silence or what is no sound', async () => {
    const engine = openEspeakSketch(espeak)
    const ask = { text: 'Hello.', language: 'en', rate: 1 }
    for (const reference of [encodeWav(new Float32Array(rate), rate), new Uint8Array(100)])
      await expectProblem(() => engine.speak({ ...ask, reference }, signal), 'engine-failed')
  })

  it('is called a sketch', () => {
    const { name, identity } = openEspeakSketch(espeak)
    expect(`${name} ${identity}`)
      .to.match(/sketch/)
      .and.not.match(/clone|replica/i)
  })
})

describe('a service that speaks after a recording', () => {
  type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer }
  async function served(answer: (heard: Heard) => readonly [status: number, body: Uint8Array, to?: string]) {
    const heard: Heard[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) }
      heard.push(one)
      const [status, body, to] = answer(one)
      response.writeHead(status, to ? { location: to } : {}).end(body)
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    return { address, heard, close: () => server.close() }
  }
  const ask = { text: 'Hello.', language: 'es-419', rate: 1.1, reference: encodeWav(tone, rate) }

  it('is sent the words and the recording, and gives sound', async () => {
    const service = await served(() => [200, encodeWav(tone, rate)])
    const engine = openReplicaService({ address: service.address, key: 'k', model: 'm1', licence: 'terms' })
    const { samples, sampleRate } = await engine.speak(ask, signal)
    service.close()
    expect([samples.length, sampleRate]).to.deep.equal([rate, rate])
    const [{ path, headers, body } = { path: '', headers: {}, body: Buffer.alloc(0) }] = service.heard
    expect(path).to.equal('/v1/audio/speech')
    expect(headers.authorization).to.equal('Bearer k')
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData()
    const fields = ['model', 'input', 'language', 'speed', 'response_format'].map(name => form.get(name))
    expect(fields).to.deep.equal(['m1', 'Hello.', 'es-419', '1.1', 'wav'])
    const file = form.get('reference') as File
    expect(decodeWav(new Uint8Array(await file.arrayBuffer())).samples).to.have.length(rate)
  })

  it('is not followed elsewhere, for neither words nor recording are for anybody else', async () => {
    const other = await served(() => [200, encodeWav(tone, rate)])
    const service = await served(() => [307, new Uint8Array(), `${other.address}/audio/speech`])
    const engine = openReplicaService({ address: service.address, model: 'm1', licence: 'terms' })
    await expectProblem(() => engine.speak(ask, signal), 'engine-unreachable')
    service.close()
    other.close()
    expect(other.heard).to.deep.equal([])
  })

  for (const [status, code] of [
    [500, 'engine-unreachable'],
    [400, 'engine-failed'],
  ] as const)
    it(`is ${code} when it answers ${status}`, async () => {
      const service = await served(() => [status, new Uint8Array()])
      const engine = openReplicaService({ address: service.address, model: 'm1', licence: 'terms' })
      await expectProblem(() => engine.speak(ask, signal), code)
      service.close()
    })
})

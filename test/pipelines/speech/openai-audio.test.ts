import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { transcriptionEngine } from '../../../pipelines/speech/engines/openai-audio.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'

const windows = [
  { start: 1000, end: 3000 },
  { start: 4000, end: 6000 },
]
const answer = {
  language: 'japanese',
  segments: [
    { start: 0.1, end: 1.5, text: ' 待って ', no_speech_prob: 0.02, avg_logprob: -0.3, tokens: [1, 2] },
  ],
  words: [
    { start: 0.1, end: 0.8, word: '待' },
    { start: 0.8, end: 1.5, word: 'って' },
  ],
}

describe('a transcription service', () => {
  let bench: Bench
  let close = () => {}
  const asked: { form: FormData; authorization: string | undefined }[] = []
  beforeEach(async () => {
    bench = await openBench()
    asked.length = 0
  })
  afterEach(async () => {
    close()
    await bench.close()
  })
  /** A server that answers so, whatever it is asked. */
  async function open(status: number, body: unknown) {
    const server = createServer(async (request, response) => {
      const bytes: Buffer[] = []
      for await (const part of request) bytes.push(part as Buffer)
      const headers = { 'content-type': request.headers['content-type'] ?? '' }
      asked.push({
        form: await new Response(Buffer.concat(bytes), { headers }).formData(),
        authorization: request.headers.authorization,
      })
      response
        .writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {})
        .end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    return transcriptionEngine({ address, key: 'secret-key', model: 'whisper-1', wait: async () => {} })
  }
  const ears = () =>
    bench.at.keepBytes(encodeWav(new Float32Array(16_000 * 7).fill(0.1), 16_000), 'audio/wav')

  it('is sent every window as a WAV of its own, and its times are put back where they belong', async () => {
    const engine = await open(200, answer)
    const { segments, language } = await engine.recognize({ ears: await ears(), windows }, bench.at)
    expect(language).to.equal('ja')
    expect(segments[1]).to.deep.equal({
      start: 4100,
      end: 5500,
      text: '待って',
      silence: 0.02,
      logprob: -0.3,
      words: [
        { start: 4100, end: 4800, text: '待' },
        { start: 4800, end: 5500, text: 'って' },
      ],
    })
    const file = asked[0]?.form.get('file')
    expect(file instanceof Blob && file.size).to.equal(44 + 2 * 16 * 2000)
    expect(asked.map(({ form }) => form.get('language'))).to.deep.equal([null, 'ja'])
    expect(asked[0]?.authorization).to.equal('Bearer secret-key')
  })

  it('is told the language when it is known', async () => {
    const engine = await open(200, answer)
    await engine.recognize({ ears: await ears(), windows, language: 'es-419' }, bench.at)
    expect(asked[0]?.form.get('language')).to.equal('es')
  })

  it('may tell the words alone', async () => {
    const engine = await open(200, { text: ' Hello. ' })
    const { segments } = await engine.recognize({ ears: await ears(), windows, language: 'en' }, bench.at)
    expect(segments[0]).to.deep.equal({ start: 1000, end: 3000, text: 'Hello.', words: [] })
  })

  const wrong: readonly [
    sentence: string,
    status: number,
    body: unknown,
    code: Parameters<typeof expectProblem>[1],
  ][] = [
    ['an answer of another shape', 200, { segments: [{ start: 'now' }] }, 'engine-failed'],
    ['an answer that is no JSON', 200, '<html>', 'engine-failed'],
    ['a refusal', 401, { error: 'secret-key is wrong' }, 'engine-failed'],
    ['a redirect to another host', 302, '', 'engine-unreachable'],
    ['a service that stays broken', 503, '', 'engine-unreachable'],
  ]
  for (const [sentence, status, body, code] of wrong)
    it(`names ${sentence}, and never its key`, async () => {
      const engine = await open(status, body)
      const sound = await ears()
      const problem = await expectProblem(() => engine.recognize({ ears: sound, windows }, bench.at), code)
      expect(problem.message).not.to.include('secret-key')
    })
})

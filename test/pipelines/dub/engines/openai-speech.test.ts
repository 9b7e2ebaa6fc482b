import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { openSpeechService } from '../../../../pipelines/dub/engines/openai-speech.ts'
import type { ProblemCode } from '../../../../pipelines/problem.ts'
import { encodeWav } from '../../../../pipelines/wav.ts'
import { keepsVoiceEngineContract } from '../../../contracts/voice-engine.ts'
import { expectProblem } from '../../../support/throws.ts'

type Answer = (request: IncomingMessage, reply: ServerResponse, body: string) => void

const hum = (seconds: number, channels = 1) =>
  Float32Array.from({ length: seconds * 24_000 * channels }, (_, at) => 0.3 * Math.sin(at / 10))
/** A service that hums a tenth of a second for every letter. */
const hums: Answer = (_request, reply, body) => {
  const { input } = JSON.parse(body) as { input: string }
  reply.setHeader('content-type', 'audio/wav').end(encodeWav(hum(input.length / 10), 24_000))
}

describe('a speech service', () => {
  let server: Server
  let answer: Answer
  let heard: { url?: string; body: string; authorization?: string }[] = []
  before(done => {
    server = createServer((request, reply) => {
      let body = ''
      request.on('data', chunk => {
        body += chunk
      })
      request.on('end', () => {
        const { url, headers } = request
        heard.push({
          body,
          ...(url && { url }),
          ...(headers.authorization && { authorization: headers.authorization }),
        })
        answer(request, reply, body)
      })
    }).listen(0, '127.0.0.1', done)
  })
  beforeEach(() => {
    answer = hums
    heard = []
  })
  after(done => {
    server.closeAllConnections()
    server.close(done)
  })

  const open = (limit = 5000) =>
    openSpeechService({
      address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
      key: 'secret',
      model: 'kokoro',
      licence: 'Apache-2.0',
      voices: [{ voice: 'mixed-1', languages: ['en'], statement: 'A blend of many voices, no person’s.' }],
      limit,
    })
  const ask = { text: 'The lantern.', language: 'en', preset: 'mixed-1', rate: 1.1 }
  const idle = () => new AbortController().signal

  keepsVoiceEngineContract(open, { text: 'The lantern is lit.', language: 'en' })

  it('is asked as OpenAI’s is, with its key', async () => {
    await open().speak(ask, idle())
    expect(heard).to.have.length(1)
    expect(heard[0]).to.include({ url: '/v1/audio/speech', authorization: 'Bearer secret' })
    expect(JSON.parse(heard[0]?.body ?? '')).to.deep.equal({
      model: 'kokoro',
      voice: 'mixed-1',
      input: 'The lantern.',
      response_format: 'wav',
      speed: 1.1,
    })
  })

  it('is never asked for a voice that its operator did not declare', async () => {
    await expectProblem(() => open().speak({ ...ask, preset: 'famous-actor' }, idle()), 'engine-failed')
    expect(heard).to.deep.equal([])
  })

  it('may answer in stereo, and with a size it did not know when it began', async () => {
    const bytes = Buffer.from(encodeWav(hum(1, 2), 24_000, 2))
    bytes.writeUInt32LE(0xffffffff, 40)
    answer = (_request, reply) => void reply.end(bytes)
    expect((await open().speak(ask, idle())).samples.length).to.equal(24_000)
  })

  const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (_request, reply) =>
      void reply.writeHead(code, headers).end('no')
  const failures: readonly [sentence: string, answer: Answer, code: ProblemCode][] = [
    ['fails', status(500), 'engine-unreachable'],
    ['is busy', status(429), 'engine-unreachable'],
    ['does not know the key', status(401), 'engine-unreachable'],
    ['refuses the words', status(400), 'engine-failed'],
    ['sends us elsewhere', status(302, { location: 'http://127.0.0.1:1/' }), 'engine-unreachable'],
    ['hangs up', (request: IncomingMessage) => void request.socket.destroy(), 'engine-unreachable'],
    ['answers with what is no sound', (_request, reply) => void reply.end('<html>'), 'engine-failed'],
    ['answers with nothing', (_request, reply) => void reply.end(), 'engine-failed'],
  ]
  for (const [sentence, how, code] of failures)
    it(`that ${sentence} is the problem ${code}, which does not tell the key`, async () => {
      answer = how
      const problem = await expectProblem(() => open().speak(ask, idle()), code)
      expect(JSON.stringify([problem.message, problem.figures])).to.not.include('secret')
    })

  it('that sends without end is stopped', async () => {
    answer = (_request, reply) => {
      const chunk = Buffer.alloc(4 << 20)
      const more = () => {
        while (!reply.destroyed && reply.write(chunk));
      }
      reply.on('drain', more)
      more()
    }
    await expectProblem(() => open().speak(ask, idle()), 'engine-failed')
  })

  it('that never answers is waited for no longer than it may take', async () => {
    answer = () => {}
    await expectProblem(() => open(30).speak(ask, idle()), 'engine-unreachable')
  })

  it('is left at once when its person cancels', async () => {
    const cancel = new AbortController()
    answer = () => cancel.abort(new Error('enough'))
    const failure = await open()
      .speak(ask, cancel.signal)
      .catch((error: unknown) => error)
    expect(failure).to.equal(cancel.signal.reason)
  })
})

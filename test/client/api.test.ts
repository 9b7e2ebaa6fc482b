import { expect } from 'chai'
import { addressOf, openApi, Refused } from '../../client/api.ts'

const answering =
  (status: number, body: unknown, asked: Request[] = []): typeof fetch =>
  async (address, more) => {
    asked.push(new Request(`http://here${String(address)}`, more))
    return new Response(body === undefined ? '' : JSON.stringify(body), { status })
  }
const problem = { code: 'line-changed', says: 'Changed.', mend: 'Compare.', figures: {} }
const caught = async (work: Promise<unknown>) => work.then(() => undefined).catch(reason => reason)

describe('asking the server', () => {
  it('fills the places of a path, and lets no name lead elsewhere', () => {
    expect(addressOf('/api/a/:one/b/:two', { one: 'x/../y', two: 'é' })).to.equal(
      '/api/a/x%2F..%2Fy/b/%C3%A9',
    )
    expect(addressOf('/api/a', {}, { only: 'l1,l2', other: undefined })).to.equal('/api/a?only=l1%2Cl2')
  })

  it('sends the session’s token with everything but reading', async () => {
    const asked: Request[] = []
    const ask = openApi(answering(200, {}, asked), () => 'token')
    await ask('session', {})
    await ask('run', { episode: 'e1' })
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).to.deep.equal([
      'GET /api/session',
      'POST /api/episodes/e1/run',
    ])
    expect(asked.map(({ headers }) => headers.get('x-csrf'))).to.deep.equal([null, 'token'])
  })

  it('gives a refusal with its problem', async () => {
    const refused = await caught(openApi(answering(403, { problem }), () => undefined)('allSeries', {}))
    expect(refused).to.be.instanceOf(Refused)
    expect(refused).to.deep.include({ status: 403, problem })
    expect((refused as Refused).conflict).to.equal(undefined)
  })

  it('tells of every answer before whoever asked hears it, and of nothing that is not the server’s', async () => {
    const told: string[] = []
    const asking = async (send: typeof fetch) => {
      const ask = openApi(
        send,
        () => undefined,
        () => void told.push('arrived'),
      )
      told.push(
        await ask('session', {}).then(
          () => 'answered',
          reason => reason.problem.code,
        ),
      )
    }
    await asking(answering(200, {}))
    await asking(answering(409, { problem }))
    await asking(answering(502, undefined))
    await asking(async () => Promise.reject(new TypeError('failed to fetch')))
    expect(told).to.deep.equal([
      ...['arrived', 'answered', 'arrived', 'line-changed'],
      ...['unreachable', 'unreachable'],
    ])
  })

  it('gives both versions when somebody was quicker', async () => {
    const conflict = { problem, yours: { version: 0 }, theirs: { id: 'l1' } }
    const ask = openApi(answering(409, conflict), () => undefined)
    const where = { episode: 'e', language: 'en', line: 'l1' }
    const refused = await caught(ask('editLine', where, { version: 0 }))
    expect((refused as Refused).conflict).to.deep.equal(conflict)
  })

  for (const [what, send] of [
    ['nobody answers', async () => Promise.reject(new TypeError('failed to fetch'))],
    ['something else answers', async () => new Response('<html>', { status: 502 })],
  ] as const)
    it(`says so when ${what}`, async () => {
      const refused = await caught(openApi(send as typeof fetch, () => undefined)('session', {}))
      expect((refused as Refused).problem.code).to.equal('unreachable')
    })
})

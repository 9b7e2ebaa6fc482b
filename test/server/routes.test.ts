import { request } from 'node:http'
import { expect } from 'chai'
import { type Role, type Route, roles, routes } from '../../server/contract.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'

type Row = readonly [name: string, method: string, path: string, may: Route['may']]
/** Everything that answers: the contract's table, and what stands beside it. */
const rows: readonly Row[] = [
  ...Object.entries<Route>(routes).map(([name, { method, path, may }]): Row => [name, method, path, may]),
  ['blob', 'get', '/api/episodes/:episode/blobs/:digest', routes.oneEpisode.may],
  ['file', 'get', '/api/episodes/:episode/files/:name', routes.oneEpisode.may],
  ['mouthCues', 'get', '/api/episodes/:episode/mouth/:language', routes.oneEpisode.may],
  ['beginUpload', 'post', '/api/uploads', routes.newEpisode.may],
  ['askUpload', 'head', '/api/uploads/:upload', routes.newEpisode.may],
  ['goOnUpload', 'patch', '/api/uploads/:upload', routes.newEpisode.may],
  ['dropUpload', 'delete', '/api/uploads/:upload', routes.newEpisode.may],
]
const somewhere: Readonly<Record<string, string>> = {
  series: 'nowhere',
  episode: 'nowhere',
  language: 'en',
  line: 'l1',
  upload: '0'.repeat(32),
  digest: '0'.repeat(64),
  name: 'nothing.srt',
}
const filled = (path: string) => path.replace(/:(\w+)/g, (_, place: string) => somewhere[place] ?? place)
const changes = (method: string) => !['get', 'head'].includes(method)

describe('who may do what', () => {
  let app: TestApp
  const people = new Map<Role, Client>()
  before(async () => {
    app = await startApp()
    for (const role of roles) people.set(role, await app.person(`the ${role}`, role))
  })
  after(() => app.close())

  for (const [name, method, path, may] of rows.filter(([, , , may]) => may !== 'anyone')) {
    it(`${name} is closed to who is not signed in`, async () => {
      const answer = await app.stranger().send(method.toUpperCase(), filled(path))
      expect(answer.status).to.equal(401)
    })

    it(`${name} is open to ${Array.isArray(may) ? may.join(', ') : 'everybody signed in'}, and to nobody else`, async () => {
      for (const role of roles) {
        // Signing out is the one deed that would end the test's own sessions.
        if (name === 'signOut') continue
        const answer = await people.get(role)?.send(method.toUpperCase(), filled(path))
        const open = may === undefined || may.includes(role as never)
        if (open) expect(answer?.status, role).to.not.be.oneOf([401, 403])
        else expect(answer?.status, role).to.equal(403)
      }
    })

    if (changes(method))
      it(`${name} wants the session’s own token`, async () => {
        for (const csrf of [null, 'x'.repeat(43), ''])
          expect(
            (
              await people
                .get('admin')
                ?.send(method.toUpperCase(), filled(path), undefined, { 'x-csrf': csrf })
            )?.status,
          ).to.equal(403)
      })
  }

  for (const [name, method, path] of rows.filter(([, method]) => changes(method)))
    it(`${name} is refused when a page of another site asks`, async () => {
      for (const origin of ['https://evil.example', 'null', app.url.replace('http:', 'https:')]) {
        const answer = await people.get('admin')?.send(method.toUpperCase(), filled(path), {}, { origin })
        expect(answer?.status).to.equal(403)
        expect(await answer?.text()).to.contain('foreign-origin')
      }
    })

  it('what is not in the table is not there', async () => {
    const admin = people.get('admin')
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/users/first'],
      ['PUT', '/api/series'],
      ['GET', '/api/Session'],
      ['GET', `/api/uploads/${'0'.repeat(32)}`],
      ['GET', '/.kotodama/blobs'],
    ] as const)
      expect((await admin?.send(method, path))?.status, path).to.equal(404)
  })
})

describe('a hostile request', () => {
  let app: TestApp
  let lead: Client
  let series: string
  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
    series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en'] })).id
  })
  after(() => app.close())

  const bodies: readonly [says: string, method: string, path: string, body: unknown][] = [
    ['an operator for a password', 'POST', '/api/session', { name: 'Aki', password: { $gt: '' } }],
    ['an operator for a name', 'POST', '/api/session', { name: { $ne: null }, password: 'x' }],
    [
      'an operator for a link',
      'POST',
      '/api/setup',
      { token: { $gt: '' }, name: 'Eve', password: 'x'.repeat(10) },
    ],
    [
      'an operator beside the fields',
      'POST',
      '/api/session',
      { name: 'Aki', password: 'x', $where: 'sleep(1)' },
    ],
    ['a field nobody knows', 'POST', '/api/series', { title: 'x', language: 'ja', owner: 'me' }],
    [
      'a field nobody knows, deeper',
      'POST',
      '/api/series',
      {
        title: 'x',
        language: 'ja',
        cast: [{ character: 'x', voice: { kind: 'nobody', engine: 'e', preset: 'p', secretly: 'person' } }],
      },
    ],
    ['a prototype', 'POST', '/api/series', '{"title":"x","language":"ja","__proto__":{"polluted":1}}'],
    [
      'a prototype, deeper',
      'POST',
      '/api/series',
      '{"title":"x","language":"ja","constructor":{"prototype":{"polluted":1}}}',
    ],
    ['an array for a body', 'POST', '/api/series', []],
    ['null for a body', 'POST', '/api/series', 'null'],
    ['nothing for a body', 'POST', '/api/series', undefined],
    ['what is no JSON', 'POST', '/api/series', '{"title":'],
    ['a language that is none', 'POST', '/api/series', { title: 'x', language: '../../etc' }],
    [
      'a series that is an operator',
      'POST',
      '/api/episodes',
      { series: { $gt: '' }, number: '1', media: 'x' },
    ],
  ]
  for (const [says, method, path, body] of bodies)
    it(`with ${says} is a bad request`, async () => {
      const answer = await lead.send(method, path, body)
      expect(answer.status).to.equal(400)
      expect(await answer.json()).to.have.nested.property('problem.code', 'bad-request')
      expect({}).to.not.have.property('polluted')
    })

  it('that is no JSON by its header is not read', async () => {
    const body = '{"title":"x","language":"ja"}'
    expect((await lead.send('POST', '/api/series', body, { 'content-type': 'text/plain' })).status).to.equal(
      400,
    )
  })

  it('that is larger than it may be is refused, and by a stranger not even read', async () => {
    const body = { title: 'x'.repeat(300_000), language: 'ja' }
    expect(
      (await lead.send('POST', '/api/session', { name: 'Aki', password: 'x'.repeat(300_000) })).status,
    ).to.equal(413)
    expect((await app.stranger().send('POST', '/api/series', body)).status).to.equal(401)
  })

  it('with operators in its query asks for nothing more', async () => {
    const episode = '/api/episodes/nowhere/lines/en?only[$gt]=&only[]=x&__proto__[polluted]=1'
    expect((await lead.send('GET', episode)).status).to.equal(404)
    expect((await lead.send('GET', '/api/episodes/nowhere/lines/en?only=a&only=b')).status).to.equal(400)
    expect({}).to.not.have.property('polluted')
  })

  const paths: readonly [path: string, status: number][] = [
    ['/api/episodes/..%2f..%2fetc/blobs/x', 400],
    ['/api/episodes/nowhere/blobs/..%2f..%2f..%2fetc%2fpasswd', 400],
    ['/api/episodes/nowhere/files/..%2f..%2f..%2fetc%2fpasswd', 404],
    ['/api/series/%7B%22$gt%22:%22%22%7D', 400],
    ['/api/series/%00', 400],
    ['/api/series/%E0%A4%A', 400],
    ['/api/uploads/..%2f..%2fetc%2fpasswd', 404],
  ]
  for (const [path, status] of paths)
    it(`for ${path} leads nowhere`, async () => {
      // Through node’s own client: fetch would tidy the path up before it is sent.
      const got = await new Promise<number | undefined>((done, fail) => {
        const headers = { cookie: lead.cookie ?? '' }
        request(app.url + path, { headers }, answer => done(answer.resume().statusCode))
          .on('error', fail)
          .end()
      })
      expect(got).to.equal(status)
    })

  it('that comes too often has to wait', async () => {
    const small = await startApp({ limits: { requests: 3, signIns: 100 } })
    const stranger = small.stranger()
    const statuses: number[] = []
    for (let time = 0; time < 4; time++) statuses.push((await stranger.send('GET', '/api/session')).status)
    expect(statuses).to.deep.equal([401, 401, 401, 429])
    await small.close()
  })

  it('changes nothing in the series it could not reach', async () => {
    expect((await lead.ask('allSeries', {})).map(one => one.id)).to.deep.equal([series])
  })
})

describe('every answer', () => {
  let app: TestApp
  before(async () => {
    app = await startApp({ publicUrl: 'https://dub.example' })
  })
  after(() => app.close())

  it('forbids frames, foreign scripts and guessing of types', async () => {
    const { headers } = await app.stranger().send('GET', '/healthz')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).to.contain("default-src 'none'").and.to.contain("frame-ancestors 'none'")
    expect(policy)
      .to.contain("script-src 'self' 'wasm-unsafe-eval'")
      .and.to.contain("worker-src 'self' blob:")
    expect(policy).to.not.contain('unsafe-inline')
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
    expect(headers.has('x-powered-by')).to.equal(false)
  })

  it('over https asks for https from then on, and keeps its cookie to it', async () => {
    const { token } = await app.auth.invite('Aki', ['lead'])
    const answer = await app
      .stranger()
      .send(
        'POST',
        '/api/setup',
        { token, name: 'Aki', password: 'a long password' },
        { origin: 'https://dub.example' },
      )
    expect(answer.headers.get('strict-transport-security')).to.match(/max-age=\d+/)
    expect(answer.headers.get('set-cookie')).to.match(/^__Host-kotodama=.*Secure/)
  })

  it('of the API is kept by nobody', async () => {
    const { token } = await app.auth.invite('Ren', ['lead'])
    const answer = await app
      .stranger()
      .send(
        'POST',
        '/api/setup',
        { token, name: 'Ren', password: 'a long password' },
        { origin: 'https://dub.example' },
      )
    expect(answer.headers.get('cache-control')).to.equal('no-store')
  })
})

describe('the health of the server', () => {
  it('is told without an account', async () => {
    const app = await startApp()
    expect(await (await app.stranger().send('GET', '/healthz')).json()).to.deep.equal({ ok: true })
    await app.close()
  })

  it('counts requests by their routes and not by what was asked for', async () => {
    const app = await startApp()
    const lead = await app.person('Aki', 'lead')
    await lead.send('GET', '/api/series/some-series')
    const page = await (await app.stranger().send('GET', '/metrics')).text()
    expect(page).to.contain(
      'kotodama_http_request_seconds_count{method="GET",route="/api/series/:series",status="404"} 1',
    )
    expect(page).to.contain('kotodama_sockets 0').and.to.not.contain('some-series')
    await app.close()
  })
})

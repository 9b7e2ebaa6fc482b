import { expect } from 'chai'
import { setupLink } from '../../server/contract.ts'
import { password, startApp, type TestApp } from '../support/app.ts'
import { heard } from '../support/client.ts'
import { expectProblem } from '../support/throws.ts'

describe('signing in', () => {
  let app: TestApp
  before(async () => {
    app = await startApp({ limits: { requests: 100_000, signIns: 5 } })
  })
  after(() => app.close())

  it('gives a cookie no script can read and no other site sends', async () => {
    const { token } = await app.auth.invite('Hana', ['lead'])
    const answer = await app.stranger().send('POST', '/api/setup', { token, name: 'Hana', password })
    expect(answer.headers.get('set-cookie')).to.match(
      /^kotodama=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('tells who one is, and nobody who one is not', async () => {
    const aki = await app.person('Aki', 'translator')
    expect((await aki.ask('session', {})).user).to.include({ name: 'Aki' })
    expect((await app.stranger().tryTo('session', {})).status).to.equal(401)
  })

  it('keeps only hashes: what the store holds opens nothing', async () => {
    const aki = await app.person('Fuyu', 'translator')
    const [, token = ''] = aki.cookie?.split('=') ?? []
    expect(await app.people.sessions.of(token, 0)).to.equal(undefined)
    const kept = await app.people.users.credentials('Fuyu')
    expect(kept?.password).to.match(/^\$argon2id\$/)
  })

  it('takes a name as a person reads it', async () => {
    await app.person('Ｎoa', 'lead')
    expect((await app.stranger().signIn('noa', password)).user.name).to.equal('Ｎoa')
  })

  it('answers a wrong password and an unknown name alike', async () => {
    await app.person('Ren', 'lead')
    const wrong = await app.stranger().tryTo('signIn', {}, { name: 'Ren', password: 'not the password' })
    const unknown = await app.stranger().tryTo('signIn', {}, { name: 'Nobody', password: 'not the password' })
    expect(wrong.status).to.equal(401)
    expect(wrong.body).to.deep.equal(unknown.body)
  })

  it('never goes on with a token the browser came with', async () => {
    await app.person('Sora', 'lead')
    const planted = 'kotodama=planted-by-somebody-else'
    const answer = await app
      .stranger()
      .send('POST', '/api/session', { name: 'Sora', password }, { cookie: planted })
    expect(answer.headers.get('set-cookie')).to.not.contain('planted')
    const thief = await app.stranger().send('GET', '/api/session', undefined, { cookie: planted })
    expect(thief.status).to.equal(401)
  })

  it('ends the session the browser had before', async () => {
    const mio = await app.person('Mio', 'lead')
    const before = mio.cookie ?? ''
    await mio.signIn('Mio', password)
    expect(mio.cookie).to.not.equal(before)
    expect((await app.stranger().send('GET', '/api/session', undefined, { cookie: before })).status).to.equal(
      401,
    )
  })

  it('ends with signing out, in every window and on every socket', async () => {
    const yui = await app.person('Yui', 'lead')
    const wire = yui.socket()
    await heard(wire, 'connect')
    const ended = heard(wire, 'session:ended')
    const gone = heard(wire, 'disconnect')
    await yui.signOut()
    await Promise.all([ended, gone])
    expect((await yui.tryTo('session', {})).status).to.equal(401)
  })

  it('ends when nobody asked for long enough, and not while somebody does', async () => {
    const kai = await app.person('Kai', 'lead')
    for (let half = 0; half < 4; half++) {
      app.pass(1_800_000)
      expect((await kai.tryTo('session', {})).status).to.equal(200)
    }
    const wire = kai.socket()
    await heard(wire, 'connect')
    const gone = heard(wire, 'disconnect')
    // A page that is only left open is nobody's request.
    for (let third = 0; third < 3; third++) {
      app.pass(1_300_000)
      await app.app.sweep()
    }
    await gone
    expect((await kai.tryTo('session', {})).status).to.equal(401)
  })

  it('is refused for a while after too many wrong passwords for a name, from wherever', async () => {
    await app.person('Tama', 'lead')
    app.pass(900_000)
    for (let time = 0; time < 5; time++)
      expect((await app.stranger().tryTo('signIn', {}, { name: 'Tama', password: 'wrong' })).status).to.equal(
        401,
      )
    const over = await app.stranger().tryTo('signIn', {}, { name: 'ｔama', password })
    expect(over.status).to.equal(429)
    expect(Number(over.headers.get('retry-after'))).to.be.within(1, 900)
    app.pass(900_000)
    expect((await app.stranger().tryTo('signIn', {}, { name: 'Tama', password })).status).to.equal(200)
  })

  it('is refused for a while after too many wrong passwords from an address, for whomever', async () => {
    app.pass(900_000)
    for (let time = 0; time < 15; time++)
      await app.stranger().tryTo('signIn', {}, { name: `nobody ${time}`, password: 'wrong' })
    expect((await app.stranger().tryTo('signIn', {}, { name: 'nobody', password: 'wrong' })).status).to.equal(
      429,
    )
    app.pass(900_000)
  })
})

describe('a session that is used all the time', () => {
  it('ends after thirty days', async () => {
    const app = await startApp({ sessionMs: 20 * 86_400_000 })
    const jun = await app.person('Jun', 'lead')
    const statuses: number[] = []
    for (let time = 0; time < 3; time++) {
      app.pass(10 * 86_400_000 - 1000)
      statuses.push((await jun.tryTo('session', {})).status)
    }
    app.pass(5000)
    statuses.push((await jun.tryTo('session', {})).status)
    expect(statuses).to.deep.equal([200, 200, 200, 401])
    await app.close()
  })
})

describe('a one-time link', () => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp()
  })
  afterEach(() => app.close())

  it('makes the first administrator, while there is none', async () => {
    const first = (await app.auth.firstLink()) ?? ''
    const again = (await app.auth.firstLink()) ?? ''
    const boss = app.stranger()
    const early = await boss.tryTo('setup', {}, { token: first, name: 'Boss', password })
    expect(early.status).to.equal(410)
    expect((await boss.setUp(again, 'Boss', password)).user.roles).to.deep.equal(['admin'])
    expect(await app.auth.firstLink()).to.equal(undefined)
  })

  it('works once, also when two use it at the same moment', async () => {
    const { token } = await app.auth.invite('Aki', ['lead'])
    const both = await Promise.all(
      ['Aki', 'Eve'].map(name => app.stranger().tryTo('setup', {}, { token, name, password })),
    )
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 410])
  })

  it('ends after a week', async () => {
    const { token } = await app.auth.invite('Aki', ['lead'])
    app.pass(7 * 86_400_000)
    expect((await app.stranger().tryTo('setup', {}, { token, name: 'Aki', password })).status).to.equal(410)
  })

  it('is not used up by a name that is taken', async () => {
    await app.person('Aki', 'lead')
    const { token } = await app.auth.invite('Ren', ['lead'])
    expect((await app.stranger().tryTo('setup', {}, { token, name: 'AKI', password })).status).to.equal(409)
    expect((await app.stranger().tryTo('setup', {}, { token, name: 'Ren', password })).status).to.equal(200)
  })

  it('is made by an administrator, and leads to the page that uses it', async () => {
    const boss = app.stranger()
    await boss.setUp((await app.auth.firstLink()) ?? '', 'Boss', password)
    const { user, link } = await boss.ask('invite', {}, { name: 'Mika', roles: ['actor', 'reviewer'] })
    expect(user).to.deep.include({ name: 'Mika', roles: ['actor', 'reviewer'] })
    expect(link).to.match(new RegExp(`^${app.url}/#/setup/[\\w-]{43}$`))
    expect((await app.stranger().setUp(link.split('/').at(-1) ?? '', 'Mika', password)).user).to.deep.equal(
      user,
    )
    expect((await boss.ask('users', {})).map(({ name }) => name)).to.deep.equal(['Boss', 'Mika'])
    const twice = await boss.tryTo('invite', {}, { name: 'mika', roles: ['lead'] })
    expect(twice.status).to.equal(409)
  })

  it('gives who lost their password another, and puts everybody out who knew the old one', async () => {
    const aki = await app.person('Aki', 'lead')
    const { token } = await app.auth.relink('aki')
    expect((await aki.tryTo('session', {})).status).to.equal(200)
    await app.stranger().setUp(token, 'Aki', 'another password')
    expect((await aki.tryTo('session', {})).status).to.equal(401)
    expect((await aki.tryTo('signIn', {}, { name: 'Aki', password })).status).to.equal(401)
    expect((await aki.signIn('Aki', 'another password')).user.roles).to.deep.equal(['lead'])
    await expectProblem(() => app.auth.relink('Nobody'), 'not-found')
  })

  it('leads whoever is asked for a voice to their own page, where a passkey takes a password’s place', async () => {
    await app.auth.invite('Sora', ['actor'])
    const { user, token } = await app.auth.relink('sora')
    expect(setupLink('https://house.example', user.roles, token)).to.equal(
      `https://house.example/voice#/setup/${token}`,
    )
    expect(setupLink('https://house.example', ['actor', 'lead'], token)).to.equal(
      `https://house.example/#/setup/${token}`,
    )
    expect((await app.stranger().ask('setupParty', {}, { token })).user).to.deep.equal({
      ...{ id: user.id, name: 'Sora', roles: ['actor'] },
    })
  })

  it('gives nobody a session before it is used', async () => {
    await app.auth.invite('Aki', ['lead'])
    expect((await app.stranger().tryTo('signIn', {}, { name: 'Aki', password: '' })).status).to.equal(401)
  })
})

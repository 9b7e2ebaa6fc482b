import { expect } from 'chai'
import { canonical } from '../../consent/canonical.ts'
import { monitor, readKey, remote, verifyReceipt } from '../../consent/index.ts'
import { spellKey } from '../../consent/log/note.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { type ConsentHouse, openConsentHouse } from '../support/consent-house.ts'
import { startWitness } from '../support/witness.ts'

describe('the log of consents, as anybody may read it', () => {
  let house: ConsentHouse
  let app: TestApp
  let grant = ''
  before(async () => {
    house = await openConsentHouse()
    grant = await house.agree()
    app = await startApp({ parts: { publicLog: house.consent.published } })
  })
  after(async () => {
    await app.close()
    await house.close()
  })
  const get = (path: string) => app.stranger().send('GET', path)

  it('is whole to a monitor that has its address and its key, without an account', async () => {
    const key = (await (await get('/log/public-key')).text()).trim()
    expect(key).to.equal(house.consent.publicKey)
    const looked = await monitor({ storage: remote(`${app.url}/log/`), key })
    expect(looked).to.include({ well: true, size: house.consent.log?.size() })
  })

  it('gives a newer list of what was withdrawn, for a receipt of before', async () => {
    const { publicKey = '' } = house.consent
    const receipt = house.consent.receipt(grant)
    expect(await verifyReceipt(canonical(receipt), publicKey)).to.include({ valid: true, withdrawn: false })
    await house.consent.registry.stop(house.withdrawal([grant]))
    const status = await (await get('/log/status')).text()
    expect(await verifyReceipt(canonical({ ...receipt, status }), publicKey)).to.include({
      valid: true,
      withdrawn: true,
    })
  })

  it('may be read from any page; tiles are kept, and what changes is not', async () => {
    const tile = await get(`/log/tile/entries/000.p/${house.consent.log?.size()}`)
    expect(tile.status).to.equal(200)
    expect(tile.headers.get('access-control-allow-origin')).to.equal('*')
    expect(tile.headers.get('cache-control')).to.include('immutable')
    expect(tile.headers.get('content-type')).to.equal('application/octet-stream')
    expect((await get('/log/checkpoint')).headers.get('cache-control')).to.equal('no-cache')
  })

  for (const path of [
    '/log/',
    '/log/tile/0/001',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/256',
    '/log/tile/0/..%2f..%2frecords',
    '/log/tile/0/%2e%2e/checkpoint',
    '/log/company.json',
    '/log/checkpoint.next',
    '/log/records/x.json',
  ])
    it(`has nothing at ${path}`, async () => {
      expect((await get(path)).status).to.equal(404)
    })

  it('takes nothing', async () => {
    expect((await app.stranger().send('POST', '/log/checkpoint')).status).to.equal(404)
  })

  it('carries what witnesses have signed, when its operator has named some', async () => {
    const key = readKey(house.consent.publicKey ?? '')
    const witness = await startWitness(key)
    const witnesses = [{ address: witness.outsider.address, key: spellKey(witness.signer) }]
    const consent = await house.again({ consent: { ...house.wish.consent, witnesses } })
    for (
      let tries = 0;
      tries < 100 && !consent.published.checkpoint()?.includes('— witness.example ');
      tries++
    )
      await new Promise(done => setTimeout(done, 20))
    expect(consent.published.checkpoint()).to.include('\n— witness.example ')
    await witness.close()
  })
})

import { expect } from 'chai'
import { press } from '../support/phone.ts'
import { usePortal } from '../support/portal.ts'

/** Whoever speaks for an actor, and an actor who has lost the way in. */
describe('the portal, for others than an actor with a passkey', function () {
  this.timeout(240_000)
  const portal = usePortal()
  const { sit, fair, enrol } = portal

  it('lets a holder license and a union pause many voices, each with one signature', async () => {
    const actors: string[] = []
    await sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      const union = await enrol(phone, 'union', 'Union')
      const term = { from: 0, until: Date.UTC(2030, 0, 1) }
      for (const name of ['one', 'two']) {
        const { person } = await portal.house.invited(name, 'actor')
        await person.say({ kind: 'mandate', to: union, role: 'union', powers: ['suspend'], ...term })
        actors.push(person.party)
      }
      await page.goto(`${portal.site}/voice#/people`)
      await page.reload()
      await press(page, 'Choose all')
      await press(page, 'Pause the voices of 2')
      await page.waitForSelector('dialog .text li:nth-child(3)')
      await press(page, 'Sign and pause')
      await page.waitForSelector('dialog[open]', { state: 'detached' })
      const pause = portal.house.app.consent.registry.entries().findLast(({ kind }) => kind === 'suspension')
      expect(pause).to.deep.include({ kind: 'suspension', by: union })
      expect(pause && 'actors' in pause && pause.actors).to.have.members(actors)
    })
    await sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      const holder = await enrol(phone, 'holder', 'Holder')
      const { id } = await portal.house.request(portal.house.actor, { holder })
      await page.goto(`${portal.site}/voice#/asked/${id}`)
      await page.reload()
      await page.waitForSelector('.text li:has-text("I license machine dubbing")')
      await press(page, 'License and sign')
      await page.waitForSelector('.chip:has-text("In force")')
    })
  })

  it('lets an agent agree by mandate, and a guardian sign beside a minor', async () => {
    await sit({ tongue: 'en' }, async phone => {
      const { page } = phone
      const agent = await enrol(phone, 'agent', 'Agent')
      const term = { from: 0, until: Date.UTC(2030, 0, 1) }
      const { person } = await portal.house.invited('client', 'actor')
      await person.say({ kind: 'mandate', to: agent, role: 'agent', powers: ['grant'], ...term })
      const { id } = await portal.house.request(person)
      await page.goto(`${portal.site}/voice#/asked/${id}`)
      await page.reload()
      await page.waitForSelector('.text li:has-text("Signed by: Agent")')
      await press(page, 'Agree and sign')
      await page.waitForSelector('.yes')
      expect(await page.getByRole('button', { name: 'Withdraw' }).count()).to.equal(0)
    })
    await sit({ tongue: 'ja' }, async phone => {
      const { page } = phone
      const guardian = await enrol(phone, 'guardian', '保護者')
      const { person, said } = await portal.house.invited('child', 'actor', {
        ...{ adultAt: Date.UTC(2028, 0, 1), guardian },
      })
      expect(said.state).to.equal('cosign')
      await page.reload()
      await press(page, '読んで署名する')
      await page.waitForSelector('text=署名しました。')
      expect((await person.client.ask('consentMe', {})).party).to.equal(person.party)
    })
  })

  it('lets an estate report a death and withdraw what was said before, on a phone', () =>
    sit({ tongue: 'ja' }, async phone => {
      const { page } = phone
      const { app, holder } = portal.house
      const estate = await enrol(phone, 'estate', '声野家 遺族')
      const { person } = await portal.house.invited('late', 'actor', { name: '声野 ことは' })
      const powers = ['withdraw', 'report-death']
      const term = { from: 0, until: Date.UTC(2030, 0, 1) }
      await person.say({ kind: 'mandate', to: estate, role: 'estate', powers, ...term })
      const { id } = await portal.house.request(person)
      await holder.say({ kind: 'licence', of: id })
      const grant = await person.say({ kind: 'grant', of: id, noticeWaived: true })

      await page.goto(`${portal.site}/voice#/people`)
      await page.reload()
      await page.waitForSelector('.card:has-text("声野 ことは")')
      await fair(page, 'estate-people')
      await press(page, '逝去を届け出る')
      await page.waitForSelector('dialog .text li:has-text("声の持ち主: 声野 ことは")')
      await fair(page, 'estate-death')
      await press(page, '署名して届け出る')
      await page.waitForSelector('dialog[open]', { state: 'detached' })
      const said = app.consent.registry.entries().findLast(({ kind }) => kind === 'death')
      expect(said).to.deep.include({ kind: 'death', by: estate, actor: person.party })

      await press(page, 'すべて撤回する')
      await page.waitForSelector('dialog .text li:has-text("署名する人: 声野家 遺族")')
      await fair(page, 'estate-withdraw')
      await page.locator('dialog .button.danger:enabled').click()
      await page.waitForSelector('dialog[open]', { state: 'detached' })
      const end = app.consent.registry.entries().findLast(({ kind }) => kind === 'withdrawal')
      expect(end).to.deep.include({ by: estate, actor: person.party, of: [] })
      expect((await person.client.ask('consentMine', {})).yeses).to.deep.include.members([
        { ...(await person.client.ask('consentMine', {})).yeses[0], id: grant.id, state: 'withdrawn' },
      ])
    }))

  it('brings back who lost every passkey, by the key they kept on paper', async () => {
    let written = ''
    let actor = ''
    await sit({ tongue: 'ja' }, async phone => {
      const { page } = phone
      actor = await enrol(phone, 'actor', '声野 かみ')
      await page.goto(`${portal.site}/voice#/me`)
      await page.click('summary:has-text("わたしのパスキー")')
      await press(page, '紙に控える鍵を作る')
      written = (await page.locator('.written code').allTextContents()).join(' ')
      await fair(page, 'paper')
      await page.check('[name=kept]')
      await press(page, '文面を確かめる')
      await page.waitForSelector('dialog .text li:has-text("紙に控えた鍵")')
      await press(page, '署名して変える')
      await page.waitForSelector('text=紙に控えた鍵があります。')
      expect(await page.locator('.written').count()).to.equal(0)
    })
    await sit({ tongue: 'ja' }, async phone => {
      const { page } = phone
      await page.goto(`${portal.site}/voice`)
      await page.click('summary:has-text("パスキーをすべてなくしたとき")')
      await page.fill(
        '[name=paper]',
        written.replace(/[0-9A-Z]/, one => (one === 'A' ? 'B' : 'A')),
      )
      await press(page, '紙の鍵で入る')
      await page.waitForSelector('.notice.red')
      await page.fill('[name=paper]', written.toLowerCase())
      await fair(page, 'paper-door')
      await press(page, '紙の鍵で入る')
      await page.waitForSelector('h1:has-text("新しいパスキーを作る")')
      await page.locator('main .button.main:enabled').click()
      await page.waitForSelector('main .text li:nth-child(2)')
      await fair(page, 'paper-recover')
      await press(page, '紙の鍵で署名する')
      await page.waitForSelector('.tabs')
      expect(await phone.keys()).to.equal(1)
      const keys = portal.house.app.consent.registry.entries().findLast(({ kind }) => kind === 'keys')
      expect(keys).to.deep.include({ by: actor })
      expect(keys && 'keys' in keys && keys.keys.map(({ type }) => type)).to.deep.equal([
        'webauthn',
        'ed25519',
      ])
      // And from now on by the passkey.
      await page.goto(`${portal.site}/voice#/me`)
      await press(page, 'サインアウト')
      await press(page, 'パスキーで入る')
      await page.waitForSelector('.tabs')
    })
  })
})

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { openStore } from '../../server/store/connect.ts'
import { startApp } from '../support/app.ts'
import { needBrowser, violations } from '../support/browser.ts'
import { type ConsentApp, startConsentApp } from '../support/consent-app.ts'
import { buildPages } from '../support/page-app.ts'
import { named, openPhone, press } from '../support/phone.ts'

const shots = process.env.KOTODAMA_SHOTS

/** The store hangs: nobody can sign in, nothing of an account can be read. The register, and a phone, are all there is. */
describe('the actor’s portal while the store is away', function () {
  this.timeout(240_000)
  let browser: Browser
  let house: ConsentApp
  let folder = ''
  let store = 0
  let close = async () => {}

  before(async function () {
    browser = await needBrowser(this)
    folder = await mkdtemp(join(tmpdir(), 'kotodama-outage-'))
    const kept = await openStore({ dataDir: folder })
    store = Number(execFileSync('pgrep', ['-f', kept.where], { encoding: 'utf8' }).trim())
    close = kept.close
    const given = { connection: kept.connection, ping: async () => undefined, close: async () => undefined }
    house = await startConsentApp(await startApp({ store: given, clientDir: await buildPages(folder) }))
  })
  after(async () => {
    if (store) process.kill(store, 'SIGCONT')
    await browser?.close()
    await house?.close()
    await close()
    await rm(folder, { recursive: true, force: true })
  })

  it('withdraws from a page that is open, and says no to everything from one that can’t even sign in', async () => {
    const phone = await openPhone(browser)
    const { page } = phone
    const actor = await phone.enrol(house, 'actor', '声野 こえ')
    const { id } = await house.request({ party: actor } as never)
    await page.goto(`${named(house.app.url)}/voice#/asked/${id}`)
    await page.reload()
    await page.waitForSelector('.text li:nth-child(5)')
    await press(page, '同意して署名する')
    await page.waitForSelector('.yes')
    const said = () =>
      house.app.consent.registry
        .entries()
        .flatMap(entry => ('actor' in entry && entry.actor === actor ? [entry.kind] : []))

    process.kill(store, 'SIGSTOP')
    await press(page, '撤回する')
    await page.waitForSelector('dialog .text li:nth-child(3)')
    await press(page, '署名して撤回する')
    await page.waitForSelector('.notice.green')
    expect(said()).to.deep.equal(['request', 'grant', 'withdrawal'])

    await page.reload()
    await page.click('summary:has-text("サインインせずに声を止める")')
    expect(await violations(page)).to.deep.equal([])
    if (shots) await page.screenshot({ path: join(shots, 'outage-door.png') })
    await press(page, 'パスキーで止める')
    await page.getByRole('radio', { name: '今後もすべてことわる' }).check()
    await page.waitForSelector('dialog .text li:has-text("声の使用をお断りします。")')
    expect(await violations(page)).to.deep.equal([])
    if (shots) await page.screenshot({ path: join(shots, 'outage-sheet.png') })
    await press(page, '署名して止める')
    await page.waitForSelector('.notice.green')
    expect(said()).to.deep.equal(['request', 'grant', 'withdrawal', 'refusal'])

    process.kill(store, 'SIGCONT')
    await page.reload()
    await page.getByRole('link', { name: '返事' }).click()
    await page.waitForSelector('.chip:has-text("撤回済み")')
    expect(phone.complaints).to.deep.equal([])
  })
})

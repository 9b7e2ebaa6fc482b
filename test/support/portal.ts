import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { PartyRole } from '../../server/contract.ts'
import { startApp } from './app.ts'
import { needBrowser, overflow, type SeatWish, violations } from './browser.ts'
import { type ConsentApp, startConsentApp } from './consent-app.ts'
import { buildPages } from './page-app.ts'
import { named, openPhone, type Phone } from './phone.ts'

const shots = process.env.KOTODAMA_SHOTS

/** The portal of whoever is asked for a voice, built from the source as it is, and phones to open it on, for one suite of tests. */
export function usePortal() {
  let browser: Browser
  let house: ConsentApp
  let folder = ''

  before(async function () {
    browser = await needBrowser(this)
    folder = await mkdtemp(join(tmpdir(), 'kotodama-voice-'))
    house = await startConsentApp(await startApp({ clientDir: await buildPages(folder) }))
  })
  after(async () => {
    await browser?.close()
    await house?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  return {
    get house() {
      return house
    },
    get site() {
      return named(house.app.url)
    },

    /** Somebody at a phone, who leaves when their part is over, without a complaint of the browser's. */
    async sit(wish: SeatWish, part: (phone: Phone) => Promise<void>): Promise<void> {
      const phone = await openPhone(browser, wish)
      try {
        await part(phone)
        expect(phone.complaints).to.deep.equal([])
      } finally {
        await phone.context.close()
      }
    },

    /** No wider than its window, also on the narrowest of phones, and nothing of WCAG against it. Kept as a picture where wanted. */
    async fair(page: Page, name: string): Promise<void> {
      await page.waitForSelector('main:not([aria-busy=true])')
      const [size, narrowest] = [page.viewportSize(), 320]
      expect(await overflow(page), name).to.equal(0)
      if (size && size.width < 500) {
        await page.setViewportSize({ width: narrowest, height: size.height })
        expect(await overflow(page), `${name} at ${narrowest}`).to.equal(0)
        await page.setViewportSize(size)
      }
      expect(await violations(page), name).to.deep.equal([])
      if (shots) await page.screenshot({ path: join(shots, `voice-${name}.png`), fullPage: true })
    },

    enrol: (phone: Phone, role: PartyRole, name: string) => phone.enrol(house, role, name),
  }
}

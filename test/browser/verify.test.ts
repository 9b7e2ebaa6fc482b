import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { canonical } from '../../consent/canonical.ts'
import { edited, type Kit } from '../consent-kit/edits.ts'
import { needBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import { type PageApp, startPageApp } from '../support/page-app.ts'

const kit: Kit = JSON.parse(readFileSync(join(import.meta.dirname, '../consent-kit/cases.json'), 'utf8'))
const [first = null] = Object.values(kit.bases)
const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

describe('the page that verifies receipts', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp

  before(async function () {
    browser = await needBrowser(this)
    app = await startPageApp()
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  /** Somebody without an account at the page, whose network is cut as soon as it has loaded. */
  async function sit(wish: SeatWish, part: (page: Page) => Promise<void>) {
    const seat = await openSeat(browser, wish)
    try {
      await seat.page.goto(`${app.url}/verify`, { waitUntil: 'networkidle' })
      await seat.context.setOffline(true)
      const asked: string[] = []
      seat.page.on('request', request => asked.push(request.url()))
      await part(seat.page)
      expect(asked, 'nothing leaves the page').to.deep.equal([])
      expect(seat.complaints).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  }
  const states = (page: Page) =>
    page.$$eval('article', all => all.map(({ dataset }) => [dataset.state, dataset.broken]))

  it('comes to the kit’s verdict on every receipt, without a network', () =>
    sit({}, async page => {
      await page.fill('[name=key]', kit.key)
      const all = [
        ...kit.cases.map(({ says, base, edits, expect: expected }) => ({
          says,
          text: canonical(edited(kit.bases[base] ?? null, edits)),
          expected,
        })),
        ...kit.texts.map(({ says, text, expect: expected }) => ({ says, text, expected })),
      ]
      for (let at = 0; at < all.length; at += 300) {
        const some = all.slice(at, at + 300)
        await page.setInputFiles(
          '[name=receipts]',
          some.map(({ text }, index) => file(`${at + index}.json`, text)),
        )
        await page.waitForSelector(
          `article:nth-of-type(${some.length}) >> text="${at + some.length - 1}.json"`,
        )
        const told = await states(page)
        for (const [index, { says, expected }] of some.entries()) {
          const [state, broken] = told[index] ?? []
          const wanted = expected.valid ? (expected.withdrawn ? 'ended' : 'holds') : 'false'
          expect(state, says).to.equal(wanted)
          if (expected.broken) expect(broken, says).to.equal(expected.broken)
        }
      }
    }))

  for (const tongue of ['en', 'ja'] as const)
    for (const phone of [false, true])
      it(`is for everybody, ${phone ? 'on a phone' : 'at a desk'}, in ${tongue}`, () =>
        sit({ tongue, phone }, async page => {
          expect(await violations(page)).to.deep.equal([])
          await page.fill('[name=key]', kit.key)
          await page.setInputFiles('[name=receipts]', [
            file('yes.json', canonical(first)),
            file('withdrawn.json', canonical(kit.bases['a key, withdrawn'] ?? null)),
            file('false.json', '{}'),
          ])
          await page.waitForSelector('article:nth-of-type(3)')
          await page.click('article summary')
          expect((await states(page)).map(([state]) => state)).to.deep.equal(['holds', 'ended', 'false'])
          expect(await page.textContent('article pre')).to.include(
            '次のとおり、わたしの声の使用に同意します。',
          )
          expect(await page.textContent('article')).to.include(
            tongue === 'ja' ? '確かな同意です（撤回なし）' : 'had not been withdrawn by 2027-01-15',
          )
          expect(await violations(page)).to.deep.equal([])
          expect(await overflow(page)).to.equal(0)
          if (process.env.KOTODAMA_SHOTS)
            await page.screenshot({
              path: join(process.env.KOTODAMA_SHOTS, `verify-${tongue}-${phone ? 'phone' : 'desk'}.png`),
              fullPage: true,
            })
        }))

  it('checks again when another key is given', () =>
    sit({}, async page => {
      await page.setInputFiles('[name=receipts]', [file('yes.json', canonical(first))])
      await page.waitForSelector('article.false')
      await page.fill('[name=key]', kit.key)
      await page.waitForSelector('article.holds')
    }))

  it('can be used by keyboard alone', () =>
    sit({}, async page => {
      await page.focus('[name=key]')
      // The key of the server's own log may stand there already.
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type(kit.key)
      expect(await page.inputValue('[name=key]')).to.equal(kit.key)
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).to.equal('receipts')
      const chosen = page.waitForEvent('filechooser', { timeout: 60_000 })
      // The page must know that a test chooses before the key comes, or a dialogue opens that nobody can see: one answer
      // of the page's own comes after that, in order.
      await page.evaluate(() => document.hasFocus())
      await page.keyboard.press('Enter')
      await (await chosen).setFiles([file('yes.json', canonical(first))])
      await page.waitForSelector('article.holds')
    }))
})

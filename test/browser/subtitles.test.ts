import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { Draft } from '../../pipelines/terms.ts'
import { openBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import type { Client } from '../support/client.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'

/** Where pictures of the pages are kept, for people who look at them. */
const pictures = process.env.KOTODAMA_PICTURES

describe('the pages of subtitles', function () {
  this.timeout(60_000)
  let browser: Browser
  let app: PageApp
  let draft: Draft

  before(async function () {
    const opened = await openBrowser()
    if (typeof opened === 'string') {
      console.log(`    skipped: ${opened}`)
      return this.skip()
    }
    browser = opened
    app = await startPageApp()
    draft = await app.draftOf({ sample: 'hello', from: 'en', targets: ['es', 'ja'] })
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  async function sit(
    person: Client,
    hash: string,
    part: (page: Page) => Promise<unknown>,
    wish: SeatWish = {},
  ) {
    const seat = await openSeat(browser, wish)
    try {
      await enter(seat.page, app.url, person, hash)
      await part(seat.page)
      expect(seat.complaints).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  }
  /** Nothing on it is out of reach, of a finger or of a screen reader. */
  async function isWhole(page: Page, name: string) {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
    expect(await violations(page)).to.deep.equal([])
    expect(await overflow(page)).to.equal(0)
  }

  it('let a lead choose a house by its figures, and change it with a reason that everybody reads', async () => {
    const { series, id } = await app.episode('hello', 'House styles')
    await app.draw(id, draft)
    await sit(app.lead, `#/series/${series}`, async page => {
      const form = page.getByRole('form', { name: 'Style of Spanish' })
      await form.getByLabel('House').selectOption('bbc')
      await form.getByText('37 characters a row, 2 rows, 20 characters a second').waitFor()
      await form.getByLabel('With changes of our own').check()
      await form.getByLabel('Its name').fill('Akane TV')
      await form.getByLabel('Why').fill('Our players show 40.')
      await form.getByLabel('Characters a row').fill('40')
      await isWhole(page, 'houses')
      await form.getByRole('button', { name: 'Save' }).click()
      await form.getByText('Characters a row: 37 → 40').waitFor()
      await form.getByText('Akiko: Our players show 40.').waitFor()
    })
    await sit(
      app.translator,
      `#/series/${series}`,
      async page => {
        const form = page.getByRole('form', { name: 'スペイン語のスタイル' })
        await form.getByText('1 行の文字数：37 → 40').waitFor()
        expect(await form.getByRole('button').count()).to.equal(0)
        await isWhole(page, 'houses-phone')
      },
      { tongue: 'ja', phone: true },
    )
    await sit(app.translator, `#/episodes/${id}/es`, async page => {
      await page.click('#line-line-1')
      await page.waitForSelector('.figures >> text=Akane TV')
    })
  })
})

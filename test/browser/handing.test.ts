import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { findTools } from '../../pipelines/tools.ts'
import { openBrowser, openSeat, violations } from '../support/browser.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'

describe('what a lead does with an episode that is in already', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp
  let id: string
  before(async function () {
    const opened = await openBrowser()
    const { ffmpeg } = await findTools({})
    if (typeof opened === 'string' || ffmpeg === undefined) {
      console.log(`    skipped: ${typeof opened === 'string' ? opened : 'there is no ffmpeg'}`)
      return this.skip()
    }
    browser = opened
    app = await startPageApp()
    const { parcel: _, ...draft } = await app.draftOf({
      sample: 'hello',
      from: 'en',
      targets: ['es'],
      lines: 3,
    })
    id = (await app.episode('hello', 'Hello')).id
    await app.draw(id, draft)
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  it('has the files made, and changes when it is due and what came with it', async () => {
    const seat = await openSeat(browser)
    const { page } = seat
    try {
      await enter(page, app.url, app.lead, `#/episodes/${id}/es`)
      await page.click('.about summary')
      await page.fill('[name=on-air]', '2027-01-02T03:04')
      const script = { name: 'script.txt', mimeType: 'text/plain', buffer: Buffer.from('MIA: Hello?') }
      await page.setInputFiles('.about label:has-text("Script") input', script)
      await page.click('.about button[type=submit]:enabled')
      await page.waitForSelector('.about [role=status]:has-text("Saved.")')
      const changed = await app.lead.ask('oneEpisode', { episode: id })
      expect(changed.onAir?.slice(0, 4)).to.match(/202[67]/)
      expect(changed.given).to.include('script')
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/about.png` })
      expect(await violations(page)).to.deep.equal([])

      const late = { name: 'other.mp4', mimeType: 'video/mp4', buffer: Buffer.from('film') }
      await page.setInputFiles('.about label:has-text("The episode") input', late)
      await page.click('.about button[type=submit]:enabled')
      await page.waitForSelector('text=other.mp4 does not sound like the episode that is here')
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/late.png` })
      expect((await app.lead.ask('oneEpisode', { episode: id })).changes).to.have.length(1)

      await page.getByRole('tab', { name: 'Files' }).click()
      await page.click('text=Make the files')
      await page.waitForSelector('text=They are being made.')
      expect(app.machine.asked).to.include(`pack ${id}`)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/files.png` })
      expect(seat.complaints).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  })
})

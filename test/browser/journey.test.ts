import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { needBrowser, openSeat } from '../support/browser.ts'
import { type Served, serve } from '../support/served.ts'

const sample = join(import.meta.dirname, '../../samples/hello')
const password = 'a long password'

/** The server as its operator starts it, and nothing made beforehand: what a new user does in the first five minutes. */
describe('the journey, in a real browser', function () {
  this.timeout(400_000)
  let browser: Browser
  let served: Served
  let folder = ''
  before(async function () {
    browser = await needBrowser(this)
    folder = await mkdtemp(join(tmpdir(), 'kotodama-journey-'))
    served = await serve(folder)
  })
  after(async () => {
    await browser?.close()
    await served?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('goes from a one-time link to an episode that plays with its subtitles and its dub', async () => {
    const { page, context, complaints } = await openSeat(browser)
    page.setDefaultTimeout(180_000)
    await page.goto(served.link ?? '')
    await page.fill('input[name=name]', 'Mika')
    await page.fill('input[type=password]', password)
    await page.keyboard.press('Enter')

    await page
      .getByRole('button', { name: 'New series' })
      .or(page.getByRole('link', { name: 'New series' }))
      .first()
      .click()
    await page.fill('input[name=title]', 'Hello')
    await page.fill('input[name=language]', 'en')
    await page.fill('input[name=targets]', 'es')
    await page.keyboard.press('Enter')

    await page
      .getByRole('link', { name: 'Ingest an episode' })
      .or(page.getByRole('button', { name: 'Ingest an episode' }))
      .first()
      .click()
    const files = page.locator('input[type=file]')
    for (const [at, name] of ['episode.mp4', 'script.txt', undefined, 'me.opus'].entries())
      if (name) await files.nth(at).setInputFiles(join(sample, name))
    await page.fill('input[name=number]', '1')
    const begin = page.getByRole('button', { name: 'Begin', exact: false }).last()
    await begin.isEnabled()
    await begin.click()

    await page.waitForURL(/#\/episodes\//)
    await page.getByText('ready', { exact: true }).first().waitFor()
    const line = page.getByText('Hello! Is anybody there?').first()
    await line.click()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'line-text')
    await page.keyboard.type('¡Hola! ¿Hay alguien?')
    await page.keyboard.press('Control+Enter')
    await page.getByText('being made again').first().waitFor()

    // Its cue, its take and its piece of the mix are made again, and come without a reload.
    await page.getByText('ready', { exact: true }).first().waitFor()
    await page.getByText('being made again').first().waitFor({ state: 'detached' })
    await plays(page)
    expect(complaints).to.deep.equal([])
    await context.close()
  })

  /** The edited line is spoken and shown without a reload: its cue and its piece of the dub have come by themselves. */
  async function plays(page: Page): Promise<void> {
    await page.locator('select').filter({ hasText: 'Original sound' }).first().selectOption('es')
    await page
      .locator('select')
      .filter({ hasText: 'No subtitles' })
      .or(page.locator('select').filter({ hasText: 'Subtitles: Spanish' }))
      .first()
      .selectOption('es')
    const video = page.locator('video')
    await video.evaluate(async (element: HTMLVideoElement) => {
      element.currentTime = 0.9
      await element.play()
    })
    await page.locator('.captions').getByText('¿Hay alguien?').first().waitFor()
    const at = await video.evaluate((element: HTMLVideoElement) => element.currentTime)
    await page.waitForTimeout(700)
    expect(await video.evaluate((element: HTMLVideoElement) => element.currentTime)).to.be.above(at)
  }
})

import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { password } from '../support/app.ts'
import { needBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'

const sample = join(import.meta.dirname, '../../samples/hello')

describe('the pages', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp

  before(async function () {
    browser = await needBrowser(this)
    app = await startPageApp()
    const { id } = await app.episode('hello', 'Good morning')
    app.machine.progress.set(id, {
      state: 'running',
      steps: [{ step: 'media', state: 'running', fraction: 0.4, left: 83_000 }],
    })
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  /** Somebody at the page, who leaves when their part is over, without a complaint of the browser's. */
  async function sit<T>(wish: SeatWish, part: (seat: Awaited<ReturnType<typeof openSeat>>) => Promise<T>) {
    const seat = await openSeat(browser, wish)
    try {
      await part(seat)
      expect(seat.complaints).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  }

  it('let a person in by a one-time link, once', () =>
    sit({}, async ({ page }) => {
      const { link } = await app.lead.ask('invite', {}, { name: 'Mika', roles: ['translator'] })
      await page.goto(link)
      expect(await violations(page)).to.deep.equal([])
      await page.fill('[name=name]', 'Mika')
      await page.fill('[name=password]', 'a sentence to remember')
      await page.click('text=Make my account')
      await page.waitForSelector('text=Good morning')
      await page.goto('about:blank')
      await page.goto(link)
      await page.fill('[name=name]', 'Mika')
      await page.fill('[name=password]', 'another sentence')
      await page.click('text=Make my account')
      await page.waitForSelector('text=This link was used already')
    }))

  it('say what is wrong with a wrong password, in the reader’s language', () =>
    sit({ tongue: 'ja' }, async ({ page }) => {
      await page.goto(app.url)
      await page.fill('[name=name]', 'Akiko')
      await page.fill('[name=password]', 'wrong')
      await page.click('button[type=submit]')
      await page.waitForSelector('text=名前かパスワードが違います。')
      expect(await violations(page)).to.deep.equal([])
    }))

  it('let a person in by name and password', () =>
    sit({}, async ({ page }) => {
      await page.goto(app.url)
      expect(await violations(page)).to.deep.equal([])
      await page.fill('[name=name]', 'Akiko')
      await page.fill('[name=password]', password)
      await page.click('button[type=submit]')
      await page.waitForSelector('text=Good morning')
    }))

  it('speak the language that was chosen, and remember it', () =>
    sit({}, async ({ page }) => {
      await enter(page, app.url, app.translator)
      await page.click('text=日本語')
      await page.waitForSelector('h1:has-text("シリーズ")')
      await page.reload()
      await page.waitForSelector('h1:has-text("シリーズ")')
      expect(await page.getAttribute('html', 'lang')).to.equal('ja')
    }))

  it('begin a series, and keep its glossary, its cast and its memory', () =>
    sit({}, async ({ page }) => {
      await enter(page, app.url, app.lead)
      await page.click('button:has-text("New series")')
      await page.fill('dialog [name=title]', '灯り坂')
      expect(await violations(page)).to.deep.equal([])
      await page.click('dialog button:has-text("Begin")')
      await page.waitForSelector('h1:has-text("灯り坂")')

      const row = page.locator('#glossary ~ section tbody tr').last()
      await row.locator('[name=source]').fill('灯り石')
      await row.locator('[name=target]').fill('lightstone')
      await row.locator('[name=forbid]').fill('light stone, lamp')
      await row.locator('[name=forbid]').press('Tab')
      await page.locator('#cast').click()
      await page.waitForSelector('button[aria-label="Remove 灯り石"]')

      await page.fill('[name=character]', 'ハル')
      await page.selectOption('form [name=voice]', 'espeak/f3')
      await page.click('form:has([name=character]) button:has-text("Add")')
      await page.waitForSelector('select[aria-label="Voice of ハル"]')

      await page.setInputFiles('label:has-text("Add pairs") input', {
        name: 'memory.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify([{ from: 'ja', to: 'en', source: '行こう', target: 'Let’s go', origin: 'Pilot' }]),
        ),
      })
      await page.waitForSelector('text=Added to the memory: 1.')

      const series = (await app.lead.ask('allSeries', {})).find(({ title }) => title === '灯り坂')
      expect(series?.glossary).to.deep.equal([
        { source: '灯り石', target: 'lightstone', language: 'en', forbid: ['light stone', 'lamp'] },
      ])
      expect(series?.cast).to.deep.equal([
        { character: 'ハル', voice: { kind: 'nobody', engine: 'espeak', preset: 'f3' } },
      ])
    }))

  it('refuse a memory that is no list of pairs, with the file’s name', () =>
    sit({}, async ({ page }) => {
      const [series] = await app.lead.ask('allSeries', {})
      await enter(page, app.url, app.lead, `#/series/${series?.id}`)
      await page.setInputFiles('label:has-text("Add pairs") input', {
        name: 'notes.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('dear diary'),
      })
      await page.waitForSelector('text=notes.txt holds no list of pairs.')
    }))

  it('take an episode in: files chosen and dropped, uploaded, and on their way', () =>
    sit({}, async ({ page }) => {
      const [series] = await app.lead.ask('allSeries', {})
      await enter(page, app.url, app.lead, `#/series/${series?.id}/ingest`)
      await page.waitForSelector('text=add a script or subtitles')
      const begin = page.locator('button:has-text("Begin the work")')
      expect(await begin.isDisabled()).to.equal(true)
      await page.setInputFiles('label:has-text("The episode") input', join(sample, 'episode.mp4'))
      const drop = await page.evaluateHandle(() => {
        const data = new DataTransfer()
        data.items.add(new File(['MIA: Hello!'], 'script.txt', { type: 'text/plain' }))
        return data
      })
      await page.dispatchEvent('.drop:has-text("Script")', 'drop', { dataTransfer: drop })
      await page.waitForFunction(() => document.querySelectorAll('.drop.there').length === 2)
      expect(await violations(page)).to.deep.equal([])
      await page.fill('[name=number]', '7')
      await page.fill('[name=on-air]', '2026-12-24T20:15')
      await begin.click()
      await page.waitForSelector('.steps')
      const rows = await app.lead.ask('allEpisodes', { series: series?.id ?? '' })
      const taken = rows.find(({ number }) => number === '7')
      expect(taken?.state).to.equal('waiting')
      expect(app.machine.asked).to.include(`start ${taken?.id}`)
    }))

  const places: readonly [name: string, hash: () => Promise<string>][] = [
    ['the dashboard', async () => '#/'],
    ['a series', async () => `#/series/${(await app.lead.ask('allSeries', {}))[0]?.id}`],
    [
      'the way in for an episode',
      async () => `#/series/${(await app.lead.ask('allSeries', {}))[0]?.id}/ingest`,
    ],
    ['the engines', async () => '#/engines'],
    ['the people', async () => '#/people'],
    ['an episode at work', async () => `#/episodes/${[...app.machine.progress.keys()][0]}`],
    ['nowhere', async () => '#/elsewhere'],
  ]
  const looks: readonly SeatWish[] = [
    { tongue: 'en', theme: 'light' },
    { tongue: 'ja', theme: 'dark', phone: true },
  ]
  for (const wish of looks)
    it(`are open to everybody, and no wider than the window (${wish.tongue}, ${wish.theme}${wish.phone ? ', phone' : ''})`, () =>
      sit(wish, async ({ page }) => {
        await enter(page, app.url, app.lead)
        for (const [name, hash] of places) {
          await page.goto(`${app.url}/${await hash()}`)
          await page.waitForSelector('main:not([aria-busy=true]) h1')
          expect(await violations(page), name).to.deep.equal([])
          expect(await overflow(page), name).to.equal(0)
        }
      }))

  it('show every key, and close again on Escape', () =>
    sit({}, async ({ page }) => {
      await enter(page, app.url, app.translator)
      await page.keyboard.press('Shift+?')
      await page.waitForSelector('dialog[open] kbd')
      expect(await violations(page)).to.deep.equal([])
      await page.keyboard.press('Escape')
      await page.waitForSelector('dialog[open]', { state: 'detached' })
    }))

  it('show the door when the session ends', () =>
    sit({}, async ({ page }) => {
      await enter(page, app.url, await app.person('Nao', 'translator'))
      await page.click('.me')
      await page.click('button:has-text("Sign out")')
      await page.waitForSelector('h1:has-text("Sign in")')
    }))
})

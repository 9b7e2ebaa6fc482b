import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { Draft } from '../../pipelines/terms.ts'
import { needBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import type { Client } from '../support/client.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'

/** Where pictures of the pages are kept, for people who look at them. */
const pictures = process.env.KOTODAMA_PICTURES

describe('the pages of subtitles', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp
  let draft: Draft

  before(async function () {
    browser = await needBrowser(this)
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

  describe('of a song', () => {
    const sung = [
      { text: 'He', start: 0, end: 200 },
      { text: 'llo', start: 200, end: 800 },
    ]
    let id: string
    before(async () => {
      id = (await app.episode('hello', 'Songs')).id
      const [first, ...rest] = draft.transcript.lines
      if (!first) throw new Error('no line')
      const forms = [
        { form: 'romaji' as const, text: 'harō', caption: '1' },
        { form: 'translation' as const, text: 'Hola, noche', caption: '2' },
      ]
      const lines = [{ ...first, kind: 'song' as const, text: 'Hello', sung, forms }, ...rest]
      const versions = draft.versions.map(version => {
        const [one, ...others] = version.fitted.lines
        if (!one) throw new Error('no line')
        return {
          ...version,
          fitted: { ...version.fitted, lines: [{ ...one, kind: 'song' as const }, ...others] },
        }
      })
      await app.draw(id, { ...draft, versions, transcript: { ...draft.transcript, lines } })
    })
    const lineOf = async (language: string) =>
      (await app.lead.ask('lines', { episode: id, language })).find(line => line.id === 'line-1')

    it('let its syllables be timed, split and joined by keys alone, and tell each aloud', async () => {
      await sit(app.translator, `#/episodes/${id}/en`, async page => {
        await page.click('#line-line-1')
        await page.focus('#syllable-0')
        for (const key of [
          'ArrowUp',
          'ArrowUp',
          'ArrowDown',
          'ArrowRight',
          'Enter',
          'ArrowRight',
          'ArrowDown',
        ])
          await page.keyboard.press(key)
        await page.getByRole('button', { name: /^o.*603 to 790 ms/ }).waitFor()
        await isWhole(page, 'song')
        await page.keyboard.press('ArrowLeft')
        await page.keyboard.press('Shift+ArrowUp')
        await page.keyboard.press('Control+s')
        await page.waitForSelector('.facts >> text=Tom', { state: 'attached' })
      })
      expect((await lineOf('en'))?.sung?.map(({ text, end }) => [text, end])).to.deep.equal([
        ['He', 210],
        ['ll', 645],
        ['o', 790],
      ])
      await sit(
        app.translator,
        `#/episodes/${id}/en`,
        async page => {
          await page.click('#line-line-1')
          await page.click('#syllable-1')
          await page.getByRole('button', { name: '次とつなぐ' }).click()
          await page.getByRole('button', { name: /^llo.*210～790 ms/ }).waitFor()
          await isWhole(page, 'song-phone')
        },
        { tongue: 'ja', phone: true },
      )
    })

    it('show its other forms beside it, and give the translation that is there to whoever takes it', async () => {
      await sit(app.translator, `#/episodes/${id}/es`, async page => {
        await page.click('#line-line-1')
        await page.getByText('harō').waitFor()
        await page.getByRole('button', { name: 'Use this' }).click()
        expect(await page.inputValue('#line-text')).to.equal('Hola, noche')
        await isWhole(page, 'song-forms')
      })
    })

    it('have a flag of rights, which a person sets with its owner’s name', async () => {
      await sit(app.translator, `#/episodes/${id}/en`, async page => {
        await page.click('#line-line-2')
        await page.getByLabel('Kind').selectOption('song')
        await page.getByLabel(/^Rights held/).check()
        await page.getByLabel('Whose').fill('Kaze Music')
        await page.keyboard.press('Tab')
        await page.getByRole('button', { name: 'Time its syllables' }).waitFor()
        await isWhole(page, 'song-rights')
      })
      await sit(app.translator, `#/episodes/${id}/es`, async page => {
        await page.click('#line-line-2')
        await page.waitForSelector('.source >> .chip.amber')
      })
    })
  })
})

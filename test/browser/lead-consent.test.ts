import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { needBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import { type ConsentApp, startConsentApp } from '../support/consent-app.ts'
import { draft } from '../support/draft.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'
import { sendVoice } from '../support/statement.ts'

describe('a lead’s view of consents in a browser', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp
  let house: ConsentApp

  before(async function () {
    browser = await needBrowser(this)
    app = await startPageApp()
    house = await startConsentApp(app)
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  /** Somebody at the page, who leaves when their part is over, without a complaint of the browser's. */
  async function sit<T>(wish: SeatWish, part: (page: Page) => Promise<T>) {
    const { page, context, complaints } = await openSeat(browser, wish)
    try {
      // The browser's clock is the server's: what is asked from today on holds from today on.
      await page.clock.setFixedTime(Date.UTC(2026, 0, 1, 0, 1))
      await part(page)
      expect(complaints).to.deep.equal([])
    } finally {
      await context.close()
    }
  }
  /** Nothing against it, nothing to scroll sideways for, and nobody's legal name anywhere in it. */
  async function sound(page: Page, name: string) {
    await see(page, name)
    expect(await violations(page), name).to.deep.equal([])
    expect(await overflow(page), name).to.equal(0)
    expect(await page.content(), name).to.not.match(/本名 (actor|holder)/)
  }
  const series = () => `#/series/${house.series.id}`

  it('casts a person, whose lines are withheld until they say yes, and says whom to ask', () =>
    sit({}, async page => {
      await enter(page, app.url, house.lead, series())
      await page.fill('[name=character]', 'ハル')
      await page.selectOption('form [name=voice]', `@${house.actor.party}`)
      await page.click('form:has([name=character]) button:has-text("Add")')
      await page.waitForSelector('select[aria-label="Voice of ハル"]')
      await sound(page, 'series')
      await page.click('a:has-text("Withheld lines")')
      await page.waitForSelector('text=The actor has not said yes.')
      await page.waitForSelector('text=Ask 芸名 actor for these lines.')
      await sound(page, 'withheld')
    }))

  it('asks: what waits is filled in, the text is read as the actor will read it, and then it is sent', () =>
    sit({}, async page => {
      await enter(page, app.url, house.lead, `${series()}/withheld`)
      await page.click('.next a:has-text("Ask an actor")')
      await page.waitForSelector('h1:has-text("Ask to use a voice")')
      const ticked = () =>
        page.$$eval('[type=checkbox]:checked', boxes =>
          boxes.map(box => `${(box as HTMLInputElement).name} ${(box as HTMLInputElement).value}`),
        )
      expect(await ticked()).to.include.members([
        'episodes 1',
        'languages en',
        'characters ハル',
        'acts speak',
      ])
      expect(await ticked()).to.not.include.members(['acts train'])
      await page.fill('[name=rate]', '500')
      await page.fill('[name=credit]', 'ハル役')
      await sound(page, 'ask')
      await page.click('button:has-text("Read it as the actor will")')
      await page.waitForSelector('h2:has-text("What 芸名 actor will read")')
      await page.waitForSelector('pre[lang=ja]:has-text("声を使わせてくださるようお願いします")')
      await page.waitForSelector('pre[lang=en]:has-text("We ask to use your voice as follows")')
      const read = await page.textContent('pre[lang=ja]')
      await sound(page, 'preview')

      await page.fill('[name=credit]', 'ハル役：芸名')
      expect(await page.isDisabled('button:has-text("Send it")')).to.equal(true)
      await page.fill('[name=credit]', 'ハル役')
      await page.press('[name=credit]', 'Enter')
      await page.waitForSelector('button:has-text("Send it"):not([disabled])')
      await page.click('button:has-text("Send it")')
      await page.waitForSelector('.request')
      const [asked] = await house.actor.client.ask('askedOfMe', {})
      const plain = (text = '') => text.replace(/日時: .*/, '')
      expect(plain(asked?.text.ja)).to.equal(plain(read ?? ''))
      expect(asked?.terms.money).to.include({ rate: 500, currency: 'JPY', model: 'line' })
      expect(asked?.terms.money.basis).to.contain('500 JPY')
    }))

  it('shows what was answered: agreed with its notice, agreed to less, withdrawn', () =>
    sit({}, async page => {
      const { actor, holder, lead } = house
      const [request] = await actor.client.ask('askedOfMe', {})
      if (!request) throw new Error('nothing was asked')
      const state = (text: string) => page.waitForSelector(`.request summary .chip:text-is("${text}")`)
      await enter(page, app.url, lead, '#/consents')
      await state('asked')
      const { id } = await actor.say({ kind: 'grant', of: request.id, noticeWaived: false })
      await holder.say({ kind: 'licence', of: request.id })
      await page.reload()
      await state('agreed, notice runs')
      await page.waitForSelector('.chip:text-is("title licensed")')
      await page.goto(`${app.url}/${series()}/withheld`)
      await page.waitForSelector('text=The actor was told too lately, and has not waived the notice.')
      await page.waitForSelector('text=or until 芸名 actor waives the notice')
      const less = { ...request.terms, acts: ['speak', 'hear'] }
      const { id: waived } = await actor.say({
        kind: 'grant',
        of: request.id,
        noticeWaived: true,
        terms: less,
      })
      await page.goto(`${app.url}/#/consents`)
      await page.reload()
      await state('agreed to less')
      await page.click('.request summary')
      await page.waitForSelector('.less:has-text("Uses")')
      await sound(page, 'answered')
      await page.goto(`${app.url}/${series()}/withheld`)
      await page.waitForSelector('text=There is no recording of this person’s voice to speak after.')
      await page.waitForSelector('text=芸名 actor leaves a recording on their own page')
      await actor.say({ kind: 'withdrawal', of: [id, waived] })
      await page.goto(`${app.url}/#/consents`)
      await page.reload()
      await state('withdrawn')
    }))

  it('tells on the episode’s page which lines are withheld, and at the open line why and what to do', () =>
    sit({}, async page => {
      await enter(page, app.url, house.lead, `#/episodes/${house.episode}/en`)
      await page.click('[role=tab]:has-text("Withheld")')
      await page.waitForSelector('.withheld-pane:has-text("There was a yes, but it was withdrawn.")')
      await sound(page, 'pane')
      await page.click('.withheld-pane summary')
      await page.click('.withheld-pane a:has-text("Good morning")')
      await page.click('[role=tab]:has-text("Lines")')
      await page.waitForSelector('#line-l1')
      await page.focus('.lines')
      await page.click('#line-l1')
      await page.waitForSelector('.withheld-line:has-text("Cast another voice.")')
      await sound(page, 'line')
    }))

  it('tells a translator why a line is withheld, and nothing that is a lead’s', () =>
    sit({ tongue: 'ja' }, async page => {
      await enter(page, app.url, app.translator, `#/episodes/${house.episode}/en`)
      await page.waitForSelector('#line-l1')
      expect(await page.locator('[role=tab]').count()).to.equal(3)
      await page.goto(`${app.url}/#/consents`)
      expect(await page.locator('h2').count()).to.equal(0)
      expect(await page.locator('.tools a[href="#/consents"]').count()).to.equal(0)
    }))

  it('lets a person hear a spoken statement, and the voice counts once they have said yes', () =>
    sit({}, async page => {
      const { phrase, text } = await house.actor.client.ask('newPhrase', {})
      await sendVoice(house.actor, phrase)
      await sendVoice(house.actor)
      await enter(page, app.url, app.reviewer, '#/consents')
      await page.waitForSelector(`q:text-is("${text}")`)
      await page.$eval('audio', audio => (audio as HTMLAudioElement).play())
      await page.waitForFunction(() => (document.querySelector('audio')?.duration ?? 0) > 1.9)
      await sound(page, 'verdicts')
      await page.click('button:has-text("Yes, the phrase is heard")')
      await page.waitForSelector('audio', { state: 'detached' })
      await page.fill('[name=note]', 'on a call with the agency')
      await page.click('button:has-text("Accept it")')
      await page.waitForSelector('text=No recording waits for a verdict.')
      const [kept] = (await house.lead.ask('consentPeople', {})).filter(({ recorded }) => recorded)
      expect(kept?.party).to.equal(house.actor.party)
    }))

  it('tells which lines are free by now, what else kept them silent, and makes the dub again', () =>
    sit({}, async page => {
      const { actor, episode, lead } = house
      const request = await house.request()
      const { id } = await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })
      const voice = { kind: 'person', actor: actor.party } as const
      const [version] = draft.versions
      if (!version) throw new Error('no version')
      const takes = [{ line: 'l1', state: 'withheld', voice, refusal: 'no-engine' } as const]
      await app.draw(episode, { ...draft, versions: [{ ...version, dub: { ...version.dub, takes } }] })
      await enter(page, app.url, lead, `#/episodes/${episode}/en`)
      await page.click('[role=tab]:has-text("Withheld")')
      await page.waitForSelector('.next:has-text("The register allows these lines now")')
      await page.waitForSelector('text=Last time: No engine is installed that speaks with a person’s voice.')
      await sound(page, 'free')
      const run = page.waitForResponse(answer => answer.url().endsWith('/run'))
      await page.click('button:has-text("Make the dub again")')
      await run
      expect(app.machine.asked).to.include(`start ${episode}`)
      await actor.say({ kind: 'withdrawal', of: [id] })
    }))

  it('shows a withdrawal as it was walked, and who has not deleted their file yet', () =>
    sit({}, async page => {
      const { actor, episode } = house
      const request = await house.request()
      const { id: grant } = await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })
      const { user } = await app.reviewer.ask('session', {})
      await app.people.deliveries.add({
        ...{ episode, name: '狐の窓 - 1.mkv', digest: 'd'.repeat(64) },
        ...{ actors: [actor.party], entries: [grant], recipient: user.id, called: user.name },
      })
      await actor.say({ kind: 'withdrawal', of: [grant] })
      await app.reach.settle()
      await enter(page, app.url, house.lead, '#/consents')
      await page.waitForSelector('.chip:text-is("not acknowledged: 1")')
      await page.waitForSelector('text=Files that were fetched before can’t be deleted from here')
      await sound(page, 'walks')
    }))

  it('tells whoever holds such a file, until they have deleted it', () =>
    sit({}, async page => {
      await enter(page, app.url, app.reviewer)
      await page.waitForSelector('.recalls:has-text("狐の窓 - 1.mkv")')
      await sound(page, 'recalls')
      await page.click('.recalls button')
      await page.waitForSelector('.recalls', { state: 'detached' })
      const [walk] = await house.lead.ask('walks', {})
      expect(walk?.notices.map(({ state }) => state)).to.deep.equal(['acknowledged'])
    }))

  it('invites by a link that is shown once, and lists who is not enrolled yet', () =>
    sit({}, async page => {
      await enter(page, app.url, house.lead, '#/consents')
      await page.fill('[name=name]', 'Mika’s agent')
      await page.selectOption('[name=role]', 'agent')
      await page.click('button:has-text("Make a one-time link")')
      const link = await page.inputValue('.link input')
      expect(link).to.match(/#\/setup\//)
      await page.waitForSelector('.plain-list li:has-text("Mika’s agent")')
      await page.goto(`${app.url}/#/`)
      await page.goto(`${app.url}/#/consents`)
      await page.waitForSelector('.plain-list li:has-text("Mika’s agent")')
      expect(await page.locator('.link input').count()).to.equal(0)
    }))

  for (const wish of [
    { tongue: 'en', theme: 'light' },
    { tongue: 'ja', theme: 'dark', phone: true },
  ] as const satisfies readonly SeatWish[])
    it(`is open to everybody, and no wider than the window (${wish.tongue}, ${wish.theme})`, () =>
      sit(wish, async page => {
        await enter(page, app.url, house.lead, '#/consents')
        await page.waitForSelector('.request')
        await sound(page, `consents-${wish.tongue}`)
        await page.goto(`${app.url}/${series()}/withheld`)
        await page.waitForSelector('.bundles li')
        await sound(page, `withheld-${wish.tongue}`)
        await page.goto(`${app.url}/${series()}/ask/${house.actor.party}`)
        await page.fill('[name=rate]', '500')
        await page.fill('[name=credit]', 'ハル役')
        await page.press('[name=credit]', 'Enter')
        await page.waitForSelector('pre[lang=ja]')
        await sound(page, `ask-${wish.tongue}`)
      }))
})

/** For who wants to look: SHOTS names a folder. */
async function see(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

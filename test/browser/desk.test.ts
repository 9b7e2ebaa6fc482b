import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { Draft } from '../../pipelines/terms.ts'
import { findTools } from '../../pipelines/tools.ts'
import { openBrowser, openSeat, overflow, type SeatWish, violations } from '../support/browser.ts'
import type { Client } from '../support/client.ts'
import { enter, type PageApp, startPageApp } from '../support/page-app.ts'

describe('the desk', function () {
  this.timeout(240_000)
  let browser: Browser
  let app: PageApp
  let draft: Draft
  let long: Draft
  let id: string

  before(async function () {
    const opened = await openBrowser()
    const tools = await findTools({})
    const missing =
      typeof opened === 'string' ? opened : tools.ffmpeg === undefined ? 'there is no ffmpeg' : undefined
    if (missing !== undefined || typeof opened === 'string') {
      console.log(`    skipped: ${missing}`)
      return this.skip()
    }
    browser = opened
    app = await startPageApp()
    draft = await app.draftOf({ sample: 'hello', from: 'en', targets: ['es', 'ja'] })
    long = await app.draftOf({ sample: 'hello', from: 'en', targets: ['es'], lines: 1000 })
  })
  beforeEach(async function () {
    const made = await app.episode('hello', this.currentTest?.title.slice(0, 60) ?? 'Hello')
    id = made.id
    await app.draw(id, draft)
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  type Part = (page: Page) => Promise<unknown>
  async function sit(person: Client, part: Part, wish: SeatWish & { readonly language?: string } = {}) {
    const seat = await openSeat(browser, wish)
    try {
      await noteSounds(seat.page)
      await enter(seat.page, app.url, person, `#/episodes/${id}/${wish.language ?? 'es'}`)
      await part(seat.page)
      expect(seat.complaints).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  }
  const open = async (page: Page, line: string) => {
    await page.click(`#line-${line}`)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'line-text')
  }
  const seek = async (page: Page, seconds: number) => {
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 1)
    await page.evaluate(at => {
      const video = document.querySelector('video')
      if (video) video.currentTime = at
    }, seconds)
  }
  /** Somebody else, who sees when this one has come. */
  const watching = (name: string) => {
    const wire = app.reviewer.socket()
    return new Promise<void>(come => {
      wire.on('watchers:changed', ({ people }) => {
        if (people.some(person => person.name === name)) come()
      })
      wire.emit('episode:watch', id, () => undefined)
    })
  }
  const lineOf = async (line: string, language = 'es') =>
    (await app.lead.ask('lines', { episode: id, language })).find(one => one.id === line)

  it('tells at every key how the text will be spoken, in a bar, in words, and, once nobody types, aloud', async () => {
    await sit(app.translator, async page => {
      await open(page, 'line-1')
      const budget = page.locator('.budget')
      await page.fill('#line-text', 'Sí')
      await page.waitForFunction(() => document.querySelector('.budget')?.className.includes('amber'))
      expect(await budget.innerText()).to.match(/short/)
      expect(await budget.innerText()).to.match(/about \d+ syllables more would fit/)
      await page.fill(
        '#line-text',
        'Una frase que nadie puede decir en tan poco tiempo, por mucho que se apresure, ¿verdad?',
      )
      await page.waitForFunction(() => document.querySelector('.budget')?.className.includes('red'))
      expect(await budget.innerText()).to.match(/too long/)
      await page.waitForFunction(() =>
        /^too long\. .*syllables too many$/.test(
          document.querySelector('.budget [role=status]')?.textContent ?? '',
        ),
      )
      expect(await violations(page)).to.deep.equal([])
    })
  })

  it('mends words one by one or all at once, by keys alone, and says before what they would be', async () => {
    const was = 'Espera...  son 3 lámparas.'
    const fixed = (rule: string, text: string) => ({
      rule,
      severity: 'note' as const,
      place: { line: 'line-1', language: 'es' },
      figures: { limit: '…', number: '3' },
      says: 'So.',
      fix: { was, text, all: 'Espera… son tres lámparas.' },
    })
    const findings = [
      fixed('ellipsis', 'Espera…  son 3 lámparas.'),
      fixed('numbers', 'Espera...  son tres lámparas.'),
    ]
    const versions = draft.versions.map(version => {
      const lines = version.fitted.lines.map(line => (line.id === 'line-1' ? { ...line, text: was } : line))
      const track = { ...version.track, findings }
      return version.fitted.language === 'es'
        ? { ...version, fitted: { ...version.fitted, lines }, track }
        : version
    })
    await app.draw(id, { ...draft, versions })
    await sit(
      app.translator,
      async page => {
        await open(page, 'line-1')
        await page.waitForSelector('.fix >> text=Espera…  son 3 lámparas.')
        expect(await violations(page)).to.deep.equal([])
        await page.keyboard.press('Alt+m')
        await page.waitForSelector('.facts >> text=Tom')
        expect(await page.inputValue('#line-text')).to.equal('Espera… son tres lámparas.')
        // What was found in other words mends these no more.
        expect(await page.locator('.fix:enabled').count()).to.equal(0)
      },
      { tongue: 'ja' },
    )
    expect((await lineOf('line-1'))?.text).to.equal('Espera… son tres lámparas.')
  })

  it('tells how the dub lies on the original, of a line and of the whole', async () => {
    await sit(app.reviewer, async page => {
      await open(page, 'line-1')
      expect(await page.locator('.editor .facts').innerText()).to.match(/over \d+ % of the original/)
      await page.click('#tab-findings')
      await page.click('.score summary')
      expect(await page.locator('.score').innerText()).to.match(/Speech overlap, durations \(IWSLT\)\s*\d+ %/)
      expect(await violations(page)).to.deep.equal([])
    })
  })

  it('tells the stages as they go, and shows the lines as soon as they are there', async () => {
    app.machine.progress.set(id, { state: 'running', steps: [] })
    await sit(app.lead, async page => {
      await page.waitForSelector('.steps >> text=Translating Spanish')
      await watching('Akiko')
      const step = {
        ...({ step: 'translation', of: 'es', state: 'running' } as const),
        ...{ fraction: 0.43, left: 83_000 },
      }
      app.machine.progress.set(id, { state: 'running', steps: [step] })
      app.machine.tell({ type: 'step:moved', episode: id, step })
      await page.waitForSelector('text=43 % 1 min 23 s left')
      await page.waitForSelector('.unseen[role=status]:has-text("Translating Spanish 40 %")', {
        state: 'attached',
      })
      await app.draw(id, draft)
      app.machine.tell({ type: 'episode:changed', episode: id, state: 'ready' })
      await page.waitForSelector('.line >> text=¡Hola! ¿Hay alguien ahí?')
    })
  })

  it('cancels the work and goes on with it', async () => {
    app.machine.progress.set(id, { state: 'running', steps: [] })
    await sit(app.lead, async page => {
      await page.click('button:has-text("Cancel the work")')
      const going = page.waitForResponse(
        answer => answer.url().endsWith('/run') && answer.request().method() === 'POST',
      )
      await page.click('button:has-text("Go on")')
      await going
      expect(app.machine.asked.slice(-2)).to.deep.equal([`cancel ${id}`, `start ${id}`])
    })
  })

  it('says why the work stopped, and what mends it, in the reader’s language', async () => {
    const problem = {
      code: 'no-words',
      says: 'No words.',
      mend: 'Add.',
      figures: { file: 'e.mkv', model: 'small' },
    }
    app.machine.progress.set(id, { state: 'failed', steps: [], problem })
    await sit(
      app.lead,
      async page => {
        await page.waitForSelector('text=e.mkv には台本も字幕もなく、音声認識モデルも入っていません。')
        await page.waitForSelector('code:has-text("kotodama models install small")')
      },
      { tongue: 'ja' },
    )
  })

  it('saves a line by keys alone and goes to the next', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.id === 'line-text')
      const line = await page.getAttribute('.line.open', 'id')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Mira la luna, Mia.')
      await page.waitForSelector('.figures >> text=18 characters')
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction(before => document.querySelector('.line.open')?.id !== before, line)
      await page.waitForSelector(`#${line}:has-text("Mira la luna, Mia."):not(:has-text("not saved"))`)
      expect((await lineOf(line?.replace('line-', '') ?? ''))?.text).to.equal('Mira la luna, Mia.')
    }))

  it('says by keys alone what a line of the original is, and that the rights of a song are held', () =>
    sit(
      app.translator,
      async page => {
        await page.waitForSelector('.line')
        const line = ((await page.getAttribute('.line', 'id')) ?? '').replace('line-', '')
        await open(page, line)
        await page.focus('.editor select')
        await page.keyboard.press('s')
        await page.keyboard.type('on')
        await page.waitForSelector('.editor select >> option:checked >> text=song', { state: 'attached' })
        await page.focus('.editor input[type=checkbox]')
        await page.keyboard.press('Space')
        await page.waitForSelector('.editor .chip:has-text("rights held")')
        await page.fill('.editor label:has-text("Whose") input', 'Lantern Music')
        await page.keyboard.press('Tab')
        await page.waitForFunction(() => !document.querySelector('.editor [role=status]')?.textContent)
        const saved = (await app.lead.ask('lines', { episode: id, language: 'en' })).find(
          one => one.id === line,
        )
        expect(saved).to.include({ kind: 'song', rights: 'Lantern Music' })
      },
      { language: 'en' },
    ))

  it('frames by a key the mouths that were found, and lets a person say who is in the picture', async () => {
    const mouth = {
      speaker: 'MIA',
      box: { left: 0.25, top: 0.5, width: 0.1, height: 0.1 },
      shapes: [{ start: 0, end: 1000, shape: 'open' }],
    }
    const shots = [{ start: 0, end: 60_000, mouths: [mouth], lines: {} }]
    const flaps = await app.blobs.keepBytes(Buffer.from(JSON.stringify(shots)), 'application/json')
    await app.draw(id, { ...draft, sight: { flaps, lines: { 'line-1': { screen: 'on' } } } })
    await sit(
      app.translator,
      async page => {
        await page.waitForSelector('.line')
        await seek(page, 0.5)
        await page.keyboard.press('m')
        await page.waitForSelector('.mouth.open:has-text("MIA open")')
        const [frame, video] = await Promise.all(
          ['.mouth', 'video'].map(one => page.locator(one).first().boundingBox()),
        )
        if (!frame || !video) throw new Error('nothing is drawn')
        const picture = Math.min(video.width, (video.height * 16) / 9)
        const across = frame.x - video.x - (video.width - picture) / 2
        expect(across / picture).to.be.closeTo(0.25, 0.02)
        await seek(page, 2)
        await page.waitForSelector('.mouth.closed')
        await page.keyboard.press('m')
        await page.waitForSelector('.mouth', { state: 'detached' })

        await open(page, 'line-1')
        await page.selectOption('.editor label:has-text("Speaker in the picture") select', 'off')
        await page.waitForFunction(() => !document.querySelector('.editor [role=status]')?.textContent)
        const [saved] = await app.lead.ask('lines', { episode: id, language: 'en' })
        expect(saved).to.include({ screen: 'off', sight: 'on' })
      },
      { language: 'en' },
    )
  })

  it('keeps what was typed when the page goes away before it was saved', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await page.route('**/lines/es/line-1', route => route.abort())
      await open(page, 'line-1')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Hola a todos')
      await page.keyboard.press('Control+s')
      await page.waitForSelector('text=The server does not answer.')
      await page.reload()
      await page.waitForSelector('#line-line-1:has-text("Hola a todos"):has-text("not saved")')
    }))

  it('says that the server does not answer until it does, though the socket never broke', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await page.route('**/api/**', route => route.abort())
      await open(page, 'line-1')
      await page.fill('#line-text', 'Hola')
      await page.keyboard.press('Control+s')
      await page.waitForSelector('text=The server does not answer.')
      await page.unroute('**/api/**')
      await page.keyboard.press('Control+s')
      await page.waitForSelector('#line-line-1:has-text("Hola"):not(:has-text("not saved"))')
      await page.waitForSelector('text=The server does not answer.', { state: 'detached' })
    }))

  it('shows both versions when two write on one line, and loses neither', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await open(page, 'line-1')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Mine')
      await app.lead.ask(
        'editLine',
        { episode: id, language: 'es', line: 'line-1' },
        { version: 0, text: 'Theirs' },
      )
      await page.waitForSelector('.clash td:has-text("Mine")')
      await page.waitForSelector('.clash td:has-text("Theirs")')
      expect(await violations(page)).to.deep.equal([])
      await page.fill('.clash textarea', 'Mine and theirs')
      await page.click('.clash button:has-text("Save what stands here")')
      await page.waitForSelector('.clash', { state: 'detached' })
      await page.waitForSelector('#line-line-1:has-text("Mine and theirs"):not(:has-text("not saved"))')
      expect(await lineOf('line-1')).to.include({ text: 'Mine and theirs', version: 2 })
    }))

  it('brings together by itself what two people changed in different places', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await open(page, 'line-1')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Mine')
      const { start = 0 } = (await lineOf('line-1')) ?? {}
      await app.lead.ask(
        'editLine',
        { episode: id, language: 'es', line: 'line-1' },
        { version: 0, start: start - 100 },
      )
      await page.keyboard.press('Control+s')
      await page.waitForSelector('#line-line-1:has-text("Mine"):not(:has-text("not saved"))')
      expect(await lineOf('line-1')).to.include({ text: 'Mine', start: start - 100, version: 2 })
    }))

  it('shows who else is here, and on which line', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      const wire = app.reviewer.socket()
      wire.emit('episode:watch', id, () =>
        wire.emit('line:open', { episode: id, line: 'line-2', language: 'es' }),
      )
      await page.waitForSelector('.watchers [title=Rei]')
      await page.waitForSelector('#line-line-2 [title="also here: Rei"]')
    }))

  it('lets a reviewer approve, comment and reopen, and write nothing', () =>
    sit(app.reviewer, async page => {
      await page.waitForSelector('.line')
      await page.click('#line-line-1')
      expect(await page.getAttribute('#line-text', 'readonly')).to.not.equal(null)
      await page.keyboard.press('Alt+a')
      await page.waitForSelector('.editor >> text=approved by Rei')
      await page.fill('[name=comment]', 'Lovely.')
      await page.keyboard.press('Enter')
      await page.waitForSelector('.comments >> text=Lovely.')
      await page.click('button:has-text("Reopen")')
      await page.waitForSelector('button:has-text("Approve")')
      expect(await lineOf('line-1')).to.not.have.property('approval')
    }))

  it('moves a line by the playhead, by its field and by pulling its edge', () =>
    sit(app.translator, async page => {
      await page.waitForSelector('.line')
      const before = await lineOf('line-1')
      await page.click('#line-line-1')
      await seek(page, 0.3)
      await page.waitForSelector('.time:has-text("0:00.300")')
      await page.locator('.lines').focus()
      await page.keyboard.press('[')
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('[aria-label=Start]')?.value === '0:00.300',
      )
      await page.fill('[aria-label=End]', '0:02.5')
      await page.keyboard.press('Tab')
      await page.waitForSelector('.editor:not(:has-text("not saved"))')
      expect(await lineOf('line-1')).to.include({ start: 300, end: 2500 })
      expect(before?.start).to.not.equal(300)

      const box = await page.locator('.waveform canvas').boundingBox()
      const shown = Math.min(20_000, draft.media?.probe.duration ?? 20_000)
      const x = (ms: number) => (box?.x ?? 0) + ((box?.width ?? 0) * ms) / shown
      const y = (box?.y ?? 0) + 60
      await page.mouse.move(x(2500), y)
      await page.mouse.down()
      await page.mouse.move(x(2700), y, { steps: 4 })
      await page.mouse.up()
      await page.waitForSelector('.editor:not(:has-text("not saved"))')
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('[aria-label=End]')?.value !== '0:02.500',
      )
      expect((await lineOf('line-1'))?.end).to.be.within(2650, 2750)
    }))

  it('shows subtitles over the picture, in the language chosen and as its text', () =>
    sit(app.translator, async page => {
      const cue = (await lineOf('line-1'))?.cues[0]
      await seek(page, ((cue?.start ?? 0) + 200) / 1000)
      await page.waitForSelector('.captions[lang=es]')
      expect((await page.locator('.captions span').allTextContents()).join('\n')).to.equal(cue?.text)
      await page.selectOption('.controls label:has-text("Subtitles") select', 'ja')
      await page.waitForSelector('.captions[lang=ja] >> text=こんにちは')
    }))

  it('draws ASS by libass, in Japanese too, with a font of its own', () =>
    sit(
      app.translator,
      async page => {
        const cue = (await lineOf('line-1', 'ja'))?.cues[0]
        await seek(page, ((cue?.start ?? 0) + 200) / 1000)
        await page.waitForSelector('.captions[lang=ja]')
        const screen = page.locator('.screen video')
        await page.selectOption('.controls label:has-text("Subtitles") select', 'none')
        await page.waitForSelector('.captions', { state: 'detached' })
        const bare = await screen.screenshot()
        const fonts: string[] = []
        page.on('response', answer => {
          if (/biz-udpgothic.*woff2/.test(answer.url())) fonts.push(answer.url())
        })
        await page.selectOption('.controls label:has-text("Subtitles") select', 'ja')
        await page.click('button:has-text("ASS")')
        await page.waitForSelector('canvas.JASSUB', { state: 'attached' })
        await page.waitForSelector('.captions', { state: 'detached' })
        await waitUntil(async () => fonts.length > 1)
        await waitUntil(async () => !bare.equals(await screen.screenshot()))
        expect(fonts.every(url => url.startsWith(app.url))).to.equal(true)
      },
      { language: 'ja' },
    ))

  it('plays a dub beside the muted picture, on time, and a region made again at once', () =>
    sit(app.translator, async page => {
      await seek(page, 1)
      await page.selectOption('.controls label:has-text("Sound") select', 'es')
      await page.locator('.lines').focus()
      await page.keyboard.press(' ')
      // The first region begins at 0: its sound has to start as far in as the picture is.
      const first = async () => (await soundsOf(page)).find(({ offset }) => offset > 0)
      await waitUntil(async () => (await first()) !== undefined)
      const { offset = 0, media = 0, duration = 0 } = (await first()) ?? {}
      expect(offset).to.be.closeTo(media, 0.15)
      expect(duration).to.equal(4)
      expect(await page.evaluate(() => document.querySelector('video')?.muted)).to.equal(true)

      // Every region becomes another, so that it does not matter how far the picture has come by then.
      const again = structuredClone(draft) as Draft
      const regions = again.versions?.[0]?.dub.regions ?? []
      const sounds = regions.map(({ sound }) => sound)
      for (const [index, region] of regions.entries())
        Object.assign(region, { sound: sounds[(index + 1) % sounds.length] })
      const heard = (await soundsOf(page)).length
      await app.draw(id, again)
      app.machine.tell({ type: 'episode:changed', episode: id, state: 'ready' })
      await waitUntil(async () => (await soundsOf(page)).length > heard)
      await page.keyboard.press(' ')
    }))

  it('holds a thousand lines and draws those in sight', async () => {
    await app.draw(id, long)
    await sit(app.translator, async page => {
      await page.waitForSelector('.line')
      await page.waitForSelector('text=All lines (1000)', { state: 'attached' })
      expect(await page.locator('.line').count()).to.be.below(40)
      await page.locator('.lines').evaluate(box => box.scrollTo(0, box.scrollHeight))
      await page.waitForSelector('#line-line-1000')
      expect(await page.locator('.line').count()).to.be.below(40)
      await page.fill('#search-lines', 'luna')
      await page.waitForFunction(
        () => Number(document.querySelector('.line')?.getAttribute('aria-setsize')) < 400,
      )
    })
  })

  const looks: readonly (SeatWish & { readonly language: string })[] = [
    { tongue: 'en', theme: 'light', language: 'es' },
    { tongue: 'ja', theme: 'dark', language: 'ja' },
    { tongue: 'en', theme: 'dark', phone: true, language: 'en' },
  ]
  for (const wish of looks)
    it(`is open to everybody (${wish.tongue}, ${wish.theme}${wish.phone ? ', phone' : ''}, ${wish.language})`, () =>
      sit(
        app.lead,
        async page => {
          await page.waitForSelector('.line')
          for (const pane of ['lines', 'findings', 'files']) {
            await page.click(`#tab-${pane}`)
            expect(await violations(page), pane).to.deep.equal([])
            expect(await overflow(page), pane).to.equal(0)
          }
          await page.click('#tab-lines')
          await page.click('#line-line-1')
          await page.waitForSelector('#line-text')
          expect(await violations(page)).to.deep.equal([])
          expect(await overflow(page)).to.equal(0)
        },
        wish,
      ))
})

type Sound = { readonly offset: number; readonly duration: number; readonly media: number }

/** Writes down every sound that the page starts, and where the picture was then. */
const noteSounds = (page: Page) =>
  page.addInitScript(() => {
    const sounds: Sound[] = []
    Object.assign(window, { sounds })
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, ...rest) {
      const media = document.querySelector('video')?.currentTime ?? 0
      sounds.push({
        offset: offset - (when - this.context.currentTime),
        duration: this.buffer?.duration ?? 0,
        media,
      })
      return start.call(this, when, offset, ...rest)
    }
  })
const soundsOf = (page: Page): Promise<Sound[]> =>
  page.evaluate(() => (window as unknown as { sounds: Sound[] }).sounds)

/** Asks again until it is so; the test's own patience is the limit. */
async function waitUntil(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise(done => setTimeout(done, 50))
}

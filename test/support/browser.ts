import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Context } from 'mocha'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  // A microphone that beeps, and that nobody has to allow.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

/** A browser, or why there is none. */
export async function openBrowser(): Promise<Browser | string> {
  if (!existsSync(path)) return `there is no Chromium at ${path} (CHROMIUM_PATH names another)`
  return chromium.launch({ executablePath: path, args: flags })
}

/** A browser for these tests; where there is none they are skipped, and say why. */
export async function needBrowser(tests: Context): Promise<Browser> {
  const opened = await openBrowser()
  if (typeof opened !== 'string') return opened
  console.log(`    skipped: ${opened}`)
  return tests.skip()
}

export type Seat = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained of: errors, and what its content security policy kept from it. */
  readonly complaints: string[]
}
export type SeatWish = {
  readonly tongue?: 'en' | 'ja'
  readonly theme?: 'light' | 'dark'
  readonly phone?: boolean
}

/** Somebody in front of a browser of their own. */
export async function openSeat(
  browser: Browser,
  { tongue = 'en', theme = 'light', phone = false }: SeatWish = {},
) {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    isMobile: phone,
    hasTouch: phone,
    locale: tongue === 'ja' ? 'ja-JP' : 'en-GB',
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // A refusal is an answer like any other here; browsers write it down as an error.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return { page, context, complaints }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What WCAG 2.2 A and AA, and good practice, have against the page as it stands: a row for each place. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found: readonly Violation[] = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations)`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.replaceAll('\n', ' ')}`),
  )
}

/** How far the page is wider than its window: nobody should have to scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

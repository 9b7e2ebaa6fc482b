import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import type { Draft } from '../../pipelines/terms.ts'
import type { EnginesView } from '../../server/contract.ts'
import { paceOf } from '../../server/routes/houses.ts'
import { startApp } from './app.ts'
import type { Client } from './client.ts'
import { draftSample, type SampleWish } from './sample-draft.ts'

const root = join(import.meta.dirname, '../..')
const engines: EnginesView = {
  voices: ['f1', 'f3', 'm3'].map(preset => ({
    engine: 'espeak',
    preset,
    languages: ['en', 'es', 'ja'],
    says: 'A synthetic voice',
  })),
  models: [
    {
      id: 'whisper-small',
      for: 'speech to text',
      bytes: 488_000_000,
      licence: 'MIT',
      installed: false,
      command: 'kotodama models install whisper-small',
    },
  ],
  hints: ['Run `kotodama models install whisper-small` to hear what is said.'],
}

export type PageApp = Awaited<ReturnType<typeof startPageApp>>

/**
 * Gives the folder in which the pages lie, built from the source as it is: under the folder given, or once for all files
 * of tests by whoever started them and says where.
 */
export async function buildPages(folder: string): Promise<string> {
  const built = process.env.KOTODAMA_PAGES
  if (built) return join(root, built)
  const outDir = join(folder, 'client')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', outDir], { cwd: root })
  return outDir
}

/** The web server with the page built from the source as it is, a lead, a translator and a reviewer. */
export async function startPageApp() {
  const folder = await mkdtemp(join(tmpdir(), 'kotodama-page-'))
  const app = await startApp({
    clientDir: await buildPages(folder),
    parts: {
      engines: async () => engines,
      pace: paceOf,
    },
  })
  const lead = await app.person('Akiko', 'lead', 'admin')
  const translator = await app.person('Tom', 'translator')
  const reviewer = await app.person('Rei', 'reviewer')

  return {
    ...app,
    lead,
    translator,
    reviewer,

    /** An episode that the machine has not begun, of a series with the sample's own settings. */
    async episode(sample: SampleWish['sample'], title: string): Promise<{ series: string; id: string }> {
      const settings = JSON.parse(await readFile(join(root, 'samples', sample, 'series.json'), 'utf8'))
      const series = await lead.ask('newSeries', {}, { ...settings, title })
      const media = await lead.upload('episode.mp4', Buffer.from('not looked at'))
      const { id } = await lead.ask('newEpisode', {}, { series: series.id, number: '1', title, media })
      return { series: series.id, id }
    },

    /** What the journey would leave behind of a sample. */
    draftOf: (wish: SampleWish): Promise<Draft> =>
      draftSample(wish, {
        signal: new AbortController().signal,
        report: () => {},
        scratch: folder,
        keep: app.blobs.keep,
        keepBytes: app.blobs.keepBytes,
        file: app.blobs.path,
      }),

    async close(): Promise<void> {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a page for somebody who has signed in already. */
export async function enter(page: Page, url: string, person: Client, hash = '#/'): Promise<void> {
  const [name = '', value = ''] = person.cookie?.split('=') ?? []
  await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
  await page.goto(`${url}/${hash}`)
  await page.waitForSelector('.me')
}

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { readConfig } from '../../server/config.ts'
import { takeOrder } from '../../server/ingest.ts'
import { openParts, type Parts } from '../../server/parts.ts'
import { type Served, serve } from '../support/served.ts'

const sample = join(import.meta.dirname, '../../samples/hello')
const order = {
  file: join(sample, 'episode.mp4'),
  series: 'Hello',
  episode: '1',
  language: 'en',
  targets: ['es'],
  script: join(sample, 'script.txt'),
  me: join(sample, 'me.opus'),
}

/**
 * Kills at every step, once each: by turns the worker alone and the whole server. What had ended before a kill must be
 * remembered after it, and nothing of the killed may live on.
 */
describe('kill -9 at every step', function () {
  this.timeout(400_000)
  let folder = ''
  let served: Served
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-kill-'))
  })
  after(async () => {
    await served?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('loses nothing that was finished, does nothing twice, and leaves nothing running', async () => {
    const config = readConfig({ DATA_DIR: folder })
    /** What each step did, in its order: `made`, or `remembered`. */
    const ended = new Map<string, string[]>()
    const killed = new Set<string>()
    let dead = false
    const hear = (record: Record<string, unknown>) => {
      if (record.msg !== 'step') return
      const name = `${record.step} ${record.of ?? ''}`
      if (record.state === 'done')
        ended.set(name, [...(ended.get(name) ?? []), record.remembered ? 'remembered' : 'made'])
      if (record.state !== 'running' || killed.has(String(record.step)) || dead) return
      killed.add(String(record.step))
      dead = killed.size % 2 === 0
      // At once, while the step is at its work; a step of a millisecond is over, and the kill falls into the next.
      process.kill(dead ? served.pid : Number(record.pid), 'SIGKILL')
    }
    const start = async () => {
      served = await serve(folder)
      served.listen(hear)
    }

    await start()
    let parts: Parts = await openParts(config, { join: true })
    const { id } = await takeOrder(order, parts)
    await parts.work.ask(id, undefined, true)
    for (;;) {
      if (dead) {
        await parts.close().catch(() => undefined)
        await served.kill()
        expect(livesOn(folder, 5000), 'processes of the killed server').to.deep.equal([])
        dead = false
        await start()
        parts = await openParts(config, { join: true })
      }
      const work = await parts.work.of(id).catch(() => undefined)
      if (work?.state === 'ready' && !dead) break
      if (!work) continue
      expect(work.state).to.be.oneOf(['waiting', 'running'], JSON.stringify(work.problem))
      await wait(50)
    }
    await parts.close()

    // The pure steps between them last a millisecond: their kills fall into their neighbours.
    expect([...killed]).to.include.members([
      'probe',
      'media',
      'activity',
      'speech',
      'translation',
      'dub',
      'pack',
    ])
    // One that was killed between its record and its row in the log was made without a word.
    for (const [step, ways] of ended)
      expect(ways.filter(way => way === 'made').length, `${step} was made`).to.be.at.most(1)
  })
})

/** Processes that work in the folder, once those that are dying have had the time to. */
function livesOn(folder: string, patience: number): string[] {
  const until = Date.now() + patience
  for (;;) {
    const found = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .split('\n')
      .filter(line => line.includes(folder) && !line.includes('mocha'))
    if (found.length === 0 || Date.now() > until) return found
  }
}

import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { openFolder } from '../../support/folder.ts'

const kotodama = join(import.meta.dirname, '../../../server/kotodama.mjs')
const run = promisify(execFile)

describe('kotodama COMMAND --help', function () {
  this.timeout(60_000)

  it('tells how every command is called, and does nothing', async () => {
    const folder = await openFolder()
    try {
      const say = async (...args: readonly string[]) =>
        (await run(process.execPath, [kotodama, ...args], { cwd: folder.path })).stdout
      const names = [...(await say('help')).matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name)
      expect(names).to.include.members(['backup', 'start', 'subtitles'])
      for (const name of names) {
        expect(await say(name, '--help')).to.match(new RegExp(`^kotodama ${name}\\b`))
        expect(await readdir(folder.path), name).to.deep.equal([])
      }
    } finally {
      await folder.close()
    }
  })
})

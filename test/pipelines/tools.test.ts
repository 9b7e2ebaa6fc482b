import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { diagnose, findTools, lacksOf, namesIn, type Tool } from '../../pipelines/tools.ts'
import { findFilmTools } from '../support/film.ts'

const tool: Tool = { path: '/opt/ffmpeg', version: '7.1', from: 'system' }

describe('the tools', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-test-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function program(name: string, script: string) {
    const path = join(folder, name)
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    return path
  }

  it('takes the path that was set before all others, and tells what that build lacks', async () => {
    const ffmpeg = await program('set', 'echo "ffmpeg version 9.9-own Copyright"; echo " V....D libx264 x"')
    const { ffmpeg: found } = await findTools({ ffmpeg })
    expect(found).to.include({ path: ffmpeg, version: '9.9-own', from: 'setting' })
    expect(found && (await lacksOf(found)))
      .to.include('encoder aac')
      .and.not.include('encoder libx264')
  })

  it('goes on to the next when the one that was set does not run, and remembers why', async () => {
    const other = await program('other', 'echo something else')
    const { broken } = await findTools({ ffmpeg: join(folder, 'absent'), ffprobe: other })
    expect(broken).to.have.deep.members([
      { name: 'ffmpeg', path: join(folder, 'absent'), from: 'setting', reason: 'it is not there' },
      { name: 'ffprobe', path: other, from: 'setting', reason: 'it is not ffprobe' },
    ])
  })

  it('finds the build shipped in the registry complete', async function () {
    const tools = await findFilmTools('registry')
    if (!tools) return this.skip()
    expect(tools.ffmpeg && (await lacksOf(tools.ffmpeg))).to.deep.equal([])
    expect(tools.broken).to.deep.equal([])
  })

  it('reads the names out of a listing', () => {
    const listing = 'Encoders:\n ------\n V....D libx264   H.264\n A..... aac  AAC\n'
    expect([...namesIn(listing)]).to.deep.equal(['libx264', 'aac'])
    const filters = ' T.C amix   N->A mix\n ... anull  A->A x\n T.. split V->N pass\n'
    expect([...namesIn(filters)]).to.deep.equal(['amix', 'anull', 'split'])
  })

  it('the doctor says what is used, what is missing and what mends it', () => {
    const broken = [
      { name: 'ffprobe', path: '/opt/x', from: 'setting', reason: 'it may not be run' },
    ] as const
    expect(diagnose({ ffmpeg: tool, broken }, ['encoder libx264'])).to.deep.equal([
      {
        name: 'ffmpeg',
        state: 'lacking',
        says: "ffmpeg 7.1 at /opt/ffmpeg (the system's). It lacks encoder libx264.",
        mend: 'Run `apt-get install ffmpeg`, or set FFMPEG_PATH.',
      },
      {
        name: 'ffprobe',
        state: 'missing',
        says: 'ffprobe was not found. /opt/x was tried: it may not be run.',
        mend: 'Run `apt-get install ffmpeg`, or set FFPROBE_PATH.',
      },
    ])
    expect(diagnose({ ffmpeg: tool, ffprobe: tool, broken }, [])).to.deep.equal([
      { name: 'ffmpeg', state: 'well', says: "ffmpeg 7.1 at /opt/ffmpeg (the system's)." },
      {
        name: 'ffprobe',
        state: 'lacking',
        says: "ffprobe 7.1 at /opt/ffmpeg (the system's). /opt/x was tried: it may not be run.",
        mend: 'Correct FFPROBE_PATH, or unset it.',
      },
    ])
  })
})

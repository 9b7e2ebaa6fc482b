import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { openFolder } from '../support/folder.ts'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** A house of one room, that says a word out of another file. */
describe('a process that starts as one piece', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  const at = (...path: readonly string[]) => join(folder.path, ...path)
  const say = async (...args: readonly string[]) =>
    (await run(process.execPath, [at('pipelines/start.mjs'), at('room/say.ts'), ...args])).stdout.trim()

  beforeEach(async () => {
    folder = await openFolder()
    await mkdir(at('room'))
    for (const part of ['start.mjs', 'start'])
      await cp(join(root, 'pipelines', part), at('pipelines', part), { recursive: true })
    await symlink(join(root, 'node_modules'), at('node_modules'))
    await writeFile(at('package.json'), '{ "type": "module" }')
    await writeFile(
      at('room/say.ts'),
      `const { word } = await import('./word.ts')
      console.log(word(process.argv[2] as string), import.meta.dirname, import.meta.url, process.argv[1])`,
    )
    await tell('Hello')
  })
  afterEach(() => folder.close())

  const tell = (word: string) =>
    writeFile(at('room/word.ts'), `export const word = (name: string): string => \`${word}, \${name}\``)
  const said = (word: string) => `${word} ${at('room')} file://${at('room/say.ts')} ${at('room/say.ts')}`

  it('finds its arguments and its own place as if it had been run from its source', async () => {
    expect(await say('Haru')).to.equal(said('Hello, Haru'))
    expect(await say('Aki')).to.equal(said('Hello, Aki'))
    expect(await readdir(at('dist/run/room/say.ts'))).to.include('built.json')
  })

  it('is built again when one of its sources has changed', async () => {
    await say('Haru')
    await tell('Howdy')
    expect(await say('Haru')).to.equal(said('Howdy, Haru'))
  })

  it('names the line of the source where it failed', async () => {
    await writeFile(
      at('room/word.ts'),
      `type Name = string\n\n\nexport const word = (name: Name): Name => { throw new Error(name) }`,
    )
    const failed = await say('Haru').catch((error: { stderr: string }) => error.stderr)
    expect(failed).to.match(/Error: Haru\n.*room\/word\.ts:4:\d+/)
  })

  it('runs from its sources where nothing can be kept', async () => {
    await writeFile(at('dist'), 'no folder')
    expect(await say('Haru')).to.equal(said('Hello, Haru'))
    await tell('Howdy')
    expect(await say('Haru')).to.equal(said('Howdy, Haru'))
  })

  it('says what is wrong with a source that is no TypeScript', async () => {
    await writeFile(at('room/word.ts'), 'export const word = (')
    const failed = await say('Haru').catch((error: { stderr: string }) => error.stderr)
    expect(failed).to.match(/room\/word\.ts:1:/)
  })
})

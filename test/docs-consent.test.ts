import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { canonical } from '../consent/canonical.ts'
import { accountOf, openSigner, readKey } from '../consent/index.ts'
import { run } from '../server/commands/consent.ts'
import { findKey } from '../server/consent/keys.ts'
import { type ConsentHouse, openConsentHouse } from './support/consent-house.ts'

const commandsIn = (page: string) =>
  [...page.matchAll(/^npx kotodama consent (.+)$/gm)].map(match => match[1] ?? '')

describe('what actors and lawyers are told to do', function () {
  this.timeout(30_000)
  let house: ConsentHouse
  let folder = ''
  const pages: string[] = []
  const files = /\b(?:log\.key|receipt\.json|account\.json|seen\.json|status\.txt|log|records)(?= |$)/g

  before(async () => {
    for (const name of ['consent.md', 'consent.ja.md'])
      pages.push(await readFile(join(import.meta.dirname, '../docs', name), 'utf8'))
    house = await openConsentHouse()
    const grant = await house.agree()
    folder = await mkdtemp(join(tmpdir(), 'kotodama-docs-'))
    const { consent } = house
    for (const name of ['log', 'records'])
      await cp(join(house.wish.dataDir, 'consent', name), join(folder, name), { recursive: true })
    const files: Record<string, string> = {
      'log.key': `${consent.publicKey}\n`,
      'receipt.json': canonical(consent.receipt(grant)),
      'account.json': canonical(await account()),
      'status.txt': consent.published.status() ?? '',
    }
    await mkdir(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  })
  after(async () => {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function account() {
    const { consent, wish, actor } = house
    const secret = await findKey(wish.keysDir, 'log', undefined, false)
    const signer = openSigner(readKey(consent.publicKey ?? '').name, secret ?? new Uint8Array())
    if (!consent.log) throw new Error('There is no log.')
    return accountOf(consent.registry, consent.log, actor.id, 2000, signer)
  }

  it('is the same in both languages', () => {
    const [en = '', ja = ''] = pages
    expect(commandsIn(en)).to.deep.equal(commandsIn(ja))
    const headings = (page: string) => [...page.matchAll(/^#+ /gm)].map(String)
    expect(headings(en)).to.deep.equal(headings(ja))
    const points = (page: string) => [...page.matchAll(/^(?:\*|\d\.) /gm)].length
    expect(points(en)).to.equal(points(ja))
  })

  it('works, command by command, as it stands there', async () => {
    const commands = commandsIn(pages[0] ?? '')
    expect(commands.map(command => command.split(' ')[0])).to.include.members(['verify', 'monitor', 'audit'])
    for (const command of commands) {
      const [job = '', ...words] = command.split(' ')
      const args = words.map((word, at) =>
        words[at - 1] === '--lang' || word.startsWith('--')
          ? word
          : word.replace(files, name => join(folder, name)),
      )
      const { log } = console
      const out: string[] = []
      console.log = (line: string) => void out.push(line)
      try {
        expect(await run([job, ...args]), `${command}\n${out.join('\n')}`).to.equal(0)
      } finally {
        console.log = log
      }
      expect(out.join('\n')).to.not.equal('')
    }
  })
})

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { fromHex } from '../../../consent/bytes.ts'
import { canonical } from '../../../consent/canonical.ts'
import { openSigner, signNote } from '../../../consent/log/note.ts'
import { statusName } from '../../../consent/receipt.ts'
import { run } from '../../../server/commands/consent.ts'
import { edited, type Kit } from '../../consent-kit/edits.ts'
import { filesOf, type LogCase, type LogKit } from '../../consent-kit/logs.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../consent-kit/${name}`, import.meta.url), 'utf8'))
const kit: Kit = read('cases.json')
const logs: LogKit = read('logs.json')

describe('kotodama consent', () => {
  let folder = ''
  const receipt = () => join(folder, 'receipt.json')
  const [first = null] = Object.values(kit.bases)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-consent-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** What the command prints, and its exit code. */
  async function say(...args: readonly string[]) {
    const { log, error } = console
    const out: string[] = []
    console.log = console.error = (line: string) => void out.push(line)
    try {
      return { code: await run(args), out: out.join('\n') }
    } finally {
      Object.assign(console, { log, error })
    }
  }
  async function verify(text: string, ...more: readonly string[]) {
    await writeFile(receipt(), text)
    return say('verify', receipt(), '--key', kit.key, ...more)
  }

  it('verify comes to the kit’s verdict on every receipt', async function () {
    this.timeout(300_000)
    for (const { says, base, edits, expect: expected } of kit.cases) {
      const { code, out } = await verify(canonical(edited(kit.bases[base] ?? null, edits)), '--json')
      expect(code, says).to.equal(expected.valid ? (expected.withdrawn ? 3 : 0) : 1)
      expect(JSON.parse(out), says).to.include(expected)
    }
    for (const { says, text } of kit.texts) expect((await verify(text)).code, says).to.equal(1)
  })

  it('verify says in English whose voice, which yes, what scope, and until when it is known to stand', async () => {
    const { out } = await verify(canonical(first))
    expect(out).to.match(/^This yes was given, and had not been withdrawn by 2027-01-15 08:00:00 UTC\.\n/)
    expect(out).to.match(/person with the name [\w-]{43}\.\n/)
    expect(out).to.include('It stood in the log from 1970-01-01 00:00:01 UTC, among 6 entries')
    expect(out).to.include('  Title: kitsune\n')
    expect(out).to.include('  Territories: Japan (JP), France (FR)\n')
    expect(out).to.include('  Limits: 10 lines and 1 minute of speech\n')
  })

  it('verify says it in Japanese', async () => {
    const { out } = await verify(canonical(first), '--lang', 'ja')
    expect(out).to.match(/^この同意は与えられており、2027-01-15 08:00:00 UTC の時点で撤回されていません。\n/)
    expect(out).to.include('  声の使い方（これ以外には使えません）: セリフの下書き音声を作る、')
  })

  it('verify says what is wrong with one that proves nothing', async () => {
    const { code, out } = await verify('{}')
    expect([code, out]).to.deep.equal([
      1,
      'This receipt proves nothing.\nThis is no receipt, or it was changed: it is not written the one way a receipt is written.',
    ])
  })

  it('verify takes the key from a file', async () => {
    await writeFile(join(folder, 'key'), `${kit.key}\n`)
    await writeFile(receipt(), canonical(first))
    expect((await say('verify', receipt(), '--key', join(folder, 'key'))).code).to.equal(0)
  })

  it('verify believes a newer list of what was withdrawn, and no other', async () => {
    const list = join(folder, 'status')
    const grant = JSON.parse((await verify(canonical(first), '--json')).out).grant
    const status = (signer: ReturnType<typeof openSigner>, asOf: number) =>
      signNote(`log.example/1/status\n${canonical({ asOf, size: 9, ended: [statusName(grant)] })}\n`, [
        signer,
      ])
    await writeFile(list, status(openSigner('log.example/1', fromHex('11'.repeat(32))), 1_900_000_000_000))
    expect((await verify(canonical(first), '--status', list)).code).to.equal(3)
    await writeFile(list, status(openSigner('log.example/1', fromHex('22'.repeat(32))), 1_900_000_000_000))
    expect((await verify(canonical(first), '--status', list)).code).to.equal(1)
  })

  it('says how it is used when it is asked for wrongly', async () => {
    expect((await say()).code).to.equal(2)
    expect((await say('verify')).out).to.include('kotodama consent verify FILE')
    expect((await say('help')).code).to.equal(0)
  })

  it('runs as a command of its own', async () => {
    await writeFile(receipt(), canonical(first))
    const cli = join(import.meta.dirname, '../../../server/kotodama.mjs')
    const out = execFileSync(process.execPath, [cli, 'consent', 'verify', receipt(), '--key', kit.key], {
      encoding: 'utf8',
    })
    expect(out).to.match(/^This yes was given/)
  })

  async function lay(one: LogCase): Promise<string[]> {
    const at = await mkdtemp(join(folder, 'log-'))
    for (const [path, bytes] of filesOf(logs, one)) {
      await mkdir(join(at, dirname(path)), { recursive: true })
      await writeFile(join(at, path), bytes)
    }
    const args = ['monitor', '--log', at, '--key', one.key ?? logs.key, '--seen', join(at, 'seen.json')]
    if (one.seen) await writeFile(join(at, 'seen.json'), JSON.stringify(one.seen))
    if (one.party) args.push('--party', one.party)
    if (one.account) {
      await writeFile(
        join(at, 'account.json'),
        JSON.stringify(edited(logs.accounts[one.account] ?? null, one.edits ?? [])),
      )
      args.push('--account', join(at, 'account.json'))
    }
    return args
  }

  it('monitor comes to the kit’s verdict on every log and every account', async function () {
    this.timeout(60_000)
    for (const one of logs.cases.filter(({ held, key }) => !held && key !== 'log.example/1')) {
      const { code, out } = await say(...(await lay(one)), '--json')
      expect(code, one.says).to.equal(one.expect.well ? 0 : 1)
      expect(JSON.parse(out), one.says).to.include(one.expect.well ? { well: true } : one.expect)
    }
  })

  it('monitor lists every statement about its person, and remembers what it saw', async () => {
    const late = logs.cases.find(({ says }) => says === 'an honest account') as LogCase
    const args = await lay(late)
    const firstLook = await say(...args)
    expect(firstLook.out).to.match(/^The log is whole and has 10 entries\. This is the first look\.\n/)
    expect(firstLook.out).to.include('I withdraw the yes. It stops at once')
    expect((await say(...args)).out).to.include('It begins with what was seen last.')
    const seen = args[args.indexOf('--seen') + 1] ?? ''
    expect(JSON.parse(await readFile(seen, 'utf8'))).to.have.keys('checkpoint', 'claim')
  })

  it('monitor remembers nothing of a log that is not what it was', async () => {
    const forked = logs.cases.find(({ says }) => says === 'a forked log') as LogCase
    const args = await lay(forked)
    expect((await say(...args, '--lang', 'ja')).out).to.include('別の履歴を見せられています')
    const seen = args[args.indexOf('--seen') + 1] ?? ''
    expect(JSON.parse(await readFile(seen, 'utf8'))).to.deep.equal(forked.seen)
  })
})

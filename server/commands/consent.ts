import { readFile, rename, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  alarms,
  audit,
  folder,
  monitor,
  plainly,
  remote,
  type Seen,
  verifyReceipt,
  wordingOf,
} from '../../consent/index.ts'
import type { Command } from './command.ts'

export const usage = `kotodama consent verify FILE --key KEY [--status LIST] [--lang en|ja] [--json]
  Verifies a receipt, offline. KEY is the log's public key or a file with it; LIST a newer list of what was withdrawn.
  0: it holds. 3: it was given and is withdrawn. 1: it proves nothing. 2: it was asked for wrongly.
kotodama consent monitor --log ADDRESS|FOLDER --key KEY --seen FILE [--account FILE] [--party NAME] [--receipt FILE …] [--lang en|ja] [--json]
  Watches the log for somebody: that it only grew since it was last seen, that every statement of the account stands in
  it, that their keys signed what is said in their name, and that these are all. 0: all is well. 1: something is not.
kotodama consent audit --log ADDRESS|FOLDER --records FOLDER --key KEY [--json]
  Holds a whole register against its log. 0: all is well. 1: something is not.`

const jobs: Readonly<Record<string, Command>> = { verify, monitor: watch, audit: inspect }

/** Checks consents from outside: no account, no server, and no network but for `--log ADDRESS`. */
export const run: Command = async ([name = '', ...args]) => {
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined
  if (job) return job(args)
  console.log(usage)
  return ['help', '--help', '-h'].includes(name) ? 0 : 2
}

const common = {
  key: { type: 'string' },
  lang: { type: 'string', default: 'en' },
  json: { type: 'boolean', default: false },
} as const

async function verify(args: readonly string[]): Promise<number> {
  const options = { ...common, status: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [path] = positionals
  const key = await keyIn(values.key)
  if (!path || !key || positionals.length > 1) return asked()
  const given = await readFile(path, 'utf8')
  const alone = await verifyReceipt(given, key)
  const list = alone.valid && values.status ? await readFile(values.status, 'utf8') : undefined
  const verdict = list === undefined ? alone : await verifyReceipt(withStatus(given, list), key)
  const { state, says, scope } = plainly(verdict, tongue(values.lang), Date.now())
  if (values.json) console.log(JSON.stringify({ state, ...verdict }))
  else {
    console.log(says.join('\n'))
    for (const [label, value] of scope) console.log(`  ${label}: ${value}`)
  }
  return { holds: 0, ended: 3, false: 1 }[state]
}

/** A receipt that holds, with a newer list: the list is a note of its own, signed by the log, and stands last. */
function withStatus(receipt: string, status: string): string {
  const { status: _older, ...rest } = JSON.parse(receipt)
  return JSON.stringify({ ...rest, status })
}

async function watch(args: readonly string[]): Promise<number> {
  const options = {
    ...common,
    log: { type: 'string' },
    seen: { type: 'string' },
    account: { type: 'string' },
    party: { type: 'string' },
    receipt: { type: 'string', multiple: true },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const key = await keyIn(values.key)
  if (!key || !values.log || !values.seen) return asked()
  const say = tongue(values.lang)
  const before = await readFile(values.seen, 'utf8').catch(missing)
  const receipts = await Promise.all((values.receipt ?? []).map(path => readFile(path, 'utf8')))
  const held: string[] = []
  for (const [at, receipt] of receipts.entries()) {
    const verdict = await verifyReceipt(receipt, key)
    if (verdict.valid) held.push(verdict.grant)
    else console.error(`${values.receipt?.[at]}: ${plainly(verdict, say).says.join(' ')}`)
  }
  const looked = await monitor({
    storage: storageAt(values.log),
    key,
    held,
    ...(before !== undefined && { seen: JSON.parse(before) as Seen }),
    ...(values.account && { account: await readFile(values.account, 'utf8') }),
    ...(values.party && { party: values.party }),
  })
  if (!looked.well) {
    if (values.json) console.log(JSON.stringify(looked))
    else console.log(`${alarms[looked.alarm][say]}\n  ${looked.why}`)
    return 1
  }
  const { size, records, asOf, seen } = looked
  await writeFile(`${values.seen}.new`, JSON.stringify(seen), { mode: 0o600 })
  await rename(`${values.seen}.new`, values.seen)
  if (values.json) {
    const rows = records.map(({ id, index, logged, signed }) => ({
      id,
      index,
      logged,
      statement: signed.statement,
    }))
    console.log(JSON.stringify({ well: true, size, asOf, records: rows }))
    return 0
  }
  const words = {
    en: [
      `The log is whole and has ${size} entries. ${before === undefined ? 'This is the first look.' : 'It begins with what was seen last.'}`,
      `${records.length} statements are about this person; the log’s key has signed that these are all.`,
    ],
    ja: [
      `ログは完全で、全 ${size} 件です。${before === undefined ? '今回が最初の確認です。' : '前回の内容から始まっています。'}`,
      `この人に関する記録は ${records.length} 件で、これがすべてであるとログの鍵で署名されています。`,
    ],
  }[say]
  console.log(values.account ? words.join('\n') : words[0])
  for (const { index, logged, signed } of records) {
    const when = new Date(logged).toISOString().slice(0, 19).replace('T', ' ')
    console.log(`  ${index}  ${when}  ${wordingOf(signed.statement, say).split('\n')[0]}`)
  }
  return 0
}

async function inspect(args: readonly string[]): Promise<number> {
  const options = { ...common, log: { type: 'string' }, records: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const key = await keyIn(values.key)
  if (!key || !values.log || !values.records) return asked()
  const { size, kinds, faults } = await audit(storageAt(values.log), folder(values.records), key)
  if (values.json) console.log(JSON.stringify({ size, kinds, faults }))
  else {
    for (const { leaf, says } of faults)
      console.log(`error: ${leaf === undefined ? '' : `entry ${leaf}: `}${says}`)
    const counts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`)
    console.log(`${size} entries (${counts.join(', ')}), ${faults.length} faults`)
  }
  return faults.length > 0 ? 1 : 0
}

function asked(): number {
  console.error(usage)
  return 2
}

const tongue = (given: string) => (given === 'ja' ? 'ja' : 'en')
const storageAt = (where: string) => (/^https?:\/\//.test(where) ? remote(where) : folder(where))

/** A key as it is spelt, or the file it lies in. */
async function keyIn(given: string | undefined): Promise<string | undefined> {
  if (given === undefined || /^[^\s+]+\+[0-9a-f]{8}\+/.test(given)) return given
  return (await readFile(given, 'utf8')).trim()
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

/** Makes `logs.json` anew: `node --import tsx test/consent-kit/make-logs.ts`. Fresh keys, the same verdicts. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Account, accountOf, accountOrigin } from '../../consent/account.ts'
import { base64, base64url, fromBase64, fromHex, utf8 } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { commitmentOf, type Kept } from '../../consent/commitment.ts'
import { writeCheckpoint } from '../../consent/log/checkpoint.ts'
import { openLog } from '../../consent/log/log.ts'
import { openSigner, readKey, signNote, spellKey } from '../../consent/log/note.ts'
import { readLog } from '../../consent/log/read.ts'
import { memory } from '../../consent/log/storage.ts'
import type { Signed } from '../../consent/records.ts'
import { logSigner, openHouse, origin } from '../support/registry.ts'
import { enrol, keypair, shown } from '../support/signers.ts'
import type { Edit, Json } from './edits.ts'
import type { LogCase, LogKit } from './logs.ts'

const key = spellKey(logSigner)
const asOf = 1_800_000_000_000
type Files = { readonly [path: string]: string }
/** The files that the newest checkpoint needs: smaller partial tiles may lie about, and nobody reads them. */
function spelt(files: ReadonlyMap<string, Uint8Array>): Files {
  const width = (path: string) => Number(path.split('.p/')[1] ?? 256)
  const newest = (path: string) =>
    ![...files.keys()].some(one => one.split('.p')[0] === path.split('.p')[0] && width(one) > width(path))
  const needed = [...files].filter(([path]) => path !== 'checkpoint.next' && newest(path))
  return Object.fromEntries(needed.map(([path, bytes]) => [path, base64(bytes)]))
}
const noteIn = (files: Files) => Buffer.from(files.checkpoint ?? '', 'base64').toString('utf8')

// A house that ran: an actor who says yes, is spoken with, and withdraws; another who is none of their business.
const house = await openHouse(keypair())
const { registry, actor } = house
const other = enrol('actor')
await registry.enter(other.enrolment)
const grant = await registry.enter(
  actor.say(house.grantOf(await house.request({ words: [] }), { words: [] })),
)
const account = (party = actor.id) => accountOf(registry, house.log, party, asOf, logSigner)
const early = { files: spelt(house.files.log), account: account() }
const next = keypair()
await registry.enter(actor.say({ kind: 'keys', by: actor.id, at: 0, keys: [next.key] }))
const end = shown({ kind: 'withdrawal', by: actor.id, at: 0, actor: actor.id, of: [grant.id] })
await registry.enter({ ...end, proofs: [next.proveAs(actor.id)(end)] })
await registry.enter(
  other.say({ kind: 'refusal', by: other.id, at: 0, actor: other.id, title: null, act: null }),
)
const late = { files: spelt(house.files.log), account: account(), others: account(other.id) }

/** A log of whatever its keeper likes, with the true key: a liar's. */
async function liars(entries: readonly Uint8Array[], signer = logSigner): Promise<Files> {
  const files = new Map<string, Uint8Array>()
  const log = await openLog({ storage: memory(files), origin: signer.name, signer })
  await log.append(entries)
  return spelt(files)
}
const storageOf = (files: Files) =>
  memory(new Map(Object.entries(files).map(([path, bytes]) => [path, fromBase64(bytes)])))
const { entries } = await readLog(storageOf(late.files), noteIn(late.files), readKey(key), origin)
const changed = entries.with(2, utf8(canonical({ commitment: 'A'.repeat(43), logged: 1000 })))
const long = Array.from({ length: 300 }, (_, at) =>
  utf8(canonical({ commitment: base64url(new Uint8Array(32).fill(at)), logged: at })),
)
const renamed = openSigner('log.example/2', fromHex('11'.repeat(32)))
const stranger = openSigner(origin, fromHex('99'.repeat(32)))

/** An account that says what its keeper likes, signed with the true key. */
function claiming(of: Account, leaves: readonly number[], size: number, records = of.records): Account {
  const claim = { asOf, size, party: of.party, leaves }
  return { ...of, records, all: signNote(`${accountOrigin(origin)}\n${canonical(claim)}\n`, [logSigner]) }
}
const leavesOf = ({ records }: Account) => records.map(({ index }) => index)
const whole = late.account
const without = (at: number) => {
  const records = whole.records.toSpliced(at, 1)
  return claiming(
    whole,
    records.map(({ index }) => index),
    entries.length,
    records,
  )
}

// A statement in the actor's name that the actor never signed, in a log that its keeper wrote for it.
const forgery: Signed = (() => {
  const what = shown({ kind: 'resume', by: actor.id, at: 0, of: grant.id })
  return { ...what, proofs: [{ ...house.company.prove(what), by: actor.id }] }
})()
const unsigned: Signed = (() => {
  const what = shown({ kind: 'resume', by: actor.id, at: 0, of: grant.id })
  return { ...what, proofs: [house.company.prove(what)] }
})()
async function planted(signed: Signed) {
  const kept: Kept = { salt: base64url(new Uint8Array(16)), signed }
  const files = await liars([...entries, utf8(canonical({ commitment: commitmentOf(kept), logged: 2000 }))])
  const records = [...whole.records, { ...kept, index: entries.length, logged: 2000, proof: [] }]
  const of = claiming(
    { ...whole, checkpoint: noteIn(files) },
    records.map(({ index }) => index),
    entries.length + 1,
    records,
  )
  return { files, of }
}
const [forged, silent] = [await planted(forgery), await planted(unsigned)]

const logs: Record<string, Files> = {
  early: early.files,
  late: late.files,
  forked: await liars(changed),
  long: await liars(long),
  'of another name': await liars(entries, renamed),
  'of another key': await liars(entries, stranger),
  'with a forged statement': forged.files,
  'with an unsigned statement': silent.files,
}
const accounts: Record<string, Account> = {
  early: early.account,
  late: whole,
  'of another': late.others,
  'with a forged statement': forged.of,
  'with an unsigned statement': silent.of,
  'that claims less': without(whole.records.length - 1),
  'that claims less of before': without(1),
  'that claims another’s too': claiming(whole, [...leavesOf(whole), entries.length - 1], entries.length, [
    ...whole.records,
    late.others.records.at(-1) as Account['records'][number],
  ]),
  'of a log that is no longer': claiming(whole, leavesOf(whole), entries.length + 5),
  'signed by a stranger': {
    ...whole,
    all: signNote(whole.all.slice(0, whole.all.lastIndexOf('\n\n') + 1), [stranger]),
  },
  'signed as a status': {
    ...whole,
    all: signNote(
      `${origin}/status\n${canonical({ asOf, size: entries.length, party: actor.id, leaves: leavesOf(whole) })}\n`,
      [logSigner],
    ),
  },
}

const seen = (of: keyof typeof logs, claim?: string) => ({
  checkpoint: noteIn(logs[of] ?? {}),
  ...(claim !== undefined && { claim }),
})
const well = (records?: number) => ({ well: true, ...(records !== undefined && { records }) }) as const
const bad = (alarm: (LogCase['expect'] & { well: false })['alarm']) => ({ well: false, alarm }) as const
const flip = (bytes: string, at: number) => {
  const raw = fromBase64(bytes)
  return base64(raw.with(at, (raw[at] ?? 0) ^ 1))
}
const note = (text: string) => base64(utf8(text))
const body = noteIn(late.files).slice(0, noteIn(late.files).lastIndexOf('\n\n') + 1)

const cases: LogCase[] = [
  { says: 'an honest log', log: 'late', expect: well() },
  { says: 'an honest log of more than one tile', log: 'long', expect: well() },
  { says: 'an honest log, seen before', log: 'late', seen: seen('late'), expect: well() },
  { says: 'an honest log that has grown', log: 'late', seen: seen('early'), expect: well() },
  { says: 'an honest account', log: 'late', account: 'late', expect: well(whole.records.length) },
  {
    says: 'an honest account of before, in a log that has grown',
    log: 'late',
    account: 'early',
    expect: well(early.account.records.length),
  },
  {
    says: 'an account that has grown',
    log: 'late',
    account: 'late',
    seen: seen('early', early.account.all),
    expect: well(whole.records.length),
  },
  {
    says: 'an account with what its person holds',
    log: 'late',
    account: 'late',
    held: [grant.id],
    expect: well(),
  },
  {
    says: 'another’s account, asked for as such',
    log: 'late',
    account: 'of another',
    party: other.id,
    expect: well(),
  },
  {
    says: 'another history by the true key, where nothing was seen before: nobody alone can tell',
    log: 'forked',
    expect: well(),
  },
  {
    says: 'an account that claims less by the true key, where nothing was seen or held: nobody alone can tell',
    log: 'late',
    account: 'that claims less',
    expect: well(whole.records.length - 1),
  },

  { says: 'a log that is shorter than it was', log: 'early', seen: seen('late'), expect: bad('shrunk') },
  {
    says: 'an old checkpoint over newer tiles',
    log: 'late',
    files: { checkpoint: logs.early?.checkpoint ?? '' },
    seen: seen('late'),
    expect: bad('log'),
  },
  { says: 'a forked log', log: 'forked', seen: seen('late'), expect: bad('forked') },
  { says: 'a forked log that was forked before', log: 'forked', seen: seen('early'), expect: bad('forked') },
  { says: 'an altogether other log', log: 'long', seen: seen('late'), expect: bad('forked') },
  { says: 'an account of a forked log', log: 'forked', account: 'late', expect: bad('forked') },
  { says: 'an account of a log that was longer', log: 'early', account: 'late', expect: bad('shrunk') },
  { says: 'a log signed anew by another key', log: 'of another key', expect: bad('checkpoint') },
  { says: 'a log of another name with the same secret', log: 'of another name', expect: bad('checkpoint') },
  {
    says: 'a log of another name whose key is given',
    log: 'of another name',
    key: spellKey(renamed),
    seen: seen('late'),
    expect: bad('checkpoint'),
  },
  { says: 'no checkpoint', log: 'late', files: { checkpoint: null }, expect: bad('checkpoint') },
  {
    says: 'an unsigned checkpoint',
    log: 'late',
    files: { checkpoint: note(body) },
    expect: bad('checkpoint'),
  },
  {
    says: 'a checkpoint that is said to be larger',
    log: 'late',
    files: {
      checkpoint: note(noteIn(late.files).replace(`\n${entries.length}\n`, `\n${entries.length + 1}\n`)),
    },
    expect: bad('checkpoint'),
  },
  {
    says: 'a checkpoint of more than there is, by the true key',
    log: 'late',
    files: {
      checkpoint: note(
        signNote(writeCheckpoint({ origin, size: entries.length + 1, root: new Uint8Array(32) }), [
          logSigner,
        ]),
      ),
    },
    expect: bad('log'),
  },
  {
    says: 'a checkpoint of another root, by the true key',
    log: 'late',
    files: {
      checkpoint: note(
        signNote(writeCheckpoint({ origin, size: entries.length, root: new Uint8Array(32) }), [logSigner]),
      ),
    },
    expect: bad('log'),
  },
  {
    says: 'a status list for a checkpoint',
    log: 'late',
    files: {
      checkpoint: note(
        signNote(`${origin}/status\n${canonical({ asOf, size: 1, ended: [] })}\n`, [logSigner]),
      ),
    },
    expect: bad('checkpoint'),
  },
  { says: 'a key that is none', log: 'late', key: 'log.example/1', expect: bad('log-key') },
  { says: 'the key of a stranger', log: 'late', key: spellKey(stranger), expect: bad('checkpoint') },
  { says: 'a seen checkpoint that is none', log: 'late', seen: { checkpoint: 'x' }, expect: bad('shrunk') },

  {
    says: 'a forged statement in the account',
    log: 'with a forged statement',
    account: 'with a forged statement',
    expect: bad('signature'),
  },
  {
    says: 'a statement in somebody’s name without their signature',
    log: 'with an unsigned statement',
    account: 'with an unsigned statement',
    expect: bad('signature'),
  },
  {
    says: 'an account that leaves out what an earlier one had',
    log: 'late',
    account: 'that claims less of before',
    seen: seen('early', early.account.all),
    expect: bad('changed'),
  },
  {
    says: 'an earlier account after a later one',
    log: 'late',
    account: 'early',
    seen: seen('late', whole.all),
    expect: bad('changed'),
  },
  {
    says: 'an account without the statement of a receipt',
    log: 'late',
    account: 'that claims less of before',
    held: [whole.records[1] ? grant.id : '', 'B'.repeat(43)],
    expect: bad('held'),
  },
  { says: 'another’s account', log: 'late', account: 'of another', party: actor.id, expect: bad('account') },
  {
    says: 'an account with what is another’s',
    log: 'late',
    account: 'that claims another’s too',
    expect: bad('about'),
  },
  {
    says: 'an account of entries that are not there',
    log: 'late',
    account: 'of a log that is no longer',
    expect: bad('shrunk'),
  },
  {
    says: 'an account signed by a stranger',
    log: 'late',
    account: 'signed by a stranger',
    expect: bad('account'),
  },
  {
    says: 'a status list for an account',
    log: 'late',
    account: 'signed as a status',
    expect: bad('account'),
  },
]

for (const name of ['late', 'long'])
  for (const [path, bytes] of Object.entries(logs[name] ?? {})) {
    if (path === 'checkpoint') continue
    const raw = fromBase64(bytes)
    const said = `${path} of the ${name} log`
    cases.push(
      { says: `${said}, gone`, log: name, files: { [path]: null }, expect: bad('log') },
      { says: `${said}, empty`, log: name, files: { [path]: '' }, expect: bad('log') },
      { says: `${said}, torn`, log: name, files: { [path]: base64(raw.slice(0, -1)) }, expect: bad('log') },
      {
        says: `${said}, too long`,
        log: name,
        files: { [path]: base64(Uint8Array.of(...raw, 0)) },
        expect: bad('log'),
      },
    )
    for (const at of [0, raw.length >> 1, raw.length - 1])
      cases.push({
        says: `${said}, byte ${at} changed`,
        log: name,
        files: { [path]: flip(bytes, at) },
        expect: bad('log'),
      })
  }
for (const at of Array.from({ length: 40 }, (_, step) => step * 5)) {
  const raw = fromBase64(late.files.checkpoint ?? '')
  if (at < raw.length - 2)
    cases.push({
      says: `the checkpoint, byte ${at} changed`,
      log: 'late',
      files: { checkpoint: flip(late.files.checkpoint ?? '', at) },
      expect: bad('checkpoint'),
    })
}
for (const [at, record] of whole.records.entries()) {
  const edit = (says: string, edits: readonly Edit[], alarm: Parameters<typeof bad>[0]) =>
    cases.push({
      says: `the account, its record ${at} ${says}`,
      log: 'late',
      account: 'late',
      edits,
      expect: bad(alarm),
    })
  edit('left out', [{ at: `records/${at}`, remove: true }], 'missing')
  edit('with another salt', [{ at: `records/${at}/salt`, set: 'A'.repeat(22) }], 'inclusion')
  edit('elsewhere', [{ at: `records/${at}/index`, set: record.index + 1 }], 'inclusion')
  edit('at another time', [{ at: `records/${at}/logged`, set: record.logged + 1 }], 'inclusion')
  edit('with another text', [{ at: `records/${at}/signed/shown/text`, set: 'はい' }], 'inclusion')
  edit('by another', [{ at: `records/${at}/signed/proofs/0/by`, set: other.id }], 'inclusion')
  edit('without a proof', [{ at: `records/${at}/signed/proofs/0`, remove: true }], 'inclusion')
}
for (const [says, edits] of [
  ['is of another', [{ at: 'party', set: other.id }]],
  ['has no signature', [{ at: 'all', set: `${whole.all.slice(0, whole.all.lastIndexOf('\n\n') + 1)}` }]],
  ['claims another leaf', [{ at: 'all', set: whole.all.replace('"leaves":[', '"leaves":[0,') }]],
  ['claims a greater size', [{ at: 'all', set: whole.all.replace('"size":', '"size":9') }]],
  ['has no records', [{ at: 'records', set: null }]],
] as [string, Edit[]][])
  cases.push({ says: `an account that ${says}`, log: 'late', account: 'late', edits, expect: bad('account') })

const kit: LogKit = { key, logs, accounts: accounts as unknown as Record<string, Json>, cases }
writeFileSync(fileURLToPath(new URL('./logs.json', import.meta.url)), `${JSON.stringify(kit)}\n`)
console.log(`${cases.length} cases of logs and accounts`)

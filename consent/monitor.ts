/**
 * What an actor runs, or somebody for them, to watch the log: nothing was taken out of it, every statement about them
 * stands in it, their keys signed what is said in their name, and these are all. It trusts the log's public key alone.
 */
import { type Account, aboutParty, accountOrigin, type Claim } from './account.ts'
import { equal, text, utf8 } from './bytes.ts'
import { canonical } from './canonical.ts'
import { commitmentOf } from './commitment.ts'
import { type Checkpoint, readCheckpoint } from './log/checkpoint.ts'
import { type NoteVerifier, readKey, readNote } from './log/note.ts'
import { readLog } from './log/read.ts'
import type { Storage } from './log/storage.ts'
import type { Tree } from './log/tree.ts'
import { idOf, proves } from './proof.ts'
import { type PublicKey, type Signed, signed as signedSchema } from './records.ts'

/** What may be wrong, in the order it is looked at, and what that means. */
export const alarms = {
  'log-key': { en: 'The log’s public key is no key.', ja: 'ログの公開鍵が鍵として読めません。' },
  checkpoint: {
    en: 'The log’s checkpoint is missing, or the log’s key has not signed it.',
    ja: 'ログのチェックポイントがないか、ログの鍵で署名されていません。',
  },
  log: {
    en: 'The log’s entries are not those that its checkpoint is of: something in it was changed or taken away.',
    ja: 'ログの中身が署名されたものと一致しません。書き換えまたは削除があります。',
  },
  shrunk: {
    en: 'The log is shorter than it was when you last looked: an older copy was put in its place.',
    ja: 'ログが前回より短くなっています。古い写しに差し替えられています。',
  },
  forked: {
    en: 'The log does not begin with what you saw last: you are shown another history than before.',
    ja: 'ログの先頭が前回見たものと異なります。別の履歴を見せられています。',
  },
  account: {
    en: 'The account is no account of this person, or the log’s key has not signed it.',
    ja: '記録の一覧がこの人のものではないか、ログの鍵で署名されていません。',
  },
  inclusion: {
    en: 'A statement of the account does not stand in the log where it says.',
    ja: '一覧にある記録が、示された場所のログにありません。',
  },
  about: {
    en: 'The account holds a statement that is not about this person, or leaves out one that it refers to.',
    ja: '一覧に、この人に関係のない記録が含まれています。',
  },
  missing: {
    en: 'The statements handed over are not those that were signed for as all there are.',
    ja: '渡された記録が、「これですべて」と署名された一覧と一致しません。',
  },
  signature: {
    en: 'Something is said in this person’s name that none of their keys has signed.',
    ja: '本人の鍵で署名されていないものが、本人の名で記録されています。',
  },
  changed: {
    en: 'An earlier account said something else of the same entries. Keep both files: together they prove it.',
    ja: '以前の一覧と、同じ範囲についての内容が食い違っています。両方のファイルが証拠になります。保管してください。',
  },
  held: {
    en: 'A statement that you hold is not in the account. Keep both files: together they prove it.',
    ja: 'お手元の証明書にある記録が、一覧にありません。両方のファイルが証拠になります。保管してください。',
  },
} as const
export type Alarm = keyof typeof alarms

/** What is remembered from one look to the next. */
export type Seen = { readonly checkpoint: string; readonly claim?: string }
export type Looked =
  | { readonly well: false; readonly alarm: Alarm; readonly why: string }
  | {
      readonly well: true
      readonly size: number
      readonly records: readonly {
        readonly id: string
        readonly index: number
        readonly logged: number
        readonly signed: Signed
      }[]
      readonly asOf?: number
      readonly seen: Seen
    }
export type MonitorWish = {
  readonly storage: Pick<Storage, 'read'>
  /** The log's public key, spelt as a note key. */
  readonly key: string
  readonly seen?: Seen
  /** The text of an account; without one, the log alone is looked at. */
  readonly account?: string
  readonly party?: string
  /** Names of statements that the actor holds receipts of. */
  readonly held?: readonly string[]
}

class Alarmed extends Error {
  readonly alarm: Alarm
  constructor(alarm: Alarm, why: string) {
    super(why)
    this.alarm = alarm
  }
}
function must(holds: boolean, alarm: Alarm, why: string): asserts holds {
  if (!holds) throw new Alarmed(alarm, why)
}

/** Looks once. Throws when the log can't be reached; whatever is wrong with it is an answer. */
export async function monitor(wish: MonitorWish): Promise<Looked> {
  let alarm: Alarm = 'log-key'
  try {
    const key = readKey(wish.key)
    alarm = 'checkpoint'
    const note = await checkpointOf(wish.storage)
    signedBy(note, key)
    alarm = 'log'
    const { tree, entries, now } = await wholeLog(wish.storage, note, key)
    const size = tree.size()
    alarm = 'shrunk'
    if (wish.seen) grown(tree, signedBy(wish.seen.checkpoint, key))
    alarm = 'account'
    const looked = { well: true, size, records: [], seen: { ...wish.seen, checkpoint: now } } as const
    if (wish.account === undefined) return looked
    const account = JSON.parse(wish.account) as Account
    const { body, signatures } = readNote(account.all, [key])
    const claim = claimIn(body, key)
    must(signatures.length > 0 && claim !== undefined, alarm, 'The claim is not signed by the log’s key.')
    must(claim.party === (wish.party ?? account.party), alarm, `It is the account of ${claim.party}.`)
    must(account.party === claim.party, alarm, 'It names two people.')
    const { records } = account
    must(Array.isArray(records), alarm, 'It has no list of records.')
    must(claim.size <= size, 'shrunk', `The account is of ${claim.size} entries, and the log has ${size}.`)
    grown(tree, signedBy(account.checkpoint, key))
    alarm = 'inclusion'
    const said = records.map(({ salt, signed: given, index, logged }) => {
      const signed = signedSchema.parse(given)
      const leaf = utf8(canonical({ commitment: commitmentOf({ salt, signed: given }), logged }))
      must(
        index < claim.size && equal(entries[index] ?? new Uint8Array(), leaf),
        'inclusion',
        `Entry ${index} is another.`,
      )
      return { ...signed.statement, id: idOf(signed), index, logged, signed }
    })
    alarm = 'missing'
    const leaves = said.map(({ index }) => index)
    must(
      canonical(leaves) === canonical(claim.leaves),
      alarm,
      `Signed for: ${claim.leaves.join()}; given: ${leaves.join()}.`,
    )
    must(
      leaves.every((leaf, at) => at === 0 || leaf > (leaves[at - 1] ?? 0)),
      alarm,
      'They are not in the log’s order.',
    )
    alarm = 'about'
    must(aboutParty(said, claim.party).length === said.length, alarm, 'Some of it is about others.')
    alarm = 'signature'
    await ownWords(said, claim.party)
    alarm = 'changed'
    const before =
      wish.seen?.claim === undefined ? undefined : claimIn(readNote(wish.seen.claim, [key]).body, key)
    if (before?.party === claim.party) {
      must(before.size <= claim.size, alarm, `The earlier account is of ${before.size} entries.`)
      const same = claim.leaves.filter(leaf => leaf < before.size)
      must(
        canonical(same) === canonical(before.leaves),
        alarm,
        `Then: ${before.leaves.join()}; now: ${same.join()}.`,
      )
    }
    const lost = (wish.held ?? []).find(id => !said.some(one => one.id === id))
    must(lost === undefined, 'held', `The statement ${lost} is not in it.`)
    return {
      ...looked,
      records: said,
      asOf: claim.asOf,
      seen: { checkpoint: now, claim: account.all },
    }
  } catch (error) {
    if (error instanceof Error && /does not answer|answers \d+/.test(error.message)) throw error
    const why = error instanceof Error ? error.message : String(error)
    return { well: false, alarm: error instanceof Alarmed ? error.alarm : alarm, why }
  }
}

async function checkpointOf(storage: MonitorWish['storage']): Promise<string> {
  const bytes = await storage.read('checkpoint')
  must(bytes !== undefined, 'checkpoint', 'There is no checkpoint.')
  return text(bytes)
}

/** The log as it stands. One that grows while it is read has put its last tile elsewhere: it is read again. */
async function wholeLog(
  storage: MonitorWish['storage'],
  note: string,
  key: NoteVerifier,
  tries = 3,
): Promise<Awaited<ReturnType<typeof readLog>> & { readonly now: string }> {
  try {
    return { ...(await readLog(storage, note, key, key.name)), now: note }
  } catch (error) {
    const newer = await checkpointOf(storage)
    if (newer === note || tries === 0) throw error
    return wholeLog(storage, newer, key, tries - 1)
  }
}

function signedBy(note: string, key: NoteVerifier): Checkpoint {
  const { body, signatures } = readNote(note, [key])
  const checkpoint = readCheckpoint(body)
  must(signatures.length > 0, 'checkpoint', 'The log’s key has not signed it.')
  must(checkpoint.origin === key.name, 'checkpoint', `It is of the log ${checkpoint.origin}.`)
  return checkpoint
}

/** The log begins with what was seen before. All of it is here, so its root is simply worked out again. */
function grown(tree: Tree, before: Checkpoint): void {
  must(before.size <= tree.size(), 'shrunk', `It had ${before.size} entries and has ${tree.size()}.`)
  must(equal(tree.root(before.size), before.root), 'forked', `Its first ${before.size} entries are others.`)
}

function claimIn(body: string, key: NoteVerifier): Claim | undefined {
  const [about, spelt = '', ...rest] = body.split('\n')
  const claim = JSON.parse(spelt) as Claim
  const whole = Array.isArray(claim.leaves) && claim.leaves.every(Number.isSafeInteger)
  const right = about === accountOrigin(key.name) && rest.length === 1 && canonical(claim) === spelt
  return whole && right && Number.isSafeInteger(claim.size) ? claim : undefined
}

type Said = { readonly id: string; readonly signed: Signed }

/** Everything said in this person's name, signed with a key that they then had. Their keys follow from their enrolment. */
async function ownWords(all: readonly Said[], party: string): Promise<void> {
  let keys: readonly PublicKey[] = []
  for (const { id, signed } of all) {
    const { statement, proofs } = signed
    if (id === party && statement.kind === 'party') keys = [statement.key]
    const own = proofs.find(({ by }) => by === party)
    const speaks = id === party || ('by' in statement && statement.by === party)
    must(own !== undefined || !speaks, 'signature', `The statement ${id} is not signed by them.`)
    if (own) must(await proves(signed, own, keys), 'signature', `The signature under ${id} is false.`)
    if (statement.kind === 'keys' && statement.by === party) keys = statement.keys
  }
}

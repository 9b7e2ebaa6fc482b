export { type Account, accountOf } from './account.ts'
export { Inadmissible, objections } from './admit.ts'
export { type Audit, audit } from './audit.ts'
export { canonical } from './canonical.ts'
export { commitmentOf, type Kept, type Leaf } from './commitment.ts'
export type { Book } from './decide.ts'
export type { Plain, SealedFile, Within } from './envelope.ts'
export type { Gate, Grant, Made, Opened, Outlook } from './gate.ts'
export { Forgery, openGate } from './gate.ts'
export { isStop, type Journal, openJournal } from './journal.ts'
export { Closed, decrypt, encrypt, type Kms, readEnvelope, sealedFiles, writeEnvelope } from './kms.ts'
export type { Enter, Ledger, Spent } from './ledger.ts'
export type { Outsider } from './log/ask-witness.ts'
export { type Log, openLog } from './log/log.ts'
export { type NoteSigner, type NoteVerifier, openSigner, readKey, signNote, spellKey } from './log/note.ts'
export { readLog } from './log/read.ts'
export { readOnlyLog } from './log/read-only.ts'
export { remote } from './log/remote.ts'
export { folder, memory, type Storage } from './log/storage.ts'
export { openWitness, type Witness } from './log/witness.ts'
export { openWitnessing, type Witnessing } from './log/witnessing.ts'
export { type Alarm, alarms, type Looked, monitor, type Seen } from './monitor.ts'
export { plainly } from './plain.ts'
export { idOf, keySigned, passkeySigned, prove } from './proof.ts'
export { type Receipt, receiptOf, statusOf } from './receipt.ts'
export {
  type Entry,
  type EntryOf,
  type Kind,
  type Proof,
  readEntry,
  type ShownLanguage,
  type Signed,
  type Statement,
  signed,
  statement as statementShape,
  type Terms,
  terms as termsShape,
} from './records.ts'
export { openRegistry, type Registry, type Told } from './registry.ts'
export type { Act, Alteration, Ask, Content, Prospect, Refusal, RefusalName, Setting, Use } from './terms.ts'
export { acts, alterations, contents, deeds, explain, hour, isRefusal, refusals } from './terms.ts'
export { openVault, type Turned, type Vault } from './vault.ts'
export { type Verdict, verifyReceipt } from './verify.ts'
export { wordingOf } from './wording.ts'
export { digest, wordsOf } from './words.ts'

import { Schema, trusted } from 'mongoose'
import { type Connection, strictly } from './shape.ts'

/** What people need beside the register. Nothing here permits anything: the register and its signatures do. */
export type AskedLine = {
  readonly episode: string
  readonly language: string
  readonly character: string
  readonly line: string
  readonly text: string
  readonly digest: string
}
/** A statement that waits for a guardian's signature beside the first. */
export type Cosign = {
  readonly id: string
  readonly guardian: string
  readonly signed: unknown
  /** Whose account enrols by it. */
  readonly user?: string
}
export type Recording = {
  /** Its name in the vault, or of the sealed statement. */
  readonly id: string
  readonly actor: string
  readonly kind: 'statement' | 'reference'
  /** SHA-256 as base64url. */
  readonly digest: string
  readonly type: string
  readonly at: number
  readonly milliseconds: number
  readonly phrase?: string
  readonly heard?: string
  readonly match?: number
  readonly similarity?: number
  readonly verdict: 'waiting' | 'accepted' | 'rejected'
  readonly by?: string
  readonly note?: string
  /** A spoken statement, sealed for its reviewer, until the verdict. */
  readonly sealed?: string
}
export type Phrase = {
  readonly id: string
  readonly actor: string
  readonly text: string
  readonly ends: number
}

const text = { type: String, required: true } as const
const number = { type: Number, required: true } as const
const personal = new Schema({ _id: text, user: text, legal: text }, strictly('personal'))
const asked = new Schema(
  { _id: text, lines: { type: [Schema.Types.Mixed], required: true } },
  strictly('askedlines'),
)
const cosign = new Schema(
  { _id: text, guardian: text, signed: { type: Schema.Types.Mixed, required: true }, user: String },
  strictly('cosigns'),
)
const recording = new Schema(
  {
    ...{ _id: text, actor: text, kind: text, digest: text, type: text, at: number, milliseconds: number },
    ...{ phrase: String, heard: String, match: Number, similarity: Number },
    ...{ verdict: text, by: String, note: String, sealed: String },
  },
  strictly('voicefiles'),
)
const phrase = new Schema({ _id: text, actor: text, text, ends: number }, strictly('phrases'))
recording.index({ actor: 1, at: 1 })

export type Consents = ReturnType<typeof openConsents>

export function openConsents(connection: Connection, now: () => number) {
  const models = {
    personal: connection.model('Personal', personal),
    asked: connection.model('AskedLines', asked),
    cosigns: connection.model('Cosign', cosign),
    recordings: connection.model('VoiceFile', recording),
    phrases: connection.model('Phrase', phrase),
  }
  return {
    ready: async () => {
      for (const model of Object.values(models)) await model.init()
    },

    /** `legal` is sealed. */
    async keepPersonal(party: string, user: string, legal: string): Promise<void> {
      await models.personal.updateOne({ _id: party }, { $set: { user, legal } }, { upsert: true })
    },
    async personal(party: string): Promise<string | undefined> {
      return (await models.personal.findById(party).lean())?.legal
    },

    async keepLines(request: string, lines: readonly AskedLine[]): Promise<void> {
      await models.asked.updateOne({ _id: request }, { $set: { lines: [...lines] } }, { upsert: true })
    },
    async lines(request: string): Promise<readonly AskedLine[]> {
      return ((await models.asked.findById(request).lean())?.lines ?? []) as AskedLine[]
    },
    async linesOf(requests: readonly string[]): Promise<readonly AskedLine[]> {
      const found = await models.asked.find({ _id: trusted({ $in: [...requests] }) }).lean()
      return found.flatMap(({ lines }) => lines as AskedLine[])
    },

    async keepCosign({ id, guardian, signed, user }: Cosign): Promise<void> {
      await models.cosigns.updateOne(
        { _id: id },
        { $set: { guardian, signed, ...(user && { user }) } },
        { upsert: true },
      )
    },
    async cosign(id: string): Promise<Cosign | undefined> {
      const found = await models.cosigns.findById(id).lean()
      return found ? toCosign(found) : undefined
    },
    async cosignsOf(guardian: string): Promise<readonly Cosign[]> {
      return (await models.cosigns.find({ guardian }).lean()).map(toCosign)
    },
    /** True while somebody's own enrolment waits for their guardian. */
    async enrolmentWaits(user: string): Promise<boolean> {
      return (await models.cosigns.exists({ user })) !== null
    },
    async dropCosign(id: string): Promise<void> {
      await models.cosigns.deleteOne({ _id: id })
    },

    async keepPhrase({ id, actor, text, ends }: Phrase): Promise<void> {
      await models.phrases.deleteMany({ ends: trusted({ $lt: now() }) })
      await models.phrases.create({ _id: id, actor, text, ends })
    },
    /** The phrase, once: whoever comes with it again finds none. */
    async takePhrase(id: string, actor: string): Promise<Phrase | undefined> {
      const found = await models.phrases
        .findOneAndDelete({ _id: id, actor, ends: trusted({ $gt: now() }) })
        .lean()
      return found ? { id, actor, text: found.text, ends: found.ends } : undefined
    },

    async keepRecording({ id, ...rest }: Recording): Promise<void> {
      await models.recordings.create({ _id: id, ...rest })
    },
    async recording(id: string): Promise<Recording | undefined> {
      const found = await models.recordings.findById(id).lean()
      return found ? toRecording(found) : undefined
    },
    async recordingsOf(actor: string): Promise<readonly Recording[]> {
      return (await models.recordings.find({ actor }).sort({ at: 1 }).lean()).map(toRecording)
    },
    async recordingsWaiting(): Promise<readonly Recording[]> {
      return (await models.recordings.find({ verdict: 'waiting' }).sort({ at: 1 }).lean()).map(toRecording)
    },
    /** A verdict falls once, and with it the spoken statement's own sound goes. */
    async judge(
      id: string,
      verdict: 'accepted' | 'rejected',
      by: string,
      note: string | undefined,
    ): Promise<Recording | undefined> {
      const found = await models.recordings
        .findOneAndUpdate(
          { _id: id, verdict: 'waiting' },
          { $set: { verdict, by, ...(note && { note }) }, $unset: { sealed: 1 } },
          { returnDocument: 'after' },
        )
        .lean()
      return found ? toRecording(found) : undefined
    },
    async forgetRecordings(actor: string, until: number): Promise<void> {
      await models.recordings.deleteMany({ actor, at: trusted({ $lte: until }) })
    },
  }
}

const toCosign = (found: {
  _id: string
  guardian: string
  signed?: unknown
  user?: string | null
}): Cosign => ({
  id: found._id,
  guardian: found.guardian,
  signed: found.signed,
  ...(found.user && { user: found.user }),
})

function toRecording({ _id, ...found }: { _id: string } & Record<string, unknown>): Recording {
  const told = Object.entries(found).filter(([, value]) => value !== null && value !== undefined)
  return { id: _id, ...Object.fromEntries(told) } as unknown as Recording
}

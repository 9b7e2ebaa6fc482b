import { Schema, trusted } from 'mongoose'
import { Problem } from '../../pipelines/problem.ts'
import type { Language, LineEdit, LineKind, Ms, Syllable } from '../../pipelines/terms.ts'
import { type Connection, isTaken, strictly } from './shape.ts'

/** What a person set. What is absent is left to the machine. */
export type Change = {
  readonly text?: string
  readonly start?: Ms
  readonly end?: Ms
  readonly speaker?: string
  readonly kind?: LineKind
  /** Empty: nobody's. */
  readonly rights?: string
  readonly screen?: 'on' | 'off' | 'auto'
  readonly sung?: readonly Syllable[]
}
export type Remark = { readonly by: string; readonly at: number; readonly text: string }

/** People's hands on one line of one language. `version` counts the changes; 0 is a line nobody touched. */
export type Worked = {
  readonly line: string
  readonly language: Language
  readonly version: number
  readonly change: Change
  readonly by?: string
  readonly approval?: { readonly by: string; readonly at: number }
  readonly comments: readonly Remark[]
}
export type Place = { readonly episode: string; readonly language: Language; readonly line: string }

const kinds = ['dialogue', 'sign', 'song', 'note', 'narration'] as const satisfies readonly LineKind[]
const changed = {
  text: String,
  start: Number,
  end: Number,
  speaker: String,
  kind: { type: String, enum: kinds },
  rights: String,
  screen: { type: String, enum: ['on', 'off', 'auto'] as const },
  // Checked by the contract, and read as a whole.
  sung: { type: Schema.Types.Mixed },
}
const part = { _id: false, id: false, strict: 'throw' } as const
const schema = new Schema(
  {
    _id: { type: String, required: true },
    episode: { type: String, required: true },
    language: { type: String, required: true },
    line: { type: String, required: true },
    version: { type: Number, required: true },
    ...changed,
    by: String,
    approval: { type: new Schema({ by: String, at: Number }, part) },
    comments: { type: [new Schema({ by: String, at: Number, text: String }, part)], required: true },
    /** Every change as it was made, the first one first. */
    history: {
      type: [new Schema({ ...changed, version: Number, by: String, at: Number }, part)],
      required: true,
    },
  },
  strictly('lines'),
)
schema.index({ episode: 1, language: 1 })

export type Lines = ReturnType<typeof openLines>

export function openLines(connection: Connection, now: () => number) {
  const model = connection.model('Line', schema)
  const after = { returnDocument: 'after' } as const

  /** Makes sure that there is something to compare with. Two who do so at once are as good as one. */
  async function begin({ episode, language, line }: Place): Promise<void> {
    const blank = { episode, language, line, version: 0, comments: [], history: [] }
    try {
      await model.updateOne(
        { _id: keyOf({ episode, language, line }) },
        { $setOnInsert: blank },
        { upsert: true },
      )
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }

  return {
    ready: () => model.init(),

    async of(place: Place): Promise<Worked | undefined> {
      const found = await model.findById(keyOf(place)).lean()
      return found ? toWorked(found) : undefined
    },

    async ofLanguage(episode: string, language: Language): Promise<ReadonlyMap<string, Worked>> {
      const found = await model.find({ episode, language }).lean()
      return new Map(found.map(line => [line.line, toWorked(line)]))
    },

    async ofEpisode(episode: string): Promise<readonly Worked[]> {
      return (await model.find({ episode }).lean()).map(toWorked)
    },

    /** What people changed, as the journey takes it: always in the same order. */
    async edits(episode: string): Promise<readonly LineEdit[]> {
      const found = await model
        .find({ episode, version: trusted({ $gt: 0 }) })
        .sort({ _id: 1 })
        .lean()
      return found
        .map(toWorked)
        .map(({ line, language, version, change }) => ({ line, language, version, ...change }))
    },

    /**
     * Changes the line if it still is the version that its editor saw; nothing otherwise, and nothing is lost.
     * @throws Problem `line-approved`
     */
    async edit(place: Place, seen: number, change: Change, by: string): Promise<Worked | undefined> {
      await begin(place)
      const found = await model
        .findOneAndUpdate(
          { _id: keyOf(place), version: seen, approval: null },
          { $set: { ...change, by }, ...counted(change, seen, by, now()) },
          after,
        )
        .lean()
      if (found) return toWorked(found)
      if (await model.exists({ _id: keyOf(place), approval: trusted({ $ne: null }) }))
        throw new Problem('line-approved')
      return undefined
    },

    /** Approves the version that was seen. `kept` is what the machine said of it so far: approved, it is a person's. */
    async approve(place: Place, seen: number, kept: Change, by: string): Promise<Worked | undefined> {
      await begin(place)
      const approval = { by, at: now() }
      const pins = Object.keys(kept).length > 0
      const found = await model
        .findOneAndUpdate(
          { _id: keyOf(place), version: seen, approval: null },
          { $set: { ...kept, approval }, ...(pins ? counted(kept, seen, by, now()) : {}) },
          after,
        )
        .lean()
      return found ? toWorked(found) : undefined
    },

    async reopen(place: Place, seen: number): Promise<Worked | undefined> {
      const found = await model
        .findOneAndUpdate({ _id: keyOf(place), version: seen }, { $unset: { approval: 1 } }, after)
        .lean()
      return found ? toWorked(found) : undefined
    },

    async comment(place: Place, by: string, text: string): Promise<void> {
      await begin(place)
      await model.updateOne({ _id: keyOf(place) }, { $push: { comments: { by, at: now(), text } } })
    },

    /** Every change of a line, the first one first. */
    async history(place: Place): Promise<readonly (Change & { version: number; by: string; at: number })[]> {
      const found = await model.findById(keyOf(place)).lean()
      return (found?.history ?? []).map(entry => ({
        version: entry.version ?? 0,
        by: entry.by ?? '',
        at: entry.at ?? 0,
        ...toChange(entry),
      }))
    },
  }
}

/** JSON keeps the parts apart, whatever stands in them. */
const keyOf = ({ episode, language, line }: Place) => JSON.stringify([episode, language, line])

const counted = (change: Change, seen: number, by: string, at: number) => ({
  $inc: { version: 1 },
  $push: { history: { ...change, version: seen + 1, by, at } },
})

/** What is kept of a change: how it is sung is no model's to know. */
type Kept = Omit<Change, 'sung'> & { readonly sung?: unknown }
type Loose<T> = { readonly [K in keyof T]?: T[K] | null }
type Found = Loose<Kept> & {
  readonly line: string
  readonly language: string
  readonly version: number
  readonly by?: string | null
  readonly approval?: Loose<{ by: string; at: number }> | null
  readonly comments: readonly Loose<Remark>[]
}

function toWorked(found: Found): Worked {
  const { line, language, version, by, approval, comments } = found
  return {
    line,
    language,
    version,
    change: toChange(found),
    ...(by ? { by } : {}),
    ...(approval?.by ? { approval: { by: approval.by, at: approval.at ?? 0 } } : {}),
    comments: comments.map(remark => ({ by: remark.by ?? '', at: remark.at ?? 0, text: remark.text ?? '' })),
  }
}

function toChange({ text, start, end, speaker, kind, rights, screen, sung }: Loose<Kept>): Change {
  return {
    ...(text != null && { text }),
    ...(start != null && { start }),
    ...(end != null && { end }),
    ...(speaker != null && { speaker }),
    ...(kind != null && { kind }),
    ...(rights != null && { rights }),
    ...(screen != null && { screen }),
    ...(sung != null && { sung: sung as readonly Syllable[] }),
  }
}

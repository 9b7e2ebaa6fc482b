import { Schema, trusted } from 'mongoose'
import { Problem } from '../../pipelines/problem.ts'
import type { Digest, Language, LineEdit, LineKind, Ms } from '../../pipelines/terms.ts'
import { type Connection, isTaken, strictly } from './shape.ts'
import { type Change, toChange, toWorked, type Worked } from './worked.ts'

export type { Change, Worked } from './worked.ts'

/** How lines came to stand in a later master: by how much each moved, and which of them people have to look at again. */
export type Moves = {
  readonly master: Digest
  readonly offsets: ReadonlyMap<string, Ms>
  readonly reopened: readonly string[]
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
    /** The master it was last carried over to: never twice to the same. */
    master: String,
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

    /** Takes people's times to where the lines went, and approvals off those that reopen; the rest stays as it is. */
    async carry(episode: string, { master, offsets, reopened }: Moves, by: string): Promise<void> {
      const reopens = new Set(reopened)
      const carried = async (key: string): Promise<void> => {
        const found = await model.findOne({ _id: key, master: trusted({ $ne: master }) }).lean()
        if (!found) return
        const { line, version, change } = toWorked(found)
        const times = movedBy(offsets.get(line) ?? 0, change)
        const moves = Object.keys(times).length > 0
        const done = await model.updateOne(
          { _id: key, version },
          {
            $set: { ...times, master },
            ...(moves && counted(times, version, by, now())),
            ...(reopens.has(line) && { $unset: { approval: 1 } }),
          },
        )
        // Somebody changed it meanwhile: theirs are times of the earlier master, too.
        if (done.matchedCount === 0) await carried(key)
      }
      for (const { _id } of await model.find({ episode }, { _id: 1 }).lean()) await carried(_id)
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

function movedBy(offset: Ms, { start, end }: Change): Pick<Change, 'start' | 'end'> {
  if (offset === 0) return {}
  return {
    ...(start !== undefined && { start: Math.max(0, start + offset) }),
    ...(end !== undefined && { end: Math.max(1, end + offset) }),
  }
}

/** JSON keeps the parts apart, whatever stands in them. */
const keyOf = ({ episode, language, line }: Place) => JSON.stringify([episode, language, line])

const counted = (change: Change, seen: number, by: string, at: number) => ({
  $inc: { version: 1 },
  $push: { history: { ...change, version: seen + 1, by, at } },
})

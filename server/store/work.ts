/**
 * The machine's side of an episode: what is asked of it, how far it is, what it has made. People's side stands in
 * episodes.ts and lines.ts; neither writes the other's. One document an episode, so that claiming the work, keeping
 * the lease and saving the draft are each a single atomic write that names the claim's token.
 */
import { type Connection, trusted } from 'mongoose'
import type { Blob, Digest } from '../../pipelines/terms.ts'
import type { ProblemView, StepView } from '../contract.ts'
import { type Claim, toWork, type Work, type WorkState, workSchema } from './work-record.ts'

export type { Claim, Work, WorkState } from './work-record.ts'

/** Longer than a worker is ever busy between two heartbeats, shorter than a person waits after a crash. */
const leaseMs = 30_000
/** A worker that died this often on the same episode will die again. */
const mostDeaths = 5

export type WorkStore = ReturnType<typeof openWork>

export function openWork(connection: Connection, now: () => number) {
  const model = connection.model('Work', workSchema)
  const mine = ({ episode, token }: Claim) => ({ _id: episode, token })

  return {
    async of(episode: string): Promise<Work | undefined> {
      const found = await model.findById(episode).lean()
      return found ? toWork(found) : undefined
    },

    async ofAll(episodes: readonly string[]): Promise<readonly Work[]> {
      return (await model.find({ _id: trusted({ $in: [...episodes] }) }).lean()).map(toWork)
    },

    /**
     * Asks for the episode to be made, or made again. What runs already goes on and is followed by another round.
     * Whoever asks for the parcel gets it of the last word: it stays asked for until an end has nothing after it.
     */
    async ask(episode: string, asker?: string, parcel = false): Promise<void> {
      await model.updateOne(
        { _id: episode },
        {
          $inc: { asked: 1 },
          $set: {
            cancel: false,
            deaths: 0,
            ...(asker !== undefined && { asker }),
            ...(parcel && { parcel }),
          },
          $setOnInsert: { state: 'waiting', served: 0, steps: [] },
        },
        { upsert: true },
      )
      await model.updateOne(
        { _id: episode, state: trusted({ $ne: 'running' }) },
        { $set: { state: 'waiting' }, $pull: { steps: { state: 'failed' } } },
      )
    },

    /** Asks the running worker to stop; work that nobody has begun is cancelled at once. */
    async cancel(episode: string): Promise<void> {
      await model.updateOne({ _id: episode, state: 'running' }, { $set: { cancel: true } })
      await model.updateOne(
        { _id: episode, state: 'waiting' },
        { $set: { state: 'cancelled' }, $unset: { parcel: 1 } },
      )
    },

    /** Takes the next episode that waits, or whose worker fell silent. The token fences off every earlier claim. */
    async claim(token: string): Promise<Claim | undefined> {
      const found = await model
        .findOneAndUpdate(
          { $or: [{ state: 'waiting' }, { state: 'running', lease: trusted({ $lt: now() }) }] },
          {
            $set: { state: 'running', token, lease: now() + leaseMs },
            $unset: { problem: 1 },
            $inc: { deaths: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean()
      if (!found) return undefined
      const claim = {
        ...{ episode: found._id ?? '', token, asked: found.asked },
        ...(found.asker && { asker: found.asker }),
        ...(found.parcel && { parcel: true }),
      }
      if (found.deaths <= mostDeaths && !found.cancel) return claim
      await model.updateOne(mine(claim), {
        $set: found.cancel
          ? { state: 'cancelled', cancel: false }
          : {
              state: 'failed',
              problem: {
                code: 'fault',
                says: 'The worker died on it again and again.',
                mend: 'See the log, then start it again.',
                figures: { times: mostDeaths },
              },
            },
        $unset: { token: 1, lease: 1, parcel: 1 },
      })
      return undefined
    },

    /** Keeps the lease. False when it was lost or the person wants it stopped: then stop. */
    async beat(claim: Claim, steps?: readonly StepView[]): Promise<'go' | 'stop' | 'lost'> {
      const found = await model
        .findOneAndUpdate(
          mine(claim),
          { $set: { lease: now() + leaseMs, ...(steps && { steps: [...steps] }) } },
          { returnDocument: 'after' },
        )
        .lean()
      return found ? (found.cancel ? 'stop' : 'go') : 'lost'
    },

    async saveDraft(claim: Claim, draft: Blob, steps: readonly StepView[]): Promise<boolean> {
      const done = await model.updateOne(mine(claim), {
        $set: { draft, steps: [...steps], deaths: 1 },
        $addToSet: { drafts: draft.digest },
      })
      return done.matchedCount === 1
    },

    async dropDrafts(episode: string, drafts: readonly Digest[]): Promise<void> {
      await model.updateOne({ _id: episode }, { $pull: { drafts: trusted({ $in: [...drafts] }) } })
    },

    /** Ends the claim. Asks that came meanwhile make it wait for another round. */
    async finish(
      claim: Claim,
      end: {
        readonly state: 'ready' | 'failed' | 'cancelled'
        readonly steps: readonly StepView[]
        readonly problem?: ProblemView
      },
    ): Promise<WorkState | undefined> {
      const free = { $unset: { token: 1, lease: 1, ...(end.problem ? {} : { problem: 1 }) } }
      const set = {
        served: claim.asked,
        cancel: false,
        deaths: 0,
        steps: [...end.steps],
        ...(end.problem && { problem: end.problem }),
      }
      // A person who cancelled and then asked again wants it made; one who only cancelled does not.
      const more = {
        asked: trusted({ $gt: claim.asked }),
        ...(end.state === 'cancelled' && { cancel: false }),
      }
      const again = await model.updateOne(
        { ...mine(claim), ...more },
        { $set: { ...set, state: 'waiting' }, ...free },
      )
      if (again.matchedCount === 1) return 'waiting'
      const ended = await model.updateOne(
        { ...mine(claim), ...(end.state !== 'cancelled' && { asked: claim.asked }) },
        { $set: { ...set, state: end.state }, $unset: { ...free.$unset, parcel: 1 } },
      )
      if (ended.matchedCount === 1) return end.state
      // An ask slipped in between the two writes, or the claim was lost: the first is seen by trying once more.
      const late = await model.updateOne(mine(claim), { $set: { ...set, state: 'waiting' }, ...free })
      return late.matchedCount === 1 ? 'waiting' : undefined
    },

    /** The worker of these claims, or every worker, is known to be dead: nobody need wait for its lease. */
    async release(worker?: string): Promise<void> {
      const dead = await model.find({ state: 'running' }).lean()
      for (const { _id, token } of dead)
        if (token && (worker === undefined || token.startsWith(`${worker}:`)))
          await model.updateOne({ _id, token }, { $set: { lease: 0 } })
    },

    /** Episodes that a worker should be at. */
    async pending(): Promise<number> {
      return model.countDocuments({ state: trusted({ $in: ['waiting', 'running'] }) })
    },
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { Problem } from '../../pipelines/problem.ts'
import type { Session } from '../auth.ts'
import type { Consent } from '../consent/open.ts'
import { nameOf } from '../consent/people.ts'
import { likeness, newPhrase } from '../consent/phrase.ts'
import { pathShapes, type RecordingView } from '../contract.ts'
import { missing } from '../known.ts'
import { openLimit } from '../limit.ts'
import type { Consents, Recording } from '../store/consents.ts'
import type { RecordingStore } from '../store/recordings.ts'
import type { Deeds } from './deed.ts'
import { mine } from './saying.ts'

export type VoiceParts = {
  readonly consent: Pick<Consent, 'registry' | 'vault' | 'personal' | 'company'>
  readonly consents: Consents
  /** What persons' engines speak after: accepted recordings alone. */
  readonly recordings: Pick<RecordingStore, 'add'>
  readonly now: () => number
  /** Reads a hostile file as a recording. @throws Problem */
  readonly read: (
    path: string,
    folder: string,
  ) => Promise<{ readonly wav: Uint8Array; readonly milliseconds: number; readonly ears: string }>
  /** What a model hears in a file of 16 kHz; none where no model is installed. */
  readonly hear?: (ears: string, milliseconds: number) => Promise<string>
  readonly admit: (request: Request, may: readonly ('actor' | 'reviewer' | 'lead')[]) => Promise<Session>
}

const phraseMs = 15 * 60_000
const hourMs = 3_600_000
const largest = 20_000_000
const kind = z.object({ phrase: pathShapes.phrase.optional() })

/**
 * Recordings of an actor's voice. A spoken statement comes first, read from a phrase nobody could foresee, and then what
 * the voice is known by. A model may say how much of the phrase it heard; whether it is the actor a person decides.
 */
export function openVoiceRoutes({ consent, consents, recordings, now, read, hear, admit }: VoiceParts) {
  const phrases = openLimit(30, hourMs, now)
  const uploads = openLimit(60, hourMs, now)
  const raw = express.raw({ type: () => true, limit: largest })

  const view = ({ id, ...one }: Recording): RecordingView => ({
    ...{ id, actor: one.actor, actorName: nameOf(consent.registry.entries(), one.actor), kind: one.kind },
    ...{ at: one.at, milliseconds: one.milliseconds, verdict: one.verdict },
    ...(one.phrase !== undefined && { phrase: one.phrase }),
    ...(one.heard !== undefined && { heard: one.heard }),
    ...(one.match !== undefined && { match: one.match }),
    ...(one.similarity !== undefined && { similarity: one.similarity }),
    ...(one.sealed !== undefined && { url: `/api/consent/voice/${id}/sound` }),
  })

  async function keep(actor: string, phrase: string | undefined, folder: string): Promise<Recording> {
    const { wav, milliseconds, ears } = await read(join(folder, 'sent'), folder)
    const sound = createHash('sha256').update(wav).digest('base64url')
    const facts = {
      actor,
      digest: sound,
      type: 'audio/wav',
      at: now(),
      milliseconds,
      verdict: 'waiting',
    } as const
    if (phrase === undefined) return { id: await consent.vault.seal(actor, wav), kind: 'reference', ...facts }
    const heard = await hear?.(ears, milliseconds).catch(() => undefined)
    const sealed = await consent.personal.seal(actor, wav)
    return {
      id: randomBytes(32).toString('base64url'),
      ...{ kind: 'statement', ...facts, phrase, sealed: Buffer.from(sealed).toString('base64') },
      ...(heard !== undefined && { heard, match: likeness(heard, phrase) }),
    }
  }

  const take: RequestHandler = async (request, response) => {
    const { user } = await admit(request, ['actor'])
    const actor = mine(user)
    uploads.take(actor)
    const { phrase: id } = kind.parse(request.query)
    await new Promise<void>((done, fail) => raw(request, response, error => (error ? fail(error) : done())))
    if (!Buffer.isBuffer(request.body) || request.body.length === 0)
      throw new Problem('recording-refused', { reason: 'there is nothing in it' })
    const phrase = id === undefined ? undefined : await consents.takePhrase(id, actor)
    if (id !== undefined && !phrase)
      throw new Problem('recording-refused', { reason: 'its phrase is too old or was used already' })
    const spoken = (await consents.recordingsOf(actor)).some(
      ({ kind, verdict }) => kind === 'statement' && verdict !== 'rejected',
    )
    if (!phrase && !spoken)
      throw new Problem('recording-refused', { reason: 'the phrase is to be read first' })
    const folder = await mkdtemp(join(tmpdir(), 'kotodama-voice-'))
    try {
      await writeFile(join(folder, 'sent'), request.body, { mode: 0o600 })
      const kept = await keep(actor, phrase?.text, folder)
      await consents.keepRecording(kept)
      response.set('cache-control', 'no-store').json(view(kept))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** The spoken statement alone, for who judges it and for its speaker. What a voice is known by is heard by no route. */
  const sound: RequestHandler = async (request, response: Response) => {
    const { user } = await admit(request, ['actor', 'reviewer', 'lead'])
    const id = pathShapes.recording.parse(request.params.recording)
    const found = await consents.recording(id)
    const judge = user.roles.some(role => role === 'reviewer' || role === 'lead')
    if (!found?.sealed || !(judge || found.actor === user.party)) return missing('recording', id)
    const wav = await consent.personal.open(found.actor, Buffer.from(found.sealed, 'base64'))
    response
      .set({
        'content-type': 'audio/wav',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(Buffer.from(wav))
  }

  const deeds: Pick<Deeds, 'newPhrase' | 'recordings' | 'judgeRecording'> = {
    newPhrase: async ({ session: { user } }) => {
      const actor = mine(user)
      phrases.take(actor)
      const name = nameOf(consent.registry.entries(), actor)
      const text = newPhrase(consent.company?.name ?? '', name, now())
      const id = randomBytes(32).toString('base64url')
      const ends = now() + phraseMs
      await consents.keepPhrase({ id, actor, text, ends })
      return { phrase: id, text, ends }
    },

    recordings: async ({ session: { user } }) => {
      const judge = user.roles.some(role => role === 'reviewer' || role === 'lead')
      const found = judge ? await consents.recordingsWaiting() : await consents.recordingsOf(mine(user))
      return found.map(view)
    },

    judgeRecording: async ({ session: { user }, where, body }) => {
      const known = await consents.recording(where.recording)
      if (!known) return missing('recording', where.recording)
      // Nobody judges their own voice.
      if (known.actor === user.party) throw new Problem('not-allowed', { role: 'another reviewer' })
      const statement = (await consents.recordingsOf(known.actor)).some(
        ({ kind, verdict }) => kind === 'statement' && verdict === 'accepted',
      )
      if (body.accepted && known.kind === 'reference' && !statement)
        throw new Problem('recording-refused', { reason: 'the spoken statement is judged first' })
      const verdict = body.accepted ? 'accepted' : 'rejected'
      const judged = await consents.judge(known.id, verdict, user.id, body.note)
      if (!judged) return missing('recording', known.id)
      const { id: name, actor, digest } = judged
      if (judged.kind === 'reference' && body.accepted) await recordings.add({ name, actor, digest })
      return view(judged)
    },
  }
  return { deeds, take, sound }
}

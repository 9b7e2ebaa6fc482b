import type { Request, RequestHandler, Response } from 'express'
import type { Opened, Heard as Said } from '../pipelines/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, Draft, FittedLine, Language, Release, Take } from '../pipelines/terms.ts'
import type { Session } from './auth.ts'
import type { Streams } from './consent/streams.ts'
import { pathShapes } from './contract.ts'
import { type Catalogue, type Heard, type Kept, listFiles } from './heard-files.ts'
import { type Library, missing } from './known.ts'
import { sendSealed } from './sealed-file.ts'
import type { DeliveryStore } from './store/deliveries.ts'

/** Where something is said. */
export type Scene = {
  readonly title: string
  readonly episode: string
  readonly language: Language
} & Partial<Release>
/** Asked at the moment of every use: gives back the takes, those that may not be used as withheld ones. */
export type LastLook = (
  act: 'hear' | 'deliver',
  scene: Scene,
  lines: readonly FittedLine[],
  takes: readonly Take[],
) => Promise<readonly Take[]>

/** Opens a sealed file that lies at a path, if every line in it may be used so at this moment. */
export type Unveil = (
  act: 'hear' | 'deliver',
  heard: readonly Said[],
  path: string,
) => Promise<Opened | { readonly withheld: string }>

export type FileParts = {
  readonly library: Library
  readonly lastLook: LastLook
  readonly unveil: Unveil
  /** Knows what is being sent, so that it can be cut off. */
  readonly streams: Streams
  readonly deliveries: Pick<DeliveryStore, 'add'>
  readonly now: () => number
  /** A path at which a kept blob can be read. */
  readonly file: (blob: Blob) => Promise<string>
  /** Lets the one who asks in, or throws. */
  readonly admit: (request: Request) => Promise<Session>
}

/** The files of an episode, and nothing that does not belong to it. No folder is served, so no path can lead out of one. */
export function openFiles(parts: FileParts) {
  const { library, lastLook, file, admit } = parts
  const plays = openPlays(parts.now)
  const catalogues = new WeakMap<object, Catalogue>()

  function catalogueOf(draft: Partial<Draft>): Catalogue {
    const catalogue = catalogues.get(draft) ?? listFiles(draft)
    catalogues.set(draft, catalogue)
    return catalogue
  }

  /** What is said in it, and where it goes when it is delivered. */
  async function saidIn(
    act: 'hear' | 'deliver',
    id: string,
    heard: readonly Heard[],
  ): Promise<readonly Voiced[]> {
    const episode = await library.episode(id)
    const { title, release } = await library.series(episode.series)
    return heard.map(({ version: { fitted }, takes }) => ({
      scene: {
        ...{ title, episode: episode.number, language: fitted.language },
        ...(act === 'deliver' && release),
      },
      lines: fitted.lines,
      takes,
    }))
  }

  /** @throws Problem `voice-withheld` when a voice in it may not be heard any more */
  async function look(act: 'hear' | 'deliver', id: string, { heard }: Kept): Promise<void> {
    if (heard.length === 0) return
    for (const { scene, lines, takes } of await saidIn(act, id, heard)) {
      const looked = await lastLook(act, scene, lines, takes)
      const shut = looked.find(take => take.state === 'withheld')
      if (shut || looked.length < takes.length)
        throw new Problem('voice-withheld', { refusal: shut?.refusal ?? 'unknown' })
    }
  }

  /** Opens what people say in it, enters it as used, and sends it for as long as nobody takes their yes back. */
  async function sendOpened(
    act: 'hear' | 'deliver',
    where: { readonly episode: string; readonly name?: string },
    session: Session,
    request: Request,
    response: Response,
    { blob, heard }: Kept,
  ): Promise<void> {
    const { sealed } = blob
    if (!sealed) return
    // Before the look already: what is taken back while it is opened ends this answer too.
    parts.streams.hold(response, sealed.actors)
    const opened = await parts.unveil(act, await saidIn(act, where.episode, heard), await file(blob))
    if ('withheld' in opened) throw new Problem('voice-withheld', { refusal: opened.withheld })
    try {
      // What lies in it counts, and not what the draft says of it.
      parts.streams.hold(response, opened.actors)
      const { id, name } = session.user
      if (act === 'deliver' || plays.isNew(`${id} ${blob.digest}`)) {
        const refusal = await opened.note(name, sealed.digest)
        if (refusal) throw new Problem('voice-withheld', { refusal })
      }
      if (act === 'deliver')
        await parts.deliveries.add({
          ...{ episode: where.episode, name: where.name ?? '', digest: sealed.digest },
          ...{ actors: sealed.actors, entries: sealed.entries, recipient: id, called: name },
        })
      head(response, blob, true)
      await sendSealed(request, response, opened)
    } finally {
      await opened.close()
    }
  }

  async function send(response: Response, { blob, heard }: Kept): Promise<void> {
    head(response, blob, heard.length > 0)
    const path = await file(blob)
    await new Promise<void>((done, fail) => {
      const settings = { dotfiles: 'allow', cacheControl: false, lastModified: false } as const
      response.sendFile(path, settings, error => {
        // An error after the answer began is a listener who went away: no news.
        if (!error || response.headersSent) done()
        else if ('status' in error && error.status === 416) done(beyond(response, blob))
        else fail(error)
      })
    })
  }

  async function serve(
    request: Request,
    response: Response,
    session: Session,
    episode: string,
    digest: string,
  ): Promise<void> {
    const kept = catalogueOf(await library.draft(episode)).byDigest.get(digest) ?? missing('file', digest)
    if (kept.blob.sealed) return sendOpened('hear', { episode }, session, request, response, kept)
    await look('hear', episode, kept)
    await send(response, kept)
  }

  return {
    /** Answers somebody who was let in already, when everybody in it may be heard. */
    serve,

    blob: (async (request, response) => {
      const session = await admit(request)
      const episode = pathShapes.episode.parse(request.params.episode)
      const digest = pathShapes.digest.parse(request.params.digest)
      await serve(request, response, session, episode, digest)
    }) satisfies RequestHandler,

    named: (async (request, response) => {
      const session = await admit(request)
      const episode = pathShapes.episode.parse(request.params.episode)
      const name = pathShapes.name.parse(request.params.name)
      const kept = catalogueOf(await library.parcelled(episode)).byName.get(name) ?? missing('file', name)
      response.attachment(name)
      if (kept.blob.sealed) return sendOpened('deliver', { episode, name }, session, request, response, kept)
      await look('deliver', episode, kept)
      await send(response, kept)
    }) satisfies RequestHandler,
  }
}

type Voiced = {
  readonly scene: Scene
  readonly lines: readonly FittedLine[]
  readonly takes: readonly Take[]
}

function head(response: Response, blob: Blob, voiced: boolean): void {
  response.set({
    'content-type': typeOf(blob.type),
    etag: `"${blob.sealed?.digest ?? blob.digest}"`,
    'x-content-type-options': 'nosniff',
    // Whatever a file holds, it is no page of ours.
    'content-security-policy': "default-src 'none'; sandbox",
    // What somebody says is nobody's to keep: not the browser's, and no proxy's on the way.
    'cache-control': voiced ? 'private, no-store' : 'private, no-cache',
  })
}

/** Ranges of the same file that one person asks for one after the other are one listening. */
const listening = 10 * 60_000
const mostPlays = 10_000

function openPlays(now: () => number) {
  const since = new Map<string, number>()
  return {
    isNew(play: string): boolean {
      const [at, before] = [now(), since.get(play)]
      if (before !== undefined && at - before < listening) return false
      since.delete(play)
      since.set(play, at)
      for (const oldest of since.keys()) if (since.size > mostPlays) since.delete(oldest)
      return true
    },
  }
}

/** A range behind the end of a file is answered with where its end is (RFC 9110, 15.5.17). */
function beyond(response: Response, { bytes }: Blob): void {
  response.status(416).set('content-range', `bytes */${bytes}`).end()
}

/** What a browser would run is handed out as bytes. */
function typeOf(type: string): string {
  if (/^(audio|video)\/[\w.+-]+$/.test(type) || /^image\/(png|jpeg|webp|avif)$/.test(type)) return type
  if (/^text\/(plain|vtt|x-ssa|x-ass)$/.test(type)) return `${type}; charset=utf-8`
  return type === 'application/json' ? type : 'application/octet-stream'
}

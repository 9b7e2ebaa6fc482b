import type { Request, RequestHandler, Response } from 'express'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, Draft, FittedLine, Language, Take, Version } from '../pipelines/terms.ts'
import type { Session } from './auth.ts'
import { pathShapes } from './contract.ts'
import { type Library, missing } from './known.ts'

/** Where something is said. */
export type Scene = { readonly title: string; readonly episode: string; readonly language: Language }
/** Asked at the moment of every use: gives back the takes, those that may not be used as withheld ones. */
export type LastLook = (
  act: 'hear' | 'deliver',
  scene: Scene,
  lines: readonly FittedLine[],
  takes: readonly Take[],
) => Promise<readonly Take[]>

export type FileParts = {
  readonly library: Library
  readonly lastLook: LastLook
  /** A path at which a kept blob can be read. */
  readonly file: (blob: Blob) => Promise<string>
  /** Lets the one who asks in, or throws. */
  readonly admit: (request: Request) => Promise<Session>
}

/** What can be heard in a file: these takes of this version. */
type Heard = { readonly version: Version; readonly takes: readonly Take[] }
type Kept = { readonly blob: Blob; readonly heard: readonly Heard[] }
type Catalogue = { readonly byDigest: ReadonlyMap<string, Kept>; readonly byName: ReadonlyMap<string, Kept> }

/** The files of an episode, and nothing that does not belong to it. No folder is served, so no path can lead out of one. */
export function openFiles({ library, lastLook, file, admit }: FileParts) {
  const catalogues = new WeakMap<object, Catalogue>()

  async function catalogueOf(episode: string): Promise<Catalogue> {
    const draft = await library.draft(episode)
    const catalogue = catalogues.get(draft) ?? listFiles(draft)
    catalogues.set(draft, catalogue)
    return catalogue
  }

  /** @throws Problem `voice-withheld` when a voice in it may not be heard any more */
  async function look(act: 'hear' | 'deliver', id: string, { heard }: Kept): Promise<void> {
    if (heard.length === 0) return
    const episode = await library.episode(id)
    const { title } = await library.series(episode.series)
    for (const { version, takes } of heard) {
      const { lines, language } = version.fitted
      const looked = await lastLook(act, { title, episode: episode.number, language }, lines, takes)
      const shut = looked.find(take => take.state === 'withheld')
      if (shut || looked.length < takes.length)
        throw new Problem('voice-withheld', { refusal: shut?.refusal ?? 'unknown' })
    }
  }

  async function send(response: Response, { blob, heard }: Kept): Promise<void> {
    response.set({
      'content-type': typeOf(blob.type),
      etag: `"${blob.digest}"`,
      'x-content-type-options': 'nosniff',
      // Whatever a file holds, it is no page of ours.
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': heard.length > 0 ? 'private, no-store' : 'private, no-cache',
    })
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

  return {
    blob: (async (request, response) => {
      await admit(request)
      const episode = pathShapes.episode.parse(request.params.episode)
      const digest = pathShapes.digest.parse(request.params.digest)
      const kept = (await catalogueOf(episode)).byDigest.get(digest) ?? missing('file', digest)
      await look('hear', episode, kept)
      await send(response, kept)
    }) satisfies RequestHandler,

    named: (async (request, response) => {
      await admit(request)
      const episode = pathShapes.episode.parse(request.params.episode)
      const name = pathShapes.name.parse(request.params.name)
      const kept = (await catalogueOf(episode)).byName.get(name) ?? missing('file', name)
      await look('deliver', episode, kept)
      response.attachment(name)
      await send(response, kept)
    }) satisfies RequestHandler,
  }
}

/** A range behind the end of a file is answered with where its end is (RFC 9110, 15.5.17). */
function beyond(response: Response, { bytes }: Blob): void {
  response.status(416).set('content-range', `bytes */${bytes}`).end()
}

/** Every file of a draft that people may fetch, with the voices in it. */
export function listFiles({ media, original, versions = [], files = [] }: Partial<Draft>): Catalogue {
  const silent = (blob: Blob): Kept => ({ blob, heard: [] })
  const everybody = versions.map(version => ({ version, takes: spoken(version) }))
  const named = files.map(({ name, file }): [string, Kept] => [
    name,
    { blob: file, heard: sounds(file) ? everybody : [] },
  ])
  const all = [
    ...(media ? [media.original, ...(media.proxy ? [media.proxy] : [])].map(silent) : []),
    ...(media?.thumbnails ?? []).map(({ picture }) => silent(picture)),
    ...(media?.peaks ?? []).map(({ pairs }) => silent(pairs)),
    ...[...(original?.files ?? []), ...versions.flatMap(version => version.files)].map(({ file }) =>
      silent(file),
    ),
    ...versions.flatMap(version =>
      version.dub.regions.map(region => ({
        blob: region.sound,
        heard: [
          {
            version,
            takes: spoken(version).filter(take => take.start < region.end && region.start < take.end),
          },
        ],
      })),
    ),
    ...versions.flatMap(version =>
      spoken(version).map(take => ({ blob: take.sound, heard: [{ version, takes: [take] }] })),
    ),
  ]
  return { byDigest: new Map(merged(all).map(kept => [kept.blob.digest, kept])), byName: new Map(named) }
}

/** The same bytes may stand in two places: then everybody who is heard in either is asked for. */
function merged(all: readonly Kept[]): readonly Kept[] {
  const found = new Map<string, Kept>()
  for (const { blob, heard } of all) {
    const before = found.get(blob.digest)
    found.set(blob.digest, { blob, heard: [...(before?.heard ?? []), ...heard] })
  }
  return [...found.values()]
}

const spoken = ({ dub }: Version) => dub.takes.filter(take => take.state === 'spoken')

/** Text alone is silent. Anything else that is handed over by name may have every voice of the episode in it. */
const sounds = ({ type }: Blob) => !/^text\/|^application\/(json|x-subrip|ttml\+xml)$/.test(type)

/** What a browser would run is handed out as bytes. */
function typeOf(type: string): string {
  if (/^(audio|video)\/[\w.+-]+$/.test(type) || /^image\/(png|jpeg|webp|avif)$/.test(type)) return type
  if (/^text\/(plain|vtt|x-ssa|x-ass)$/.test(type)) return `${type}; charset=utf-8`
  return type === 'application/json' ? type : 'application/octet-stream'
}

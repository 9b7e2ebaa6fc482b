import { mkdirSync, rmSync } from 'node:fs'
import { link, mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { Request, RequestHandler } from 'express'
import { Problem } from '../pipelines/problem.ts'
import type { Blob } from '../pipelines/terms.ts'
import type { Session } from './auth.ts'
import { pathShapes } from './contract.ts'
import { type Fault, named, statuses } from './problem.ts'

export type Uploads = ReturnType<typeof openUploads>

/** A finished upload of somebody's. */
export type Upload = { readonly id: string; readonly name: string; readonly path: string }

export type UploadParts = {
  /** The folder of unfinished and unused uploads, on the same disk as the blobs. */
  readonly folder: string
  readonly bytes: number
  /** What nobody used for so long is thrown away. */
  readonly keptMs: number
  readonly keep: (path: string, type: string) => Promise<Blob>
  /** Lets the one who asks in, or throws. */
  readonly admit: (request: Request) => Promise<Session>
  readonly fault: Fault
}

const path = '/api/uploads'
const methods = ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS']

/** Resumable uploads: the tus protocol over files, each of them its owner's alone. */
export function openUploads({ folder, bytes, keptMs, keep, admit, fault }: UploadParts) {
  const taking = join(folder, 'taking')
  // What a kill left half taken is still an upload.
  rmSync(taking, { recursive: true, force: true })
  mkdirSync(taking, { recursive: true, mode: 0o700 })
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: keptMs })
  /** Who was let in with which request: tus hands the request on and nothing beside it. */
  const guests = new WeakMap<object, Session>()

  const tus = new Server({
    path,
    datastore: store,
    maxSize: bytes,
    relativeLocation: true,
    // Without this every other site would be told that it may read our answers.
    allowedOrigins: () => false,
    async onIncomingRequest(request, id) {
      const session = guestOf(request)
      if (!pathShapes.upload.safeParse(id).success) throw hidden(id)
      const upload = await store.getUpload(id).catch(() => undefined)
      if (upload && upload.metadata?.owner !== session.user.id) throw hidden(id)
    },
    async onUploadCreate(request, upload) {
      return { metadata: { ...upload.metadata, owner: guestOf(request).user.id } }
    },
    onResponseError: (_request, error) => (error instanceof Error ? refusal(error) : undefined),
  })

  function guestOf(request: { readonly runtime?: { readonly node?: { readonly req: object } } }): Session {
    const session = guests.get(request.runtime?.node?.req ?? {})
    if (!session) throw new Problem('not-signed-in')
    return session
  }

  function refusal(error: Error) {
    const problem = named(error, fault)
    return { status_code: statuses[problem.code], body: `${problem.message}\n` }
  }

  /** @throws Problem `not-found` for what is not there or another's, `upload-unfinished` */
  async function find(id: string, owner: string): Promise<Upload> {
    const upload = await store.getUpload(id).catch(() => undefined)
    if (!upload?.storage || upload.metadata?.owner !== owner) throw hidden(id)
    if (upload.size === undefined || upload.offset < upload.size)
      throw new Problem('upload-unfinished', { id })
    return { id, name: nameOf(upload.metadata?.filename ?? undefined), path: upload.storage.path }
  }

  return {
    path,
    find,

    handle: (async (request, response) => {
      // tus would also hand out what was uploaded, and take a method from a header: neither is wanted.
      if (!methods.includes(request.method) || request.headers['x-http-method-override'] !== undefined)
        throw new Problem('not-found', { what: 'page', id: request.path })
      guests.set(request, await admit(request))
      await tus.handle(request, response)
    }) satisfies RequestHandler,

    /** Keeps a finished upload as a blob. The upload stays until it is dropped, should the next step fail. */
    async take({ path }: Upload, type: string): Promise<Blob> {
      const scratch = await mkdtemp(join(taking, 'one-'))
      try {
        const copy = join(scratch, 'upload')
        await link(path, copy)
        return await keep(copy, type)
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    },

    drop: ({ id }: Upload): Promise<void> => store.remove(id).catch(() => undefined),

    /** Throws away what nobody used. */
    expire: (): Promise<number> => tus.cleanUpExpiredUploads(),
  }
}

/** Another's upload and none at all are one to whoever asks. */
const hidden = (id: string) => new Problem('not-found', { what: 'upload', id })

/** A file name as people read it: no folders, nothing unseen. */
export function nameOf(given = ''): string {
  const bare = basename(given.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/\p{C}/gu, '')
    .trim()
    .slice(-200)
  return bare === '' || bare === '.' || bare === '..' ? 'upload' : bare
}

import { open, readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { openChild } from '../../../child.ts'
import { Problem } from '../../../problem.ts'
import type { Signer } from './certificate.ts'
import { certificatesOf, openPen } from './cose.ts'
import type { CredentialsAnswer, CredentialsAsk } from './process.ts'
import { readRiff } from './riff.ts'
import { attach, attachTo, beside, type Claim, digestBut } from './sign.ts'

export type { Signer } from './certificate.ts'
export type { Claim } from './sign.ts'

/** A root of our own and a certificate under it. Its makers are loaded for this one deed: they are 200 files. */
export const makeSigner: typeof import('./certificate.ts').makeSigner = async (...given) =>
  (await import('./certificate.ts')).makeSigner(...given)

/** What a file's credentials say, and whether they hold. `none`: there are none; `unreadable`: it can't be told. */
export type Verdict = {
  readonly state: 'none' | 'trusted' | 'valid' | 'broken' | 'unreadable'
  readonly failures: readonly string[]
  readonly manifest?: unknown
}

/** What writes credentials: in this process, and the same from the same every time. */
export type Notary = {
  /** Another when the certificate or the way of writing is another: an input of whatever is signed. */
  readonly identity: string
  /** The bytes of a WAV with credentials in it. */
  readonly attach: (wav: Uint8Array, claim: Claim) => Uint8Array
  /** Puts them into a WAV where it lies; false where it can't bear them. */
  readonly attachTo: (path: string, claim: Claim) => Promise<boolean>
  /** What stands beside a file that can't bear them. */
  readonly beside: (path: string, claim: Claim) => Promise<Uint8Array>
}
export type Credentials = Notary & {
  /** @param store what stands beside the file, where it bears nothing itself */
  readonly read: (
    file: string,
    type: string,
    more?: { readonly store?: Uint8Array; readonly signal?: AbortSignal },
  ) => Promise<Verdict>
  readonly close: () => void
}

/** Raise it when the same file and claim would be signed otherwise. */
const version = 1

/** Kinds of file in which the library looks for credentials. A WAV is read here, and Matroska can have none in it. */
const borne: ReadonlySet<string> = new Set(['video/mp4', 'audio/mp4', 'audio/mpeg', 'audio/flac'])
/** What the library reads lies in memory twice. */
const mostBytes = 512 << 20
/** A store is a few kilobytes; one with pictures and histories of others a few megabytes. */
const mostStore = 16 << 20

const none: Verdict = { state: 'none', failures: [] }
const unreadable = (why: string): Verdict => ({ state: 'unreadable', failures: [why] })

/** Content credentials (C2PA): written here, read by a library of others in a process that may die. */
export function openCredentials(signer: Signer): Credentials {
  const pen = openPen(signer)
  const child = openChild<CredentialsAsk, CredentialsAnswer>(new URL('./process.ts', import.meta.url), {
    name: 'c2pa',
    limit: 300_000,
    idle: 20_000,
    mortal: true,
  })
  const root = certificatesOf(signer.chain).at(-1)?.toString('base64') ?? ''
  const roots = `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n`

  async function bound(file: string, store: Uint8Array, where: Stretch | undefined, signal?: AbortSignal) {
    const report = await child.ask({ store, roots }, signal)
    if (report.report === undefined) return unreadable('there is nothing in them')
    const read = readReport(report)
    const { binding } = read
    const holds =
      binding?.alg === 'sha256' &&
      sameStretch(binding.exclusions, where) &&
      binding.hash === `b64'${(await digestBut(file, where, signal)).toString('base64')}'`
    return verdictOf(read, holds)
  }

  async function readWav(file: string, signal?: AbortSignal): Promise<Verdict> {
    const handle = await open(file)
    try {
      const riff = await readRiff(handle)
      if (!riff) return unreadable('it is no whole WAV')
      if (!riff.store) return none
      const { start, length } = riff.store
      if (length > mostStore) return unreadable('they are too long')
      const store = Buffer.alloc(length - 8)
      await handle.read(store, 0, store.length, start + 8)
      return await bound(file, store, riff.store, signal)
    } finally {
      await handle.close()
    }
  }

  async function readOther(file: string, type: string, signal?: AbortSignal): Promise<Verdict> {
    if (!borne.has(type)) return none
    if ((await stat(file)).size > mostBytes) return unreadable('the file is too long')
    const report = await child.ask({ file, type, roots }, signal)
    return report.report === undefined ? none : verdictOf(readReport(report))
  }

  return {
    identity: `credentials/${version}/${pen.fingerprint.slice(0, 16)}`,
    attach: (wav, claim) => attach(wav, claim, pen),
    attachTo: (path, claim) => attachTo(path, claim, pen),
    beside: (path, claim) => beside(path, claim, pen),
    async read(file, type, { store, signal } = {}) {
      try {
        const own = await (type === 'audio/wav' ? readWav(file, signal) : readOther(file, type, signal))
        if (own.state !== 'none' || !store) return own
        return store.length > mostStore
          ? unreadable('they are too long')
          : await bound(file, store, undefined, signal)
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'engine-failed') throw error
        return unreadable(String(error.figures.reason))
      }
    },
    close: () => child.close(),
  }
}

type Stretch = { readonly start: number; readonly length: number }

/** Whether a signature leaves out exactly where the store lies, and nothing where it lies elsewhere. */
const sameStretch = (left: readonly Stretch[], where: Stretch | undefined) =>
  where
    ? left.length === 1 && left[0]?.start === where.start && left[0].length === where.length
    : left.length === 0

const reportShape = z.object({
  active_manifest: z.string(),
  manifests: z.record(z.string(), z.unknown()),
  validation_results: z.object({
    activeManifest: z.object({
      success: z.array(z.object({ code: z.string() })),
      failure: z.array(z.object({ code: z.string() })),
    }),
    ingredientDeltas: z.array(z.unknown()).optional(),
  }),
})
const bindingShape = z.object({
  alg: z.string(),
  hash: z.string(),
  exclusions: z.array(z.object({ start: z.number(), length: z.number() })).default([]),
})
const detailsShape = z.object({
  manifests: z.array(z.object({ label: z.string(), assertions: z.record(z.string(), z.unknown()) })),
})

function readReport({ report = '', details = '' }: CredentialsAnswer) {
  const { active_manifest, manifests, validation_results } = reportShape.parse(JSON.parse(report))
  const { success, failure } = validation_results.activeManifest
  const active = detailsShape
    .parse(JSON.parse(details))
    .manifests.find(({ label }) => label === active_manifest)
  return {
    manifest: manifests[active_manifest],
    success: success.map(({ code }) => code),
    failures: failure.map(({ code }) => code),
    binding: bindingShape.safeParse(active?.assertions['c2pa.hash.data']).data,
  }
}

const mismatch = 'assertion.dataHash.mismatch'
const untrusted = 'signingCredential.untrusted'

/** @param holds whether the file is what was signed, where that was looked at here and not by the library */
function verdictOf({ manifest, success, failures }: ReturnType<typeof readReport>, holds?: boolean): Verdict {
  const left = failures.filter(code => code !== untrusted && (holds === undefined || code !== mismatch))
  const broken = holds === false ? [...left, mismatch] : left
  const signed = success.includes('claimSignature.validated')
  if (broken.length > 0 || !signed) return { state: 'broken', failures: broken, manifest }
  const trusted = success.includes('signingCredential.trusted') && !failures.includes(untrusted)
  return { state: trusted ? 'trusted' : 'valid', failures: trusted ? [] : [untrusted], manifest }
}

/** The store that stands beside a file, as it is called by C2PA 2.1, A.5: the file's name, with `.c2pa` for its ending. */
export async function storeBeside(file: string): Promise<Uint8Array | undefined> {
  for (const path of [file.replace(/\.[^./\\]+$/, '.c2pa'), `${file}.c2pa`]) {
    if (path === file) continue
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() && found.size <= mostStore) return readFile(path)
  }
  return undefined
}

import { openChild } from '../../../child.ts'
import { Problem } from '../../../problem.ts'
import type { Stage } from '../../../stage.ts'
import type { Signer } from './certificate.ts'
import { certificatesOf } from './cose.ts'
import type { CredentialsAnswer, CredentialsAsk } from './process.ts'

export type { Signer } from './certificate.ts'
export { makeSigner } from './certificate.ts'

/** What is said of a file that a machine speaks in. */
export type Claim = {
  readonly title: string
  readonly language: string
  /** `dialogue` is a machine's alone; a mix has people's work in it as well. */
  readonly of: 'dialogue' | 'mix'
  readonly watermark: string
  /** Entries in the register of consents, by pseudonyms, and where the log of them stood. */
  readonly consents: readonly string[]
  readonly checkpoint?: string
}

/** What a file's credentials say, and whether they hold. `none`: there are none; `unreadable`: it can't be told. */
export type Verdict = {
  readonly state: 'none' | 'trusted' | 'valid' | 'broken' | 'unreadable'
  readonly failures: readonly string[]
  readonly manifest?: unknown
}

export type Credentials = {
  /** Writes the file again with credentials in it. @throws Problem `mark-missing` when they do not verify afterwards */
  readonly sign: (
    file: string,
    to: string,
    type: string,
    claim: Claim,
    at: Pick<Stage, 'signal'>,
  ) => Promise<void>
  readonly read: (file: string, type: string, signal?: AbortSignal) => Promise<Verdict>
  readonly close: () => void
}

/** Kinds of file that credentials can be written into. Matroska is none of them. */
export const bearing: ReadonlySet<string> = new Set([
  'audio/wav',
  'video/mp4',
  'audio/mp4',
  'audio/mpeg',
  'audio/flac',
])

const source = (of: Claim['of']) =>
  `http://cv.iptc.org/newscodes/digitalsourcetype/${of === 'dialogue' ? 'trainedAlgorithmicMedia' : 'compositeWithTrainedAlgorithmicMedia'}`

/** @returns a manifest definition; C2PA 2.1, 18.15 (actions) and 19 (claim generator); CAWG training and data mining 1.1 */
export function definitionOf({ title, language, of, watermark, consents, checkpoint }: Claim) {
  return {
    claim_generator_info: [{ name: 'Kotodama' }],
    title,
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: { actions: [{ action: 'c2pa.created', digitalSourceType: source(of) }] },
      },
      {
        label: 'cawg.training-mining',
        data: {
          entries: {
            'cawg.ai_generative_training': { use: 'notAllowed' },
            'cawg.ai_training': { use: 'notAllowed' },
          },
        },
      },
      {
        label: 'org.kotodama.voices',
        data: { language, watermark, consents, ...(checkpoint && { checkpoint }) },
      },
    ],
  }
}

/** Credentials as files bear them (C2PA), written and read in a process that may die. */
export function openCredentials(signer: Signer): Credentials {
  const child = openChild<CredentialsAsk, CredentialsAnswer>(new URL('./process.ts', import.meta.url), {
    name: 'c2pa',
    limit: 300_000,
    idle: 20_000,
    mortal: true,
  })
  const root = certificatesOf(signer.chain).at(-1)?.toString('base64') ?? ''
  const roots = `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n`

  async function read(file: string, type: string, signal?: AbortSignal): Promise<Verdict> {
    if (!bearing.has(type)) return { state: 'none', failures: [] }
    try {
      const { json } = await child.ask({ read: file, type, roots }, signal)
      return json === undefined ? { state: 'none', failures: [] } : verdictOf(JSON.parse(json))
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'engine-failed') throw error
      return { state: 'unreadable', failures: [String(error.figures.reason)] }
    }
  }

  return {
    read,
    async sign(file, to, type, claim, { signal }) {
      const manifest = JSON.stringify(definitionOf(claim))
      await child.ask({ sign: file, to, type, manifest, signer }, signal)
      const { state, failures } = await read(to, type, signal)
      if (state !== 'trusted')
        throw new Problem('engine-failed', {
          engine: 'c2pa',
          reason: `what it signed is ${state} (${failures.join(', ')})`,
        })
    },
    close: () => child.close(),
  }
}

type Read = {
  readonly validation_state?: string
  readonly validation_status?: readonly { readonly code: string }[]
  readonly active_manifest?: string
  readonly manifests?: Readonly<Record<string, unknown>>
}

function verdictOf({
  validation_state,
  validation_status = [],
  active_manifest = '',
  manifests = {},
}: Read): Verdict {
  const state = ({ Trusted: 'trusted', Valid: 'valid' } as const)[validation_state ?? ''] ?? 'broken'
  return { state, failures: validation_status.map(({ code }) => code), manifest: manifests[active_manifest] }
}

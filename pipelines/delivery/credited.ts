import { readFile } from 'node:fs/promises'
import { Problem } from '../problem.ts'
import type { Run, Stage, Step } from '../stage.ts'
import type { Blob, Dub, Wish } from '../terms.ts'

/** What is said of a file of the parcel that a machine speaks in. */
export type Claim = {
  readonly title: string
  readonly of: 'dialogue' | 'mix'
  readonly voices: readonly {
    readonly language: string
    readonly watermark: string
    readonly consents: readonly string[]
  }[]
}
/** What writes credentials into files or beside them, and reads them again. */
export type Credentials = {
  readonly identity: string
  readonly attachTo: (path: string, claim: Claim) => Promise<boolean>
  readonly beside: (path: string, claim: Claim) => Promise<Uint8Array>
  readonly read: (
    file: string,
    type: string,
    more: { readonly store?: Uint8Array; readonly signal: AbortSignal },
  ) => Promise<{ readonly state: string; readonly failures: readonly string[] }>
}
/** A file that is signed, and what lies beside it where its kind bears nothing. */
export type Signed = { readonly file: Blob; readonly beside?: Blob }

/** @returns nothing where no machine speaks: to sign a person's work so would be to call them a machine */
export function claimOf(
  dubs: readonly Dub[],
  of: Claim['of'],
  { title, episode }: Pick<Wish, 'title' | 'episode'>,
): Claim | undefined {
  const voices = dubs.flatMap(({ language, mark, consents }) =>
    mark
      ? [
          {
            language,
            watermark: mark.id,
            consents: [...new Set(consents.flatMap(({ entries }) => entries))].sort(),
          },
        ]
      : [],
  )
  return voices.length > 0 ? { title: `${title} - ${episode}`, of, voices } : undefined
}

/**
 * Signs a file of the scratch folder, and keeps it.
 * @param plain keeps what lies beside it: nobody is heard in that, so it is never sealed, and no use of a voice
 */
export async function keepSigned(
  path: string,
  type: string,
  claim: Claim | undefined,
  { attachTo, beside }: Pick<Credentials, 'attachTo' | 'beside'>,
  at: Stage,
  plain: Pick<Stage, 'keepBytes'>,
): Promise<Signed> {
  if (!claim || (await attachTo(path, claim))) return { file: await at.keep(path, type) }
  const store = await beside(path, claim)
  return { file: await at.keep(path, type), beside: await plain.keepBytes(store, 'application/c2pa') }
}

const step: Step = { name: 'part', version: 1 }

/**
 * Reads the credentials of what leaves the house, as anybody could who has it.
 * @throws Problem `credentials-missing`
 */
export async function expectCredentials(
  name: string,
  { file, beside }: Signed,
  { identity, read }: Pick<Credentials, 'identity' | 'read'>,
  run: Run,
  veiled: (at: Stage) => Stage,
): Promise<void> {
  const digest = (file.sealed ?? file).digest
  await run({ ...step, of: digest.slice(0, 16) }, ['credentials', file, beside, identity], async plain => {
    const at = veiled(plain)
    const store = beside && new Uint8Array(await readFile(await at.file(beside)))
    const { state, failures } = await read(await at.file(file), file.type, {
      signal: at.signal,
      ...(store && { store }),
    })
    if (state !== 'trusted')
      throw new Problem('credentials-missing', { file: name, state, failures: failures.join(', ') || '-' })
    return state
  })
}

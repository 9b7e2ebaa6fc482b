import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  Closed,
  type Gate,
  type Grant,
  isRefusal,
  type Plain,
  type Vault,
  type Within,
} from '../../consent/index.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Sealed, Take } from '../terms.ts'
import { type Heard, type Part, useOf, type WithheldName } from './part.ts'

/** What a veil is woven of: the vault, and the asking for one act on one line. */
export type Loom = {
  readonly vault: Pick<Vault, 'enclose' | 'within' | 'disclose'>
  readonly commit: Gate['commit']
  /** True of what was made by a yes that is over. */
  readonly barred: (entries: readonly string[]) => Promise<boolean>
  readonly permit: (
    act: 'mix' | 'hear' | 'deliver',
    part: Part,
  ) => Promise<Grant | { withheld: WithheldName }>
}

/** A line of a person's, said in a take. */
export type Uttered = { readonly part: Part; readonly take: Extract<Take, { state: 'spoken' }> }
export type Opened = Plain & {
  /** Whose voices, by which entries. */
  readonly actors: readonly string[]
  readonly entries: readonly string[]
  /**
   * Enters every line in it in the register as used, by whom, before anything is handed out: its digest is that of what
   * was opened, as hex. Gives why not, when one was refused meanwhile. Once.
   */
  readonly note: (asker: string, digest: string) => Promise<WithheldName | undefined>
  readonly close: () => Promise<void>
}

/** The takes in which a person speaks. A take whose line is gone is nobody's to ask for, and so to nobody opened. */
export const personal = (heard: readonly Heard[]): readonly Uttered[] =>
  heard.flatMap(({ scene, lines, takes }) => {
    const byId = new Map(lines.map(line => [line.id, line]))
    return takes.flatMap((take): Uttered[] => {
      const line = byId.get(take.line)
      if (take.state !== 'spoken' || take.voice.kind !== 'person' || !line) return []
      return [{ part: { ...scene, line, voice: take.voice }, take }]
    })
  })

const withinOf = ({ part, take }: Uttered): Within => ({
  actor: take.voice.kind === 'person' ? take.voice.actor : '',
  title: part.title,
  episode: part.episode,
  language: part.language,
  line: part.line.id,
})
const spelt = ({ actor, title, episode, language, line }: Within) =>
  JSON.stringify([actor, title, episode, language, line])

/**
 * Opens a sealed file for an act, if every line that lies in it may be used so at this moment. Whoever has opened it
 * closes it.
 */
export async function unveil(
  { vault, permit, commit, barred }: Loom,
  act: 'mix' | 'hear' | 'deliver',
  heard: readonly Heard[],
  path: string,
): Promise<Opened | { readonly withheld: WithheldName }> {
  const byPlace = new Map(personal(heard).map(uttered => [spelt(withinOf(uttered)), uttered]))
  const file = await open(path)
  let plain: Plain | undefined
  try {
    const sealed = sealedFile(file, (await file.stat()).size)
    const grants: { grant: Grant; uttered: Uttered }[] = []
    for (const within of await vault.within(sealed)) {
      const uttered = byPlace.get(spelt(within))
      if (!uttered) return { withheld: 'another-use' }
      if (await barred(uttered.take.by?.entries ?? [])) return { withheld: 'quarantined' }
      const grant = await permit(act, uttered.part)
      if ('withheld' in grant) return grant
      grants.push({ grant, uttered })
    }
    const keys = grants.map(({ grant, uttered }) => ({ grant, use: useOf(act, uttered.part) }))
    const opened = await vault.disclose(keys, sealed)
    if (isRefusal(opened)) return { withheld: opened.refused }
    plain = opened.plain
    const actors = grants.map(({ uttered }) => withinOf(uttered).actor)
    const note = async (asker: string, digest: string) => {
      const output = Buffer.from(digest, 'hex').toString('base64url')
      for (const { grant, uttered } of grants) {
        const milliseconds = uttered.take.end - uttered.take.start
        const answer = await commit(grant, { asker, milliseconds, output }, async () => undefined)
        if (isRefusal(answer)) return answer.refused
      }
      return undefined
    }
    const { entries } = opened
    return { ...plain, actors: [...new Set(actors)], entries, note, close: () => file.close() }
  } catch (error) {
    if (error instanceof Closed) return { withheld: 'closed' }
    throw error
  } finally {
    if (!plain) await file.close()
  }
}

function sealedFile(file: FileHandle, size: number) {
  return {
    size,
    read: async (from: number, count: number) => {
      const bytes = new Uint8Array(count)
      let filled = 0
      while (filled < count) {
        const { bytesRead } = await file.read(bytes, filled, count - filled, from + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    },
  }
}

/**
 * A stage for work on what people say: it opens what is sealed, line by line and with a grant for each, and seals what
 * is kept under the keys of all who are heard. What is in clear lies in the scratch folder, and goes with it.
 * Its `file` throws Problem `voice-withheld`.
 */
export function veiled(loom: Loom, act: 'mix' | 'deliver', heard: readonly Heard[], at: Stage): Stage {
  const uttered = personal(heard)
  if (uttered.length === 0) return at
  const within = uttered.map(withinOf)
  const about = {
    actors: [...new Set(within.map(({ actor }) => actor))].sort(),
    entries: [...new Set(uttered.flatMap(({ take }) => take.by?.entries ?? []))].sort(),
  }
  let count = 0

  async function file(blob: Blob): Promise<string> {
    const path = await at.file(blob)
    if (!blob.sealed) return path
    const opened = await unveil(loom, act, heard, path)
    if ('withheld' in opened) throw new Problem('voice-withheld', { refusal: opened.withheld })
    const clear = join(at.scratch, `clear-${count++}`)
    try {
      await pipeline(opened.read(0, opened.bytes), createWriteStream(clear, { mode: 0o600 }))
    } finally {
      await opened.close()
    }
    return clear
  }

  async function keep(path: string, type: string): Promise<Blob> {
    const { size: bytes } = await stat(path)
    const sealed = await encloseFile(loom.vault, within, createReadStream(path), at, `sealed-${count++}`)
    const blob = await at.keep(sealed.path, type)
    await rm(path)
    return { ...blob, sealed: { digest: sealed.digest, bytes, ...about } }
  }

  return {
    ...at,
    file,
    keep,
    keepBytes: async (bytes, type) => sealBytes(loom.vault, within, about, bytes, type, at),
  }
}

/** Seals bytes and keeps what came of it. */
export async function sealBytes(
  vault: Loom['vault'],
  within: readonly Within[],
  about: Pick<Sealed, 'actors' | 'entries'>,
  bytes: Uint8Array,
  type: string,
  at: Pick<Stage, 'keepBytes'>,
): Promise<Blob> {
  const pieces: Uint8Array[] = []
  for await (const piece of vault.enclose(within, once(bytes))) pieces.push(piece)
  const blob = await at.keepBytes(Buffer.concat(pieces), type)
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { ...blob, sealed: { digest, bytes: bytes.byteLength, ...about } }
}

async function encloseFile(
  vault: Loom['vault'],
  within: readonly Within[],
  plain: AsyncIterable<Uint8Array>,
  at: Pick<Stage, 'scratch'>,
  name: string,
) {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of plain) {
      hash.update(chunk)
      yield chunk
    }
  }
  const path = join(at.scratch, name)
  await pipeline(vault.enclose(within, hashed()), createWriteStream(path, { mode: 0o600 }))
  return { path, digest: hash.digest('hex') }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '../../consent/bytes.ts'
import type { Gate, Registry, Vault } from '../../consent/index.ts'
import { sealedFiles } from '../../consent/kms.ts'
import { memory } from '../../consent/log/storage.ts'
import { openVault } from '../../consent/vault.ts'
import { type Opened, openVoices, type Scene, type Script } from '../../pipelines/dub/voices.ts'
import type { Blob, Take } from '../../pipelines/terms.ts'
import { openStreams, type Stream } from '../../server/consent/streams.ts'
import { ask as anyAsk } from './consent.ts'

/** What a history looks at whenever a voice is used. They throw. */
export type Watch = {
  /** The engine is about to speak, with nobody's leave at hand. */
  readonly speaks: () => void
  /** Something is kept or served by these entries. */
  readonly uses: (entries: readonly string[]) => void
}
export type Outcome = 'kept' | 'refused'

/**
 * A house's real door to a voice, with the real vault behind it: renders lines, plays and hands out what was rendered.
 * Takes, keys and recordings are files, and stay through a crash; what plays does not.
 */
export async function openStudio(actor: string, watch: Watch) {
  const folder = await mkdtemp(join(tmpdir(), 'kotodama-history-'))
  const [keys, things] = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const kms = sealedFiles(memory(keys), new Uint8Array(32).fill(7))
  const takes: { take: Extract<Take, { state: 'spoken' }>; path: string; gone: boolean }[] = []
  const line: Script = {
    id: 'l1',
    speaker: 'ヒナ',
    start: 0,
    end: 1,
    phrases: [{ start: 0, end: 1, text: 'Hello.' }],
  }
  const scene: Scene = { title: anyAsk.title, episode: anyAsk.episode, language: anyAsk.language }
  const abroad: Scene = { ...scene, territories: ['JP'], media: ['streaming'] }
  const voice = { kind: 'person', actor } as const
  const part = { ...scene, line, voice }
  const streams = openStreams()
  let playing: { stream: Cut; opened: Opened }[] = []
  let reference: { name: string; digest: string } | undefined
  let vault: Vault
  let voices: ReturnType<typeof openVoices>

  const engine = {
    ...{ name: 'after', identity: 'after 1', licence: 'none' },
    speak: async () => {
      watch.speaks()
      await new Promise(setImmediate)
      return { samples: new Float32Array(8), sampleRate: 8000 }
    },
  }

  /** After a crash: a new gate, and nothing remembered but what lies on the disk. */
  function begin(gate: Gate, registry: Registry): void {
    for (const { opened } of playing) void opened.close()
    playing = []
    vault = openVault(memory(things), kms, gate, registry)
    voices = openVoices(gate, [], { vault, engines: [engine], reference: async () => reference })
  }

  async function record(): Promise<void> {
    reference = { name: await vault.seal(actor, utf8('a voice')), digest: 'd' }
  }

  async function render(meanwhile: () => Promise<unknown> = async () => undefined): Promise<Outcome> {
    const grant = await voices.permit('speak', part)
    if ('withheld' in grant) return 'refused'
    const [spoken] = await Promise.all([
      voices.speak(part, [1], grant, new AbortController().signal),
      meanwhile(),
    ])
    if (!('keep' in spoken)) return 'refused'
    let path = ''
    const keepBytes = async (bytes: Uint8Array, type: string): Promise<Blob> => {
      const digest = createHash('sha256').update(bytes).digest('hex')
      path = join(folder, digest)
      await writeFile(path, bytes)
      return { digest, bytes: bytes.byteLength, type }
    }
    const wav = (entries: readonly string[]) => utf8(`said by ${entries.join(' and ')}`)
    const kept = await spoken.keep({ wav, milliseconds: 1, asker: 'lead', at: { keepBytes } })
    if ('withheld' in kept) return 'refused'
    watch.uses(kept.by?.entries ?? [])
    const times = { start: 0, end: 1, stretch: 1 }
    takes.push({ take: { line: line.id, state: 'spoken', voice, ...times, ...kept }, path, gone: false })
    if (takes.length > 20) takes.shift()
    return 'kept'
  }

  /** Opens a take as it is heard in the house or handed out of it. */
  async function open(act: 'hear' | 'deliver', roll: number) {
    const one = takes[Math.floor(roll * takes.length)]
    if (!one) return undefined
    const heard = [{ scene: act === 'hear' ? scene : abroad, lines: [line], takes: [one.take] }]
    const opened = await voices.unveil(act, heard, one.path)
    if ('withheld' in opened) return 'refused' as const
    if (one.gone) throw new Error('opened after its key was destroyed')
    return { opened, digest: one.take.sound.sealed?.digest ?? '' }
  }

  async function serve(act: 'hear' | 'deliver', roll: number): Promise<Outcome | undefined> {
    const found = await open(act, roll)
    if (!found || found === 'refused') return found
    const { opened, digest } = found
    try {
      if (await opened.note('somebody', digest)) return 'refused'
      watch.uses(opened.entries)
      for await (const bytes of opened.read(0, opened.bytes)) if (bytes.length > 0) watch.uses(opened.entries)
      return 'kept'
    } finally {
      await opened.close()
    }
  }

  async function beginPlaying(roll: number): Promise<void> {
    const stream = cuttable()
    streams.hold(stream, [actor])
    const found = await open('hear', roll)
    if (!found || found === 'refused') return
    playing.push({ stream, opened: found.opened })
    if (playing.length > 5) await playing.shift()?.opened.close()
  }

  /** One more piece of all that plays and was not cut; gives how many. */
  async function playOn(): Promise<number> {
    let count = 0
    for (const { stream, opened } of playing)
      for await (const bytes of opened.read(0, 1))
        if (!stream.isCut() && bytes.length > 0) {
          watch.uses(opened.entries)
          count++
        }
    return count
  }

  return {
    begin,
    record,
    render,
    preview: (roll: number) => serve('hear', roll),
    export: (roll: number) => serve('deliver', roll),
    beginPlaying,
    playOn,
    /** What the house does before it answers whoever took a yes back. */
    cut: () => streams.cut(new Set([actor])),
    /** Destroys the key, if the actor has ordered it; what was sealed under it is gone. */
    async erase(): Promise<boolean> {
      const before = [...takes]
      const done = await vault.erase(actor).then(
        () => true,
        () => false,
      )
      if (keys.size === 0) for (const one of before) one.gone = true
      if (done) reference = undefined
      return done
    },
    async close(): Promise<void> {
      for (const { opened } of playing) await opened.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Cut = Stream & { readonly isCut: () => boolean }
function cuttable(): Cut {
  let cut = false
  const stream = {
    destroy: () => {
      cut = true
      return stream
    },
    once: () => stream,
    isCut: () => cut,
  }
  return stream as unknown as Cut
}

import type { Request, RequestHandler } from 'express'
import {
  cueFormats,
  type Mouth,
  openWav,
  presets,
  rateOf,
  type Sound,
  type SpokenLine,
  shapesOf,
  sheetOf,
  soundOfTakes,
} from '../pipelines/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, Draft, LineKind, Ms } from '../pipelines/terms.ts'
import type { Session } from './auth.ts'
import { CuesAsk, pathShapes } from './contract.ts'
import { type Library, missing } from './known.ts'

export type MouthParts = {
  readonly library: Pick<Library, 'draft' | 'episode'>
  readonly mouth: Mouth
  /** A path at which a kept blob can be read. */
  readonly file: (blob: Blob) => Promise<string>
  /** Lets the one who asks in, or throws. */
  readonly admit: (request: Request) => Promise<Session>
}

type Line = SpokenLine & { readonly id: string; readonly speaker?: string; readonly kind: LineKind }
type Voiced = { readonly lines: readonly Line[]; readonly sound: Sound; readonly close: () => Promise<void> }

const spoken: readonly LineKind[] = ['dialogue', 'narration']

/** Mouth cues of an episode, of one character or of one line, in the original's language or a dub's, made when asked for. */
export function openMouthFiles({ library, mouth, file, admit }: MouthParts) {
  /** One at a time: each takes a core for some seconds. */
  let turn: Promise<unknown> = Promise.resolve()

  return {
    cues: (async (request, response) => {
      await admit(request)
      const id = pathShapes.episode.parse(request.params.episode)
      const language = pathShapes.language.parse(request.params.language)
      const ask = CuesAsk.parse(request.query)
      const rate = rateOf(ask.fps)
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      const { number } = await library.episode(id)
      const draft = await library.draft(id)
      const made = turn.then(() => {
        gone.signal.throwIfAborted()
        return shapesFor(draft, language, ask, gone.signal)
      })
      turn = made.catch(() => {})
      const { shapes, whose } = await made
      const format = cueFormats[ask.format]
      const preset = presets[ask.preset ?? ('preset' in format ? format.preset : 'anime')]
      const sheet = sheetOf(shapes, {
        ...{ rate, preset },
        ...(ask.on && { on: Number(ask.on) as 1 | 2 | 3 }),
        ...(ask.lead && { lead: Number(ask.lead) }),
      })
      const name = [number, language, whose].filter(Boolean).join(' ')
      response.attachment(`${name}.${format.extension}`)
      response.set({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
      response.type('text/plain').send(format.write({ sheet, shapes, sound: name }))
    }) satisfies RequestHandler,
  }

  async function shapesFor(draft: Partial<Draft>, language: string, ask: CuesAsk, signal: AbortSignal) {
    const { media } = draft
    if (!media) return missing('episode', 'without its sound')
    const voiced = await voicedIn(draft, language, ask)
    try {
      const lines = voiced.lines.filter(({ kind }) => spoken.includes(kind))
      const [line] = lines
      if (!line) return missing('line', ask.line ?? ask.speaker ?? language)
      if (ask.line === undefined) {
        const length: Ms = media.probe.duration
        const shapes = await shapesOf(mouth, voiced.sound, length, lines, signal)
        return { shapes, whose: ask.speaker }
      }
      const { shapes } = await mouth.track(voiced.sound, line, line, signal)
      return { shapes, whose: line.id }
    } finally {
      await voiced.close()
    }
  }

  /** The lines that are asked for, with the sound they are said in. */
  async function voicedIn(draft: Partial<Draft>, language: string, ask: CuesAsk): Promise<Voiced> {
    const wanted = ({ id, speaker }: { readonly id: string; readonly speaker?: string }) =>
      (ask.line === undefined || id === ask.line) && (ask.speaker === undefined || speaker === ask.speaker)
    const { transcript, media, versions = [] } = draft
    if (transcript && media && transcript.language === language) {
      const sound = await openWav(await file(media.ears))
      const lines = transcript.lines.filter(wanted).map(line => ({ ...line, language }))
      return { lines, sound, close: sound.close }
    }
    const version = versions.find(({ fitted }) => fitted.language === language)
    if (!version) return missing('language', language)
    const said = new Map(version.fitted.lines.filter(wanted).map(line => [line.id, line]))
    const takes = version.dub.takes.flatMap(take =>
      take.state === 'spoken' && said.has(take.line) ? [take] : [],
    )
    // A person's yes to speak is none to have their voice taken apart: it stays sealed.
    if (takes.some(({ sound }) => sound.sealed))
      throw new Problem('voice-withheld', { refusal: 'no-consent' })
    return {
      lines: takes.flatMap(({ line, start, end }) => {
        const fitted = said.get(line)
        return fitted ? [{ ...fitted, start, end, language }] : []
      }),
      sound: soundOfTakes(takes.map(({ start, end, sound }) => ({ start, end, path: () => file(sound) }))),
      close: async () => {},
    }
  }
}

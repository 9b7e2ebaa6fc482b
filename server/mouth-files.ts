import type { Request, RequestHandler } from 'express'
import { rateOf } from '../pipelines/index.ts'
import type { Session } from './auth.ts'
import { CuesAsk, pathShapes } from './contract.ts'
import { type EpisodeMouth, shapesOfEpisode, writeCues } from './mouth-cues.ts'

export type MouthParts = EpisodeMouth & {
  /** Lets the one who asks in, or throws. */
  readonly admit: (request: Request) => Promise<Session>
}

/** Mouth cues of an episode, of one character or of one line, in the original's language or a dub's, made when asked for. */
export function openMouthFiles({ admit, ...parts }: MouthParts) {
  /** One at a time: each takes a core for some seconds. */
  let turn: Promise<unknown> = Promise.resolve()

  return {
    cues: (async (request, response) => {
      await admit(request)
      const id = pathShapes.episode.parse(request.params.episode)
      const language = pathShapes.language.parse(request.params.language)
      const ask = CuesAsk.parse(request.query)
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      rateOf(ask.fps) // what is no rate is refused before anything is listened to
      const made = turn.then(() => {
        gone.signal.throwIfAborted()
        return shapesOfEpisode(parts, id, language, ask, gone.signal)
      })
      turn = made.catch(() => {})
      const { shapes, name } = await made
      const { text, extension } = writeCues(shapes, ask, name)
      response.attachment(`${name}.${extension}`)
      response.set({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
      response.type('text/plain').send(text)
    }) satisfies RequestHandler,
  }
}

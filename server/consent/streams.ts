import type { Response } from 'express'

export type Streams = ReturnType<typeof openStreams>
/** What can be ended in the middle: an answer that is being sent. */
export type Stream = Pick<Response, 'destroy' | 'once'>

/** Knows every answer in which people are heard while it is being sent, so that it can be cut off. */
export function openStreams() {
  const open = new Map<Stream, readonly string[]>()
  return {
    hold(stream: Stream, actors: readonly string[]): void {
      open.set(stream, actors)
      stream.once('close', () => open.delete(stream))
    },
    /** Ends every stream in which one of these is heard. Gives how many. */
    cut(actors: ReadonlySet<string>): number {
      let count = 0
      for (const [stream, heard] of open) {
        if (!heard.some(actor => actors.has(actor))) continue
        open.delete(stream)
        stream.destroy()
        count++
      }
      return count
    },
    count: () => open.size,
  }
}

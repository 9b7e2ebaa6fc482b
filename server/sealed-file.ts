import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'

/** What was opened: any bytes of it. */
export type OpenFile = {
  readonly bytes: number
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>
}

/** Sends what was opened, or the range of it that was asked for (RFC 9110, 14). Ends quietly when it is cut off. */
export async function sendSealed(request: Request, response: Response, file: OpenFile): Promise<void> {
  const { bytes } = file
  response.set('accept-ranges', 'bytes')
  const ranges = request.range(bytes)
  if (ranges === -1) return void response.status(416).set('content-range', `bytes */${bytes}`).end()
  // Several ranges at once, or nonsense, are answered with the whole, as the standard allows.
  const range =
    Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined
  const [from, to] = range ? [range.start, range.end + 1] : [0, bytes]
  if (range) response.status(206).set('content-range', `bytes ${from}-${to - 1}/${bytes}`)
  response.set('content-length', String(to - from))
  if (request.method === 'HEAD') return void response.end()
  try {
    await pipeline(Readable.from(file.read(from, to)), response)
  } catch (error) {
    // A listener who went away, or who was cut off: no news.
    if (!response.destroyed) throw error
  }
}

import { runSubtitles, type World } from '../../pipelines/subtitles/command.ts'

export type Said = {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly bytes: Buffer
}

/** Runs the subtitles command in this process, as in a folder, with what it says caught. */
export function subtitlesIn(folder: string, more: Partial<World> = {}) {
  return async (...args: readonly string[]): Promise<Said> => {
    const out: Buffer[] = []
    let err = ''
    const code = await runSubtitles(args, {
      folder,
      piped: async () => Buffer.alloc(0),
      out: async what => void out.push(Buffer.from(what)),
      err: async text => {
        err += text
      },
      watched: false,
      listen: async () => {
        throw new Error('nothing was to be heard')
      },
      print: async () => {
        throw new Error('nothing was to be compared')
      },
      ...more,
    })
    const bytes = Buffer.concat(out)
    return { code, out: bytes.toString(), err, bytes }
  }
}

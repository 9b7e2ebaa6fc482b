import type { DetailedError } from 'tus-js-client'
import type { Refusal } from '../server/contract.ts'
import type { Ask } from './api.ts'
import { attempt } from './attempt.ts'
import type { Carried, Role, State } from './state.ts'

type Change = (how: (state: State) => State) => void

/** Carries chosen files to the server by tus: what broke off goes on from where it stopped, on another day too. */
export function openCarry(change: Change, ask: Ask, csrf: () => string | undefined) {
  const running = new Map<Role, { readonly abort: (forget?: boolean) => Promise<void> }>()

  const mark = (role: Role, file: Carried | undefined) =>
    change(before => {
      const { [role]: _, ...others } = before.intake.files
      const files = file === undefined ? others : { ...others, [role]: file }
      return {
        ...before,
        intake: { ...before.intake, files, ...(role === 'media' ? { streams: undefined } : {}) },
      }
    })

  return async (role: Role, file: File | undefined): Promise<void> => {
    await running.get(role)?.abort()
    running.delete(role)
    if (file === undefined) return mark(role, undefined)
    const carried = { name: file.name, bytes: file.size, sent: 0 }
    mark(role, carried)
    const { Upload } = await import('tus-js-client')
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      chunkSize: 8 * 1024 * 1024,
      retryDelays: [0, 500, 2000, 5000, 10_000],
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, filetype: file.type || 'application/octet-stream' },
      onBeforeRequest: request => request.setHeader('x-csrf', csrf() ?? ''),
      onProgress: sent => mark(role, { ...carried, sent }),
      onError: reason => mark(role, { ...carried, failed: sentenceOf(reason) }),
      onSuccess: () => {
        const id = upload.url?.split('/').pop()
        mark(role, { ...carried, sent: file.size, id })
        if (role === 'media' && id !== undefined) void look(id)
      },
    })
    running.set(role, upload)
    const [before] = await upload.findPreviousUploads()
    if (before !== undefined) upload.resumeFromPreviousUpload(before)
    upload.start()
  }

  /** What the file holds: a courtesy, the work probes it again. */
  async function look(upload: string) {
    const streams = await attempt(change, () => ask('streams', { upload }))
    change(before => ({ ...before, intake: { ...before.intake, streams } }))
  }
}

/** Why an upload broke off: the server's own sentence, where it gave one. */
function sentenceOf(reason: Error | DetailedError): string {
  const said = 'originalResponse' in reason ? reason.originalResponse?.getBody() : undefined
  try {
    return (JSON.parse(said ?? '') as Refusal).problem.says
  } catch {
    return reason.message
  }
}

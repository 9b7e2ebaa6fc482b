import { readFile } from 'node:fs/promises'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, Draft } from '../pipelines/terms.ts'

export type Drafts = { readonly read: (blob: Blob | undefined) => Promise<Partial<Draft>> }

/** A draft of a long episode is a megabyte or two: these are kept parsed. */
const kept = 32

/** Reads drafts, the lately read ones from memory. A draft is known by its digest, so what is remembered stays true. */
export function openDrafts(file: (blob: Blob) => Promise<string>): Drafts {
  const known = new Map<string, Promise<Partial<Draft>>>()
  async function load(blob: Blob): Promise<Partial<Draft>> {
    try {
      return JSON.parse(await readFile(await file(blob), 'utf8'))
    } catch (error) {
      // A draft that is gone is made again when its person starts the work: the episode itself is still there.
      if (error instanceof Problem && error.code === 'not-found') return {}
      throw error
    }
  }
  return {
    async read(blob) {
      if (!blob) return {}
      const draft = known.get(blob.digest) ?? load(blob)
      known.delete(blob.digest)
      known.set(blob.digest, draft)
      for (const oldest of known.keys()) if (known.size > kept) known.delete(oldest)
      draft.catch(() => known.delete(blob.digest))
      return draft
    },
  }
}

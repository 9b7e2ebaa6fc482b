import { z } from 'zod'
import type { Digest } from '../../pipelines/terms.ts'

// What stands in a backup: the database, every blob under its digest, and last what the whole should hold, so that one
// that was cut off is known for what it is.
export const databaseEntry = 'kotodama.db'
export const blobEntry = (digest: Digest): string => `blobs/${digest}`
export const digestIn = (name: string): Digest | undefined => /^blobs\/([0-9a-f]{64})$/.exec(name)?.[1]
/** The register of consents, without its keys. The contents hold the digest of the list of these with their digests. */
export const consentEntry = (name: string): string => `consent/${name}`
export const consentIn = (name: string): string | undefined => /^consent\/(.+)$/.exec(name)?.[1]
/** Named by its own digest too: nothing of a backup goes unchecked. */
export const contentsEntry = (digest: Digest): string => `contents/${digest}`
export const isContents = (name: string): boolean => name.startsWith('contents/')

export const Contents = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** The digest of the database; null when it lies in MongoDB. */
  database: z.string().nullable(),
  blobs: z.int(),
  /** The digest of the register's list; none where nobody ever enrolled. */
  consent: z.string().optional(),
})
export type Contents = z.infer<typeof Contents>

export const mongodump =
  'The database lies in MongoDB: `mongodump` and `mongorestore` do its part, this file holds the blobs.'

import { type Connection, mongo, type SchemaOptions } from 'mongoose'

/** How every schema of people's side is held: unknown fields and misspelt filters throw instead of meaning "everything". */
export const strictly = <Name extends string>(collection: Name) =>
  ({
    collection,
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    minimize: false,
    id: false,
  }) as const satisfies SchemaOptions

/** True when a unique index refused a write. */
export const isTaken = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 11_000

export type { Connection }

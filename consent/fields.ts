/** What the fields of records are made of. */
import { z } from 'zod'

export const keysOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  Object.keys(table) as [Name, ...Name[]]
export const short = z.string().min(1).max(200)
export const long = z.string().min(1).max(2000)
/** To the end of what a date can say. */
export const instant = z.int().min(0).max(8.64e15)
export const name = short.refine(text => text === text.normalize('NFC'), 'not in Unicode’s normal form C')
export const some = <Item extends z.ZodType>(item: Item, most = 500) =>
  z
    .array(item)
    .max(most)
    .refine(list => new Set(list).size === list.length, 'the same twice')
    .readonly()
export const digest = z.string().regex(/^[\w-]{43}$/)
/** Who: the digest of their enrolment, so that a name commits to a key and nobody can be enrolled over. */
export const party = digest
export const reference = digest
/** In base64url. */
export const bytes = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most)

/** Words that all rooms of the wire share. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { parties } from './terms.ts'

export const ms = z.int().min(0).max(36_000_000)
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform(value => value.normalize('NFC'))
export const name = text(200).pipe(z.string().trim().min(1))
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an id')
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest')
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag like ja or es-419')
export const version = z.int().min(0)
export const kind = z.enum(['dialogue', 'sign', 'song', 'note', 'narration'])

export const roles = ['lead', 'translator', 'reviewer', 'admin', ...parties] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>
export const editors = ['lead', 'translator', 'admin'] as const
export const leads = ['lead', 'admin'] as const
export const watchers = ['lead', 'translator', 'reviewer', 'admin'] as const

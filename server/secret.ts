import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, fit for a cookie or an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What the store keeps of a secret: whoever reads the store can't use it. Random bits need no salt and no slowness. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** The token a page sends back to prove that it could read our answer. Follows from the session's, and not the reverse. */
export const csrfOf = (token: string): string =>
  createHash('sha256').update(`csrf ${token}`).digest('base64url')

/** Compares in a time that tells nothing of where they differ. */
export function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

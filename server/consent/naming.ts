import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Leave to be told names in texts that are worded without a session: given to who has shown who they are, and worth
 * nothing in another's hands or after the server was started again. Then the text names numbers alone, and holds too.
 */
export type Naming = ReturnType<typeof openNaming>

export function openNaming() {
  const secret = randomBytes(32)
  const leaveOf = (party: string): string => createHmac('sha256', secret).update(party).digest('base64url')
  return {
    leaveOf,
    fits(party: string, given: string | undefined): boolean {
      const [right, said] = [Buffer.from(leaveOf(party)), Buffer.from(given ?? '')]
      return right.length === said.length && timingSafeEqual(right, said)
    },
  }
}

import type { CuesAsk } from '../../server/contract.ts'
import { addressOf, refusedBy } from '../api.ts'
import { attempt } from '../attempt.ts'
import type { Hands } from '../hands.ts'

/** Fetches mouth cues and hands them to the browser to keep: a refusal is told instead of saved. */
export const takeCues = (
  { change }: Pick<Hands, 'change'>,
  where: { readonly episode: string; readonly language: string },
  asked: CuesAsk,
): Promise<void> =>
  attempt(change, async () => {
    const answer = await fetch(addressOf('/api/episodes/:episode/mouth/:language', where, asked))
    if (!answer.ok) throw refusedBy(answer.status, await answer.json().catch(() => undefined))
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await answer.blob())
    link.download = nameIn(answer.headers.get('content-disposition') ?? '') ?? `mouth.${asked.format}`
    link.click()
    URL.revokeObjectURL(link.href)
  })

/** The name a file is sent under (RFC 6266): the one in UTF-8 before the plain one. */
export function nameIn(disposition: string): string | undefined {
  const [, wide] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? []
  if (wide !== undefined) return decodeURIComponent(wide)
  return /filename="([^"]+)"/.exec(disposition)?.[1]
}

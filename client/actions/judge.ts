import { Refused } from '../api.ts'
import { mergeLines, openLineOf, withDesk } from '../desk/lines.ts'
import type { Hands } from '../hands.ts'

type Verdict = { readonly verdict: 'approve' | 'reopen' } | { readonly comment: string }

/** Says a verdict, or a word, on the open line as it is known here. If it is another by now, that one is shown. */
export async function judge({ state, change, ask }: Hands, verdict: Verdict): Promise<void> {
  const desk = state.peek().desk
  const line = openLineOf(desk)
  if (desk === undefined || line === undefined) return
  const where = { episode: desk.episode.id, language: line.language, line: line.id }
  const lay = (judged: typeof line) =>
    change(withDesk(now => ({ ...now, lines: mergeLines(now.lines, [judged], [judged.id]) })))
  try {
    lay(await ask('judgeLine', where, { version: line.version, text: line.text, ...verdict }))
  } catch (reason) {
    if (reason instanceof Refused && reason.conflict !== undefined) lay(reason.conflict.theirs)
    throw reason
  }
}

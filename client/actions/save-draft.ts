import { Refused } from '../api.ts'
import { clashOf, editOf, settle } from '../desk/drafts.ts'
import { draftKey, draftOf, mergeLines, withDesk } from '../desk/lines.ts'
import type { Hands } from '../hands.ts'

/**
 * Saves what was written on a line by compare-and-set. Where somebody was quicker, their line is laid on the desk under
 * the draft: what both wrote is shown side by side, and what only one of them wrote goes together by itself.
 */
export async function saveDraft(hands: Hands, id: string, again = true): Promise<void> {
  const { state, change, ask } = hands
  const desk = state.peek().desk
  const line = desk?.lines?.find(line => line.id === id)
  const draft = desk && line && draftOf(desk, line)
  if (desk === undefined || line === undefined || draft === undefined) return
  if (clashOf(line, draft).length > 0) return
  const key = draftKey(line.language, line.id)
  const where = { episode: desk.episode.id, language: line.language, line: line.id }
  change(withDesk(now => ({ ...now, saving: [...now.saving, key] })))
  try {
    const saved = await ask('editLine', where, editOf(line, draft))
    change(
      withDesk(now =>
        now.language === saved.language
          ? settle({ ...now, lines: mergeLines(now.lines, [saved], [saved.id]) }, saved, draft)
          : now,
      ),
    )
  } catch (reason) {
    const theirs = reason instanceof Refused ? reason.conflict?.theirs : undefined
    if (theirs === undefined) throw reason
    change(withDesk(now => ({ ...now, lines: mergeLines(now.lines, [theirs], [theirs.id]) })))
    if (again) await saveDraft(hands, id, false)
  } finally {
    change(withDesk(now => ({ ...now, saving: now.saving.filter(other => other !== key) })))
  }
}

import type { LineView } from '../../server/contract.ts'
import { may } from '../may.ts'
import type { Draft, State } from '../state.ts'
import { draftOf, openLineOf } from './lines.ts'

type Fix = NonNullable<LineView['findings'][number]['fix']>

/** Findings tell of words that were made into subtitles: where there are newer ones they mend nothing. */
export const mendable = (state: State, line: LineView, draft: Draft | undefined, fix: Fix): boolean =>
  may(state, 'editLine') && line.approval === undefined && (draft?.text ?? line.text) === fix.was

/** The open line's words with everything mended that can be; undefined where there is nothing to mend or no right to. */
export function mendedWords(state: State): string | undefined {
  const line = openLineOf(state.desk)
  const fix = line?.findings.find(one => one.fix !== undefined)?.fix
  if (!state.desk || !line || !fix || !mendable(state, line, draftOf(state.desk, line), fix)) return undefined
  return fix.all === line.text ? undefined : fix.all
}

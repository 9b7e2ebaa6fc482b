import type { SeriesView } from '../../server/contract.ts'
import type { Body } from '../api.ts'
import { attempt } from '../attempt.ts'
import { useHands, useSay } from './house.ts'

type Entries = Body<'importMemory'>['entries']

/** Brings in what people translated before: a JSON file of pairs. */
export function Memory({ series }: { series: SeriesView }) {
  const { ask, change } = useHands()
  const say = useSay()
  const bring = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (file === undefined) return
    const entries = entriesIn(await file.text())
    input.value = ''
    if (entries === undefined) {
      const problem = {
        code: 'memory-unreadable',
        says: say('memory-unreadable', { file: file.name }),
        mend: say('memory-unreadable-mend'),
        figures: {},
      }
      change(before => ({ ...before, notice: { problem } }))
      return
    }
    const answer = await attempt(change, () => ask('importMemory', { series: series.id }, { entries }))
    if (answer !== undefined)
      change(before => ({ ...before, notice: { done: say('memory-added', { count: answer.added }) } }))
  }
  return (
    <section class="block" aria-labelledby="memory">
      <h2 id="memory">{say('memory')}</h2>
      <p class="soft">{say('memory-says')}</p>
      <label class="button">
        {say('memory-choose')}
        <input
          type="file"
          class="unseen"
          accept=".json,application/json"
          onChange={event => void bring(event.currentTarget)}
        />
      </label>
    </section>
  )
}

/** The pairs of a file: a list, or an object with a list of `entries`. The server looks closer. */
export function entriesIn(text: string): Entries | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const list = Array.isArray(read) ? read : (read as { entries?: unknown } | null)?.entries
    return Array.isArray(list) ? (list as Entries) : undefined
  } catch {
    return undefined
  }
}

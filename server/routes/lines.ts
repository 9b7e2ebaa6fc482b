import { Problem } from '../../pipelines/problem.ts'
import type { LineView } from '../contract.ts'
import type { Jobs } from '../jobs.ts'
import { type Library, missing } from '../known.ts'
import type { Live } from '../live.ts'
import { Clash } from '../problem.ts'
import type { Change, Place } from '../store/lines.ts'
import type { People } from '../store/people.ts'
import { isApproved } from '../view.ts'
import type { Deeds } from './deed.ts'

export type LineParts = {
  readonly people: Pick<People, 'lines' | 'memory'>
  readonly library: Library
  readonly jobs: Pick<Jobs, 'start'>
  readonly live: Pick<Live, 'tell'>
}

export function lineDeeds({
  people,
  library,
  jobs,
  live,
}: LineParts): Pick<Deeds, 'lines' | 'editLine' | 'judgeLine'> {
  const { lines, memory } = people

  async function see({ episode, language, line }: Place): Promise<LineView> {
    const [seen] = await library.lines(episode, language, new Set([line]))
    return seen ?? missing('line', line)
  }

  /** A word of the original stands beside its translations: they are told of it too. */
  async function tell({ episode, language, line }: Place, by: string): Promise<void> {
    const { source, targets } = await library.episode(episode)
    for (const each of language === source.language ? [language, ...targets] : [language])
      live.tell({ type: 'lines:changed', episode, language: each, lines: [line], by })
  }

  /** What a person approved is a translation that others may build on. */
  async function remember({ episode, line }: Place, approved: LineView): Promise<void> {
    const { series, number, source } = await library.episode(episode)
    if (approved.language === source.language) return
    const { title } = await library.series(series)
    const pair = {
      from: source.language,
      to: approved.language,
      source: approved.source,
      target: approved.text,
    }
    await memory.add(series, [{ ...pair, origin: `${title} ${number} ${line}` }])
  }

  return {
    lines: async ({ where, query }) => {
      const only = query.only === undefined ? undefined : new Set(query.only.split(','))
      return library.lines(where.episode, where.language, only)
    },

    editLine: async ({ session, where, body }) => {
      const { version, ...change } = body
      sound(change, await see(where))
      const { source } = await library.episode(where.episode)
      if (
        (change.kind ?? change.rights ?? change.screen ?? change.sung) !== undefined &&
        where.language !== source.language
      )
        refuse('kind', 'what a line is, whose it is, and how it is sung, is said of the original')
      const saved = await lines.edit(where, version, change, session.user.id)
      if (!saved) throw new Clash({ yours: body, theirs: await see(where) })
      await jobs.start(where.episode, session.user.name)
      await tell(where, session.user.name)
      return see(where)
    },

    judgeLine: async ({ session, where, body }) => {
      const { version, verdict, comment, text } = body
      const seen = await see(where)
      const clash = async () => new Clash({ yours: body, theirs: await see(where) })
      if (verdict === undefined && !comment?.trim()) refuse('verdict', 'a verdict or a comment is needed')
      if (verdict !== undefined && text !== undefined && text !== seen.text) throw await clash()
      if (verdict === 'approve' && !seen.approval) {
        if (seen.text.trim() === '') refuse('verdict', 'an empty line can’t be approved')
        const kept = seen.origin.how === 'human' ? {} : { text: seen.text }
        if (!(await lines.approve(where, version, kept, session.user.id))) throw await clash()
        await remember(where, seen)
      }
      if (verdict === 'reopen' && !(await lines.reopen(where, version))) throw await clash()
      if (comment?.trim()) await lines.comment(where, session.user.id, comment)
      if (verdict === 'approve' && isApproved(await library.known(where.episode)))
        await jobs.start(where.episode, session.user.name, true)
      await tell(where, session.user.name)
      return see(where)
    },
  }
}

/** @throws Problem `bad-request` for a change that changes nothing or leaves the line no time */
function sound(change: Change, { start, end, text, sung }: LineView): void {
  if (Object.keys(change).length === 0) refuse('body', 'nothing is to be changed')
  if ((change.start ?? start) >= (change.end ?? end)) refuse('end', 'a line ends after it starts')
  if (change.sung === undefined) return
  const length = (change.end ?? end) - (change.start ?? start)
  const edges = [0, ...change.sung.flatMap(one => [one.start, one.end]), length]
  if (edges.some((edge, i) => edge < (edges[i - 1] ?? 0)))
    refuse('sung', 'syllables follow each other within their line')
  const said = (all: readonly { readonly text: string }[]) => all.map(one => one.text).join('')
  if (said(change.sung) !== (sung ? said(sung) : (change.text ?? text)))
    refuse('sung', 'syllables are pieces of the words that are sung')
}

function refuse(where: string, reason: string): never {
  throw new Problem('bad-request', { where, reason })
}

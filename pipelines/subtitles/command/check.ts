/** `check`: files against a house's style. `fix`: what can be mended, as a preview or into files. */
import { check as checkDocument, type Remark } from '../check/check.ts'
import { joinAll } from '../check/join.ts'
import { type Mend, mendAll, previewer } from '../check/mend.ts'
import type { Profile } from '../check/profile.ts'
import type { Scene } from '../check/rule.ts'
import { rules } from '../check/rules.ts'
import type { Document } from '../document.ts'
import { filesOf, type Told } from './each.ts'
import type { Read } from './files.ts'
import { wordsOf } from './glossary.ts'
import { houseOf, languageOf, scenesOf } from './house.ts'
import { type Asked, oneOf, type Values } from './options.ts'
import {
  atLeast,
  clock,
  numbersOf,
  oneRow,
  sayChange,
  sayDiagnostic,
  sayRemark,
  severities,
} from './report.ts'
import { type Exit, exits, refuse, type World } from './world.ts'

type Judged = {
  readonly file: Read
  readonly profile: Profile
  readonly scene: Scene
  readonly remarks: readonly Remark[]
}

/** What every file is judged by: whose style, what is known of the film, and which rules people asked about. */
async function judge(values: Values, world: World) {
  const least = oneOf('severity', severities, values.least ?? 'note')
  const wanted = wish(values)
  const [house, scenes] = [await houseOf(values, world), await scenesOf(values, world)]
  const words = await wordsOf(values, world)
  return (file: Read): Judged & { readonly wanted: (remark: Remark) => boolean } => {
    const profile = house(languageOf(file.name, file.document, values) ?? 'und')
    const { scene: seen, guessed } = scenes(file.document)
    const scene: Scene = { ...seen, ...words(file.document, profile.language) }
    const blind = (rule: string) => guessed && rule === 'off-frame' && !values.only?.includes(rule)
    const asked = (remark: Remark) => wanted(remark) && !blind(remark.rule) && atLeast(remark.severity, least)
    return {
      file,
      profile,
      scene,
      wanted: asked,
      remarks: checkDocument(file.document, profile, scene).filter(asked),
    }
  }
}

function wish({ only, skip = [] }: Values): (remark: Remark) => boolean {
  const known = new Set(rules.map(({ name }) => name))
  for (const name of [...(only ?? []), ...skip])
    if (!known.has(name)) throw refuse(`No rule is called ${name}`, `Rules are: ${[...known].join(', ')}.`)
  return ({ rule }) => (only === undefined || only.includes(rule)) && !skip.includes(rule)
}

export async function check(asked: Asked, world: World): Promise<Exit> {
  const { values } = asked
  const files = await filesOf(asked, world)
  const judged = await judge(values, world)
  let sum = 0
  const exit = await files.each(async (file, { say }): Promise<Told> => {
    const { profile, scene, remarks } = judged(file)
    const least = values.least === undefined ? 'warning' : oneOf('severity', severities, values.least)
    const damage = file.diagnostics.filter(({ severity }) => atLeast(severity, least))
    const count = damage.length + remarks.length
    sum += count
    const mendFor = values.explain || values.json ? previewer(file.document, profile, scene) : undefined
    const numbers = numbersOf(file.document.captions)
    await say(damage.map(one => sayDiagnostic(file.name, one)).join(''))
    for (const remark of remarks) {
      await say(sayRemark(file.name, numbers.get(remark.caption) ?? 0, remark))
      if (mendFor) await say(explained(remark, mendFor(remark)))
    }
    if (!values.json && (count > 0 || world.watched))
      await world.err(`${oneRow(file.name)}: ${findings(count)} (${profile.title}, ${profile.language})\n`)
    const report = {
      file: file.name,
      house: profile.name,
      language: profile.language,
      changes: profile.changes,
      diagnostics: damage,
      findings: remarks.map(remark => jsonOf(remark, numbers, mendFor?.(remark))),
    }
    return [count > 0 ? exits.found : exits.clean, report]
  })
  if (!values.json && files.names.length > 1)
    await world.err(`${findings(sum)} in ${files.names.length} files\n`)
  return exit
}
const findings = (count: number): string => `${count} ${count === 1 ? 'finding' : 'findings'}`

/** The clause, the figures, and what a fix would do: its diff, or that a person has to. */
function explained({ clause, figures, mend: advice }: Remark, mend: Mend | undefined): string {
  const said = Object.entries(figures).map(([name, value]) => `${name} ${oneRow(String(value))}`)
  return [
    `    clause: ${oneRow(clause)}\n`,
    ...(said.length > 0 ? [`    figures: ${said.join(', ')}\n`] : []),
    ...(advice ? [`    mend: ${oneRow(advice)}\n`] : []),
    mend
      ? `    fix would:\n${sayChange(mend.before, mend.after, 6)}`
      : '    fix: none that makes nothing else worse\n',
  ].join('')
}

const jsonOf = (
  { rule, severity, clause, figures, says, mend: advice, place, at, caption }: Remark,
  numbers: ReadonlyMap<string, number>,
  mend: Mend | undefined,
) => ({
  rule,
  severity,
  caption: numbers.get(caption),
  id: caption,
  ...place.span,
  at,
  says,
  figures,
  clause,
  mend: advice,
  fix: mend && { before: mend.before, after: mend.after },
})

/** Without a place to write, the preview; with one, files. 1 while anything is left to mend or to preview. */
export async function fix(asked: Asked, world: World): Promise<Exit> {
  const { values } = asked
  const files = await filesOf(asked, world)
  const judged = await judge(values, world)
  return files.each(async (file, { target, say, put }): Promise<Told> => {
    const { profile, scene, wanted } = judged(file)
    const mend = values.join ? joinAll : mendAll
    const { document, mends } = mend(file.document, profile, scene, wanted)
    const left = checkDocument(document, profile, scene).filter(wanted)
    await say(previewOf(file, document, mends))
    if (mends.length > 0 || !values['in-place']) await put(document)
    const did = target === undefined ? 'would be mended' : 'mended'
    await say(
      `${oneRow(file.name)}: ${mends.length} ${did}, ${left.length} left for people (${profile.title}, ${profile.language})\n`,
    )
    const report = {
      file: file.name,
      written: target,
      mends: mends.map(({ remark, before, after, joined }) => ({
        rule: remark.rule,
        clause: remark.clause,
        before,
        after,
        joined,
      })),
      left: left.map(remark => jsonOf(remark, numbersOf(document.captions), undefined)),
    }
    const found = left.length > 0 || (target === undefined && mends.length > 0)
    return [found ? exits.found : exits.clean, report]
  })
}

/** Each caption that changes, once: by which rules, from what it was to what it becomes. */
function previewOf(file: Read, after: Document, mends: readonly Mend[]): string {
  const numbers = numbersOf(file.document.captions)
  const now = new Map(after.captions.map(caption => [caption.id, caption]))
  const joined = new Map(
    mends.flatMap(({ before, joined }) => (joined ? [[joined.id, before.id] as const] : [])),
  )
  const byCaption = new Map<string, Set<string>>()
  for (const { before, remark } of mends)
    byCaption.set(before.id, (byCaption.get(before.id) ?? new Set<string>()).add(remark.rule))
  return file.document.captions
    .flatMap(caption => {
      const names = byCaption.get(caption.id)
      const [changed, into] = [now.get(caption.id), joined.get(caption.id)]
      const place = `${oneRow(file.name)}: #${numbers.get(caption.id)} ${clock(caption.start)}`
      if (into !== undefined) return [`${place}: is joined to #${numbers.get(into)}\n`]
      if (!names || !changed) return []
      const head = `${place}: ${[...names].join(', ')}\n`
      return [head + sayChange(caption, changed)]
    })
    .join('')
}

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** One small change of the source that some test must notice. */
export type Mutant = {
  readonly id: string
  readonly file: string
  readonly line: number
  readonly mutator: string
  readonly was: string
  readonly is: string
  /** Why its author holds that nothing could tell it from the original: it is not counted. */
  readonly excused?: string
}

type Located = { readonly start: { readonly line: number; readonly column: number } }
type Instrumented = {
  readonly files: readonly { readonly name: string; readonly content: string }[]
  readonly mutants: readonly {
    readonly id: string
    readonly fileName: string
    readonly mutatorName: string
    readonly replacement: string
    readonly location: Located & { readonly end: Located['start'] }
    readonly status?: string
    readonly statusReason?: string
  }[]
}

/**
 * Every mutant of these sources by Stryker's own instrumenter, all of them in one text: which of them lives is said by
 * `globalThis.__stryker__.activeMutant`.
 */
export async function mutate(sources: readonly { readonly name: string; readonly content: string }[]) {
  // The instrumenter is a part of Stryker, not a package of ours: it is found from there.
  const core = createRequire(import.meta.url).resolve('@stryker-mutator/core')
  const part = (name: string) => import(pathToFileURL(createRequire(core).resolve(name)).href)
  const { Instrumenter } = await part('@stryker-mutator/instrumenter')
  const quiet = new Proxy({}, { get: () => () => false })
  const files = sources.map(source => ({ ...source, mutate: true }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const done: Instrumented = await new Instrumenter(quiet).instrument(files, options)
  const text = new Map(sources.map(({ name, content }) => [name, content.split('\n')]))
  const mutants = done.mutants.map(
    ({ id, fileName, mutatorName, replacement, location, ...more }): Mutant => {
      const { start, end } = location
      const lines = (text.get(fileName) ?? []).slice(start.line, end.line + 1)
      const was = lines
        .map((line, at) =>
          line.slice(at === 0 ? start.column : 0, at === lines.length - 1 ? end.column : undefined),
        )
        .join(' ')
      return {
        ...{ id, file: fileName, line: start.line + 1, mutator: mutatorName, was, is: replacement },
        ...(more.status === 'Ignored' && { excused: more.statusReason ?? '' }),
      }
    },
  )
  return { files: done.files, mutants }
}

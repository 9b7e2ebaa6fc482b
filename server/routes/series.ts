import { type Library, missing } from '../known.ts'
import type { People } from '../store/people.ts'
import type { Series } from '../store/series.ts'
import type { Deeds } from './deed.ts'

type Named = 'allSeries' | 'newSeries' | 'oneSeries' | 'changeSeries' | 'importMemory'

export function seriesDeeds({ series, episodes, memory }: People, library: Library): Pick<Deeds, Named> {
  const view = async ({
    glossary,
    honorifics,
    cast,
    styles,
    targets,
    release,
    houses: _,
    ...one
  }: Series) => ({
    ...one,
    targets: [...targets],
    glossary: glossary.map(({ forbid, ...term }) => ({ ...term, ...(forbid && { forbid: [...forbid] }) })),
    honorifics: honorifics.map(({ terms, ...one }) => ({
      ...one,
      ...(terms && { terms: terms.map(term => ({ ...term })) }),
    })),
    cast: [...cast],
    styles: [...styles],
    release: { territories: [...release.territories], media: [...release.media] },
    episodes: await episodes.count(one.id),
  })

  return {
    allSeries: async () => Promise.all((await series.all()).map(view)),
    newSeries: async ({ body }) => view(await series.add(body)),
    oneSeries: async ({ where }) => view(await library.series(where.series)),

    changeSeries: async ({ where, body }) =>
      view((await series.change(where.series, body)) ?? missing('series', where.series)),

    importMemory: async ({ where, body }) => {
      const { id } = await library.series(where.series)
      return { added: await memory.add(id, body.entries) }
    },
  }
}

/** The wire of series: what holds for all its episodes. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { reference } from './terms.ts'
import { editors, id, kind, language, leads, name, text, watchers } from './words.ts'

export const TermShape = z.strictObject({
  source: name,
  target: name,
  language,
  forbid: z.array(name).optional(),
  keep: z.boolean().optional(),
  note: text(500).optional(),
})
export const VoiceShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nobody'), engine: id, preset: z.string().max(100) }),
  z.strictObject({ kind: z.literal('person'), actor: reference }),
])
export const CastingShape = z.strictObject({ character: name, voice: VoiceShape })
/** Lines of this style of imported subtitles are of this kind. */
export const StyleKindShape = z.strictObject({ style: text(200), kind })
/** What is done with the honorifics of a Japanese original in a language, and what stands for some of them. */
export const HonorificsShape = z.strictObject({
  language,
  custom: z.enum(['keep', 'drop', 'adapt']),
  terms: z
    .array(
      z.strictObject({
        honorific: z.enum(['san', 'chan', 'kun', 'sama', 'senpai', 'sensei', 'dono']),
        target: name,
      }),
    )
    .max(20)
    .optional(),
})
const seriesFields = {
  title: name,
  language,
  targets: z.array(language).max(20),
  glossary: z.array(TermShape).max(20_000),
  honorifics: z.array(HonorificsShape).max(50),
  cast: z.array(CastingShape).max(500),
  styles: z.array(StyleKindShape).max(500),
  loudness: z.number().min(-40).max(-10),
  /** Where it is to be released, as ISO 3166 has it, and by what medium, in the words of the yeses it needs. */
  release: z.strictObject({
    territories: z.array(z.string().regex(/^[A-Z]{2}$/)).max(300),
    media: z.array(name).max(50),
  }),
}
export const NewSeries = z
  .strictObject({ title: name, language })
  .extend(z.object(seriesFields).partial().omit({ title: true, language: true }).shape)
export const SeriesChange = z.strictObject(seriesFields).partial()
export const SeriesView = z.object({ id, ...seriesFields, episodes: z.int() })
export type SeriesView = z.infer<typeof SeriesView>
/** Translation memory comes in whole: pairs a person made, added to those there are. */
export const MemoryImport = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        from: language,
        to: language,
        source: text(2000),
        target: text(2000),
        origin: text(200),
      }),
    )
    .max(50_000),
})

export const seriesRoutes = {
  allSeries: {
    method: 'get',
    path: '/api/series',
    says: 'All series',
    may: watchers,
    answer: z.array(SeriesView),
  },
  newSeries: {
    method: 'post',
    path: '/api/series',
    says: 'Begin a series',
    may: leads,
    body: NewSeries,
    answer: SeriesView,
  },
  oneSeries: {
    method: 'get',
    path: '/api/series/:series',
    says: 'One series',
    may: watchers,
    answer: SeriesView,
  },
  changeSeries: {
    method: 'patch',
    path: '/api/series/:series',
    says: 'Change a series',
    may: leads,
    body: SeriesChange,
    answer: SeriesView,
  },
  importMemory: {
    method: 'post',
    path: '/api/series/:series/memory',
    says: 'Add to the translation memory',
    may: editors,
    body: MemoryImport,
    answer: z.object({ added: z.int() }),
  },
} as const

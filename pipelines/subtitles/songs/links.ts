/**
 * The same words of a song in several forms, one caption each: as it is sung in letters (romaji), as it is written
 * (kanji), and translated. `twin` names the caption that the others belong to; it survives in our JSON.
 */
import type { Ms, SongForm } from '../../terms.ts'
import type { Caption, Document } from '../document.ts'

/** What a style's name says of its form. The first row that fits counts. */
const forms: readonly (readonly [RegExp, SongForm])[] = [
  [/romaji|romanji|ローマ字/i, 'romaji'],
  [/kanji|japanese|kana(?!da)|(?:^|[\W_])ja?p?n?(?:$|[\W_])|漢字|日本語/i, 'kanji'],
  [/english|translation|(?:^|[\W_])(?:tl|en|eng)(?:$|[\W_])|訳/i, 'translation'],
]
export const formOf = ({ style = '' }: Pick<Caption, 'style'>): SongForm | undefined =>
  forms.find(([pattern]) => pattern.test(style))?.[1]

/** Which form the others belong to, where it is there: what is sung is timed by its letters. */
const order: readonly SongForm[] = ['romaji', 'kanji', 'translation']

/**
 * Links songs that stand at the very same time and whose styles say that they are forms of one another. A caption that
 * is linked already, or of whose form there are two at that time, is left alone: that would be a guess.
 */
export function linkByTime(document: Document): Document {
  const together = new Map<string, Caption[]>()
  for (const caption of document.captions) {
    if (caption.kind !== 'song' || caption.twin !== undefined || formOf(caption) === undefined) continue
    const key = `${caption.start} ${caption.end}`
    const list = together.get(key)
    if (list) list.push(caption)
    else together.set(key, [caption])
  }
  const twins = new Map<string, string>()
  for (const list of together.values()) {
    const byForm = order.map(form => list.filter(caption => formOf(caption) === form))
    const [main, ...others] = byForm.filter(all => all.length === 1).flat()
    if (main) for (const other of others) twins.set(other.id, main.id)
  }
  return twins.size === 0
    ? document
    : changed(document, caption => {
        const twin = twins.get(caption.id)
        return twin === undefined ? caption : { ...caption, twin }
      })
}

/** Those that are linked with a caption, itself first. */
export function linkedWith({ captions }: Pick<Document, 'captions'>, id: string): readonly Caption[] {
  const own = captions.find(caption => caption.id === id)
  if (!own) return []
  const main = own.twin ?? own.id
  return [own, ...captions.filter(one => one !== own && (one.id === main || one.twin === main))]
}

/** Times of one caption; those linked with it go where it goes, by as much at either end. */
export function retimeLinked(
  document: Document,
  id: string,
  { start, end }: { readonly start: Ms; readonly end: Ms },
): Document {
  const linked = linkedWith(document, id)
  const [own] = linked
  if (!own || end <= start) return document
  const [before, behind] = [start - own.start, end - own.end]
  const ids = new Set(linked.map(one => one.id))
  return changed(document, caption => {
    if (!ids.has(caption.id)) return caption
    const begin = caption.start + before
    return { ...caption, start: begin, end: Math.max(begin + 1, caption.end + behind) }
  })
}

export const unlink = (document: Document, id: string): Document =>
  changed(document, caption => {
    if (caption.id !== id || caption.twin === undefined) return caption
    const { twin: _, ...alone } = caption
    return alone
  })

/** Captions whose partner is gone, and forms that others of the song have and this group lacks. */
export function missingPartners(
  document: Pick<Document, 'captions'>,
): readonly { readonly caption: string; readonly lacks: SongForm | 'partner' }[] {
  const ids = new Set(document.captions.map(({ id }) => id))
  const songs = document.captions.filter(({ kind }) => kind === 'song')
  const used = order.filter(form => songs.some(one => one.twin !== undefined && formOf(one) === form))
  const groups = new Map<string, Set<SongForm>>()
  for (const song of songs) {
    const form = formOf(song)
    const main = song.twin ?? song.id
    if (form !== undefined) groups.set(main, (groups.get(main) ?? new Set<SongForm>()).add(form))
  }
  return songs.flatMap(
    ({ id, twin }): { readonly caption: string; readonly lacks: SongForm | 'partner' }[] => {
      if (twin !== undefined) return ids.has(twin) ? [] : [{ caption: id, lacks: 'partner' as const }]
      const own = groups.get(id)
      return own ? used.filter(form => !own.has(form)).map(lacks => ({ caption: id, lacks })) : []
    },
  )
}

const changed = (document: Document, change: (caption: Caption) => Caption): Document => ({
  ...document,
  captions: document.captions.map(change),
})

import type { Language, SongForm, Utterance, Word } from '../terms.ts'
import { type Caption, type Document, textOf } from './document.ts'
import { formOf, linkByTime } from './songs/links.ts'
import { sungIn } from './songs/syllables.ts'

/** Subtitles were timed by people, but for reading: they come early and stay late. */
const trust = 0.8

/**
 * What is said in a document, in order. Drawings, effects and empty captions say nothing; layers of one sign say it once,
 * and so do the forms of a song. Of those, the one in `language` is what is said, and the others stand beside it.
 */
export function utterancesOf(document: Document, language?: Language): Utterance[] {
  const { own, beside } = formsIn(document, language)
  const seen = new Map<string, Utterance[]>()
  for (const caption of own.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const { start, end, speaker, kind, rights, style } = caption
    const { rows, sung } = rowsSaid(caption)
    if (rows.length === 0 || end <= start || start < 0 || isEffect(caption)) continue
    const key = `${start} ${end} ${rows.join('\n')}`
    const layers = seen.get(key)
    if (layers) {
      seen.set(
        key,
        layers.map(one => ({ ...one, captions: [...(one.captions ?? []), caption.id] })),
      )
      continue
    }
    const others = beside.get(caption.id) ?? []
    const said = {
      kind: kind === 'dialogue' && sung ? ('song' as const) : kind,
      trust,
      pinned: true,
      captions: [caption.id],
      ...(rights && { rights }),
      ...(style && { style }),
      ...formed(caption, others),
    }
    if (rows.length > 1 && rows.every(row => dash.test(row)))
      seen.set(
        key,
        twoSpeakers(rows, caption).map(one => ({ ...one, ...said })),
      )
    else {
      const words = { start, end, text: rows.reduce(joinRows), words: sungWords(caption) }
      seen.set(key, [{ ...words, ...(speaker !== undefined && { speaker }), ...said }])
    }
  }
  return [...seen.values()].flat()
}

/** What karaoke programs draw of a line that stands in the script as a comment. */
export const isEffect = ({ beside }: Caption): boolean => /^fx$/i.test(beside?.['ass.effect'] ?? '')

/** Captions that say something of their own, and those that say the same in other forms, by the one they stand beside. */
function formsIn(document: Document, language = '') {
  const { captions } = linkByTime(document)
  const groups = new Map<string, Caption[]>()
  for (const caption of captions) {
    const main = caption.twin ?? caption.id
    groups.set(main, [...(groups.get(main) ?? []), caption])
  }
  const order: readonly SongForm[] = /^ja\b/i.test(language)
    ? ['kanji', 'romaji', 'translation']
    : ['translation', 'romaji', 'kanji']
  const beside = new Map<string, readonly Caption[]>()
  const own = [...groups.values()].flatMap(group => {
    if (group.length === 1 || group.some(one => one.kind !== 'song')) return group
    const place = (one: Caption) => order.indexOf(formOf(one) ?? 'translation')
    const [main, ...others] = group.toSorted((a, b) => place(a) - place(b))
    if (main) beside.set(main.id, others)
    return main ? [main] : []
  })
  return { own, beside }
}

function formed(caption: Caption, others: readonly Caption[]) {
  if (caption.kind !== 'song') return {}
  const form = formOf(caption)
  const forms = others.flatMap(other => {
    const named = formOf(other)
    const text = rowsSaid(other).rows.join(' ')
    return named && text !== '' ? [{ form: named, text, caption: other.id }] : []
  })
  const sung = [caption, ...others].map(sungIn).find(all => all.length > 0)
  return { ...(form && { form }), ...(forms.length > 0 && { forms }), ...(sung && { sung }) }
}

const dash = /^[-‐–—]\s*/
const notes = /[ \u3000]*[♪♫♬]+[ \u3000]*/gu

function rowsSaid(caption: Caption): { rows: readonly string[]; sung: boolean } {
  const text = textOf(caption).normalize('NFC').replaceAll('\u00a0', ' ').trim()
  const sung = /^[♪♫♬]/u.test(text)
  const words = sung ? text.replace(notes, ' ') : text
  return {
    rows: words
      .split('\n')
      .map(row => row.trim())
      .filter(row => row !== ''),
    sung,
  }
}

/** Where both sides of a row break are written without spaces, a break is nothing; elsewhere it is a space. */
const joinRows = (before: string, after: string): string =>
  before +
  (/[\u3000-\u9fff\uff00-\uffef]$/.test(before) && /^[\u3000-\u9fff\uff00-\uffef]/.test(after) ? '' : ' ') +
  after

/** Each hyphen is another speaker: they share the caption's time by how much they say. */
function twoSpeakers(rows: readonly string[], { start, end }: Caption) {
  const total = rows.reduce((sum, row) => sum + row.length, 0)
  let said = 0
  return rows.map(row => {
    const from = start + Math.round(((end - start) * said) / total)
    said += row.length
    return {
      start: from,
      end: start + Math.round(((end - start) * said) / total),
      text: row.replace(dash, ''),
      words: [],
    }
  })
}

/** Karaoke says when each syllable is sung. */
const sungWords = ({ runs, start, end }: Caption): Word[] =>
  runs.flatMap(({ text, marks }): Word[] => {
    const { sung } = marks
    if (!sung || text.trim() === '' || start + sung.start >= end) return []
    return [
      {
        start: start + sung.start,
        end: Math.min(end, Math.max(start + sung.end, start + sung.start + 1)),
        text: text.trim(),
      },
    ]
  })

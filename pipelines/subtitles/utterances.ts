import type { Utterance, Word } from '../terms.ts'
import { type Caption, type Document, textOf } from './document.ts'

/** Subtitles were timed by people, but for reading: they come early and stay late. */
const trust = 0.8

/** What is said in a document, in order. Drawings and empty captions say nothing; layers of one sign say it once. */
export function utterancesOf({ captions }: Document): Utterance[] {
  const seen = new Set<string>()
  return captions
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .flatMap((caption): Utterance[] => {
      const { start, end, speaker, kind, rights, style } = caption
      const { rows, sung } = rowsSaid(caption)
      const key = `${start} ${end} ${rows.join('\n')}`
      if (rows.length === 0 || end <= start || start < 0 || seen.has(key)) return []
      seen.add(key)
      const said = {
        kind: kind === 'dialogue' && sung ? ('song' as const) : kind,
        trust,
        pinned: true,
        ...(rights && { rights }),
        ...(style && { style }),
      }
      if (rows.length > 1 && rows.every(row => dash.test(row)))
        return twoSpeakers(rows, caption).map(one => ({ ...one, ...said }))
      const text = rows.reduce(joinRows)
      return [
        { start, end, text, words: sungWords(caption), ...(speaker !== undefined && { speaker }), ...said },
      ]
    })
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

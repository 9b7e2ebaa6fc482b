import { encode, unwritable } from './bytes.ts'
import { type Document, tidy } from './document.ts'
import { formatNamed } from './formats/all.ts'
import type { Format } from './formats/format.ts'
import { type Loss, lost } from './lost.ts'
import { worn } from './worn.ts'

export type Written = { readonly bytes: Uint8Array; readonly lost: readonly Loss[] }
/** The file's own encoding, or UTF-8, when nothing else is asked for. `newline` is of new files alone. */
export type Writing = { readonly encoding?: string; readonly bom?: boolean; readonly newline?: '\n' | '\r\n' }

/**
 * The document as a file. In the format it was read from, what nobody edited is written as it came, to the byte. What
 * the format can't say is told: the file is read again and held against the document.
 * @throws RangeError for a format that is only read
 */
export function writeSubtitles(document: Document, format: Format, writing: Writing = {}): Written {
  if (!format.write) throw new RangeError(`${format.title} is only read`)
  const { origin } = document
  const own = origin?.format === format.name
  const untouched = own && isUntouched(document)
  const dressed = own || format.styled ? document : worn(document)
  const from = origin && formatNamed(origin.format)
  const said = own || format.keeps ? dressed : withoutKept(dressed)
  if (format.kind === 'bytes') {
    const bytes = format.write(said)
    return { bytes, lost: untouched ? [] : lost(dressed, format.read(bytes).document, from) }
  }
  const text =
    own || writing.newline !== '\r\n' ? format.write(said) : format.write(said).replaceAll('\n', '\r\n')
  const encoding = writing.encoding ?? (own ? origin.encoding : 'utf-8')
  const bom = writing.bom ?? (own && origin.bom)
  const bytes = encode(text, { encoding, bom }, own && encoding === origin.encoding ? origin.odd : [])
  const chars = unwritable(text, encoding)
  return {
    bytes,
    lost: [
      ...(untouched ? [] : lost(dressed, format.read(text).document, from)),
      ...(chars.length > 0 ? [{ what: `characters ${chars.slice(0, 20).join(' ')}`, captions: [] }] : []),
    ],
  }
}

/** What one format kept for itself is nothing to another. */
const withoutKept = (document: Document): Document => ({
  ...document,
  captions: document.captions.map(caption => ({
    ...caption,
    runs: tidy(caption.runs.map(({ text, marks }) => ({ text, marks }))),
  })),
})

/** Every caption is the very one that was read. */
function isUntouched({ captions, origin }: Document): boolean {
  const read = (origin?.parts ?? []).flatMap(({ caption, also = [] }) => (caption ? [caption, ...also] : []))
  return read.length === captions.length && read.every((caption, i) => caption === captions[i])
}

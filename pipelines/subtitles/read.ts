import { decode } from './bytes.ts'
import type { Diagnostic, Reading } from './document.ts'
import { formats } from './formats/all.ts'
import type { Format, Hints } from './formats/format.ts'

const head = 4096

/** What a file is, from its bytes; `name` only decides between formats that look equally like it. */
export function formatOf(bytes: Uint8Array, name = ''): Format | undefined {
  return recognise(bytes, name, () => decode(bytes.subarray(0, head)).text)
}

const extensionOf = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

function recognise(bytes: Uint8Array, name: string, text: () => string): Format | undefined {
  const start = bytes.subarray(0, head)
  let words: string | undefined
  const extension = extensionOf(name)
  const scores = formats.map(format => {
    if (format.kind === 'text') words ??= text()
    const looks = format.kind === 'bytes' ? format.looksLike(start) : format.looksLike(words ?? '')
    return { format, score: looks > 0 && format.extensions.includes(extension) ? looks + 0.05 : looks }
  })
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.format : undefined
}

/** What looks like nothing may still be what its name says, where that reader finds captions in it. */
function calledSo(text: string, name: string): Format | undefined {
  const extension = extensionOf(name)
  return formats.find(
    format =>
      format.kind === 'text' &&
      format.extensions.includes(extension) &&
      format.read(text).document.captions.length > 0,
  )
}

/**
 * Reads a subtitle file of any format and encoding. Never throws: what is wrong is told with its line and column.
 * `format` undefined when the bytes look like no format at all; then the document is empty.
 */
export function readSubtitles(
  bytes: Uint8Array,
  name = '',
  hints: Hints = {},
): Reading & { readonly format: Format | undefined } {
  const start = decode(bytes.subarray(0, head))
  const binary = recognise(bytes, name, () => start.text)
  if (binary?.kind === 'bytes') return { ...binary.read(bytes, hints), format: binary }
  const { text, encoding, bom, odd, sure } = decode(bytes)
  const format = binary ?? recognise(bytes, name, () => text.slice(0, head)) ?? calledSo(text, name)
  if (format?.kind !== 'text')
    return { document: { captions: [] }, diagnostics: [unknown], format: undefined }
  const { document, diagnostics } = format.read(text, hints)
  const guessed: Diagnostic = {
    code: 'encoding-guessed',
    severity: 'note',
    line: 1,
    column: 1,
    says: 'The file is not UTF-8.',
    did: `It was read as ${encoding}.`,
  }
  return {
    // A document that came through JSON has the origin that was written there.
    document:
      document.origin?.format === format.name
        ? { ...document, origin: { ...document.origin, encoding, bom, ...(odd.length > 0 && { odd }) } }
        : document,
    diagnostics: sure ? diagnostics : [guessed, ...diagnostics],
    format,
  }
}
const unknown: Diagnostic = {
  code: 'format-unknown',
  severity: 'error',
  line: 1,
  column: 1,
  says: 'This looks like no subtitle format.',
  did: 'Nothing was read.',
}

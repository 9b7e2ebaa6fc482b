/**
 * SAMI: HTML with times. Each class is a language's or a speaker's own row of captions: one lasts until the next of its
 * class begins, and a blank one ends it. Only read.
 */
import type { Language, Ms } from '../../terms.ts'
import { type Caption, type Named, plain, type Reading, textOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { originOf, rowOf, rowsOf } from './rows.ts'
import { classesOf, rulesOf, type SamiClass } from './sami-css.ts'
import { attributeOf, shownText, tokensOf } from './sami-tags.ts'
import { addBreak, addWords, closeTag, emptyText, openTag, runsOfText, type SamiText } from './sami-text.ts'

const complaints = {
  'time-odd': [
    'error',
    'This SYNC has no time: {}.',
    'What stands in it was left out; it stays in the file.',
  ],
  'time-backward': [
    'warning',
    'The SYNC is earlier than the one before it: {}.',
    'It was read where it stands.',
  ],
  'times-backward': ['error', 'The caption ends before it begins: {}.', 'Both times were kept as they are.'],
  'end-missing': ['note', 'Nothing ends the last caption of its class.', 'It ends after five seconds.'],
  'class-unknown': ['note', 'There is no class {}.', 'It was read as one without a style.'],
  'languages-several': [
    'note',
    'The file holds several languages: {}.',
    'All were read; each caption wears its class as its style.',
  ],
  'no-captions': ['error', 'There is no caption in the file.', 'Nothing was read.'],
} as const satisfies Complaints<string>

/** What nothing ends, lasts so long. */
const usualLength: Ms = 5000

/** What a class says at one time; without words it ends what stood there before. */
type Said = {
  readonly at: number
  readonly start: Ms
  readonly stop: Ms | undefined
  readonly texts: SamiText[]
  source: string
}

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain } = complaining(complaints)
  const at = (place: number): readonly [number, number] => {
    const row = rowOf(rows, place)
    return [row + 1, place - (rows.starts[row] ?? 0) + 1]
  }
  let [title, css, inside]: [string, string, '' | 'title' | 'style'] = ['', '', '']
  const tracks = new Map<string, Said[]>()
  let sync: { at: number; start: Ms; stop: Ms | undefined } | undefined
  let open: SamiText | undefined
  let last = Number.NEGATIVE_INFINITY
  const paragraph = (name: string, id: string): void => {
    if (!sync) return
    const track = tracks.get(name) ?? []
    tracks.set(name, track)
    const before = track.at(-1)
    const said = before?.at === sync.at ? before : { ...sync, texts: [], source: '' }
    if (said !== before) track.push(said)
    // A paragraph of nothing takes no room, as in HTML.
    if (said.texts.at(-1)?.runs.length === 0) said.texts.pop()
    open = emptyText(id)
    said.texts.push(open)
  }
  for (const token of tokensOf(text)) {
    if (token.type === 'comment') {
      if (inside === 'style') css += token.text
    } else if (token.type === 'text') {
      if (inside === 'title') title += shownText(token.text)
      else if (inside === 'style') css += token.text
      else {
        const words = shownText(token.text)
        if (sync && !open && words.trim() !== '') paragraph('', '')
        if (open) addWords(open, words)
      }
    } else {
      const { name, written } = token
      if (name === 'title' || name === 'style') inside = name
      else if (name === '/title' || name === '/style' || name === 'body') inside = ''
      else if (name === 'sync') {
        const start = timeOf(attributeOf(written, 'start'))
        open = undefined
        sync = undefined
        if (start === undefined) complain('time-odd', ...at(token.at), written)
        else {
          if (start < last) complain('time-backward', ...at(token.at), String(start))
          last = start
          sync = { at: token.at, start, stop: timeOf(attributeOf(written, 'end')) }
        }
      } else if (name === 'p')
        paragraph(attributeOf(written, 'class') ?? '', attributeOf(written, 'id') ?? '')
      else if (name === '/p' || name === '/sync') open = undefined
      else if (name === '/body' || name === '/sami') sync = open = undefined
      else if (name === 'br' && open) addBreak(open)
      else if (open && name.startsWith('/')) closeTag(open, name.slice(1))
      else if (open) openTag(open, name, written)
    }
  }
  const classes = new Map(classesOf(rulesOf(css)).map(one => [one.name.toLowerCase(), one]))
  for (const name of tracks.keys())
    if (name !== '' && !classes.has(name.toLowerCase()))
      complain('class-unknown', ...at(tracks.get(name)?.[0]?.at ?? 0), name)
  const blanks = (tracks.get('') ?? []).filter(isSilent)
  const shown = [...tracks].map(([name, said]) => ({
    name,
    own: classes.get(name.toLowerCase()),
    captions: captionsOf(
      // A blank paragraph of no class ends what stands in every class.
      name === '' || blanks.length === 0 ? said : [...said, ...blanks].sort((a, b) => a.at - b.at),
      place => complain('end-missing', ...at(place)),
    ),
  }))
  const spoken = shown.filter(({ captions }) => captions.length > 0)
  const language = spoken.find(({ own }) => own?.language)?.own?.language
  if (new Set(spoken.map(({ name }) => name)).size > 1)
    complain('languages-several', 1, 1, spoken.map(({ name }) => name).join(' '))
  const captions = spoken
    .flatMap(({ name, own, captions }) => captions.map(one => dressed(one, name, own, language)))
    .sort((a, b) => a.start - b.start)
    .map((caption, i) => ({ ...caption, id: String(i + 1) }))
  for (const { start, end } of captions) if (end < start) complain('times-backward', 1, 1, `${start} ${end}`)
  if (captions.length === 0 && text.trim() !== '') complain('no-captions', 1)
  return {
    document: {
      captions,
      ...(language && { language }),
      ...(title.trim() !== '' && { title: title.trim() }),
      ...(classes.size > 0 && { styles: [...classes.values()].map(styleOf) }),
      origin: originOf('sami', rows),
    },
    diagnostics,
  }
}

const timeOf = (written: string | undefined): Ms | undefined => {
  const found = /^-?\d{1,10}/.exec(written ?? '')?.[0]
  return found === undefined ? undefined : Number(found)
}

const isSilent = ({ texts }: Said): boolean => textOf({ runs: runsOfText(texts) }).trim() === ''

/** Captions of one class: what stands until the next of the same class, words or none. */
function captionsOf(track: readonly Said[], unended: (at: number) => void): readonly Caption[] {
  return track.flatMap((said, i): Caption[] => {
    const sources = said.texts.filter(isSource)
    const runs = runsOfText(said.texts.filter(one => !isSource(one)))
    if (textOf({ runs }).trim() === '') return []
    const next = track[i + 1]?.start
    const end = said.stop ?? (next !== undefined && next >= said.start ? next : undefined)
    if (end === undefined) unended(said.at)
    const speaker = textOf({ runs: runsOfText(sources) })
      .replace(/\s*[:：]\s*$/, '')
      .trim()
    const kind = isSong(textOf({ runs })) ? 'song' : 'dialogue'
    return [
      {
        id: '',
        start: said.start,
        end: end ?? said.start + usualLength,
        kind,
        runs,
        ...(speaker !== '' && { speaker }),
      },
    ]
  })
}
/** Who speaks stands in a paragraph of its own. */
const isSource = ({ id }: SamiText): boolean => /^source$/i.test(id)

function dressed(
  caption: Caption,
  name: string,
  own: SamiClass | undefined,
  language: Language | undefined,
): Caption {
  const other = own?.language !== undefined && own.language !== language ? own.language : undefined
  return {
    ...caption,
    ...(other !== undefined && {
      runs: caption.runs.map(({ text, marks }) => ({ text, marks: { ...marks, language: other } })),
    }),
    ...(name !== '' && { style: own?.name ?? name }),
  }
}

const styleOf = ({ name, title, language, marks, place }: SamiClass): Named => ({
  name,
  marks: Object.keys(marks).length === 0 ? plain : marks,
  ...(place && { place }),
  ...((title !== undefined || language !== undefined) && {
    beside: {
      ...(title !== undefined && { 'sami.name': title }),
      ...(language !== undefined && { 'sami.language': language }),
    },
  }),
})

export const sami: TextFormat = {
  kind: 'text',
  name: 'sami',
  title: 'SAMI',
  extensions: ['smi', 'sami'],
  type: 'application/x-sami',
  styled: true,
  looksLike: head => (/<sami[\s>]/i.test(head) ? 0.95 : /<sync\s+start\s*=/i.test(head) ? 0.9 : 0),
  read,
}

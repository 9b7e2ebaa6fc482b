/** Files made to be slow, of any length: each took the square of its length, or seconds a megabyte, in some reader. */
import { preamble, wordOf } from '../../pipelines/subtitles/formats/scc-codes.ts'

/** Pieces, counted, until there are `size` characters. */
export function filled(size: number, piece: string | ((i: number) => string)): string {
  const pieces: string[] = []
  for (let [i, length] = [0, 0]; length < size; i++) {
    const one = typeof piece === 'string' ? piece : piece(i)
    pieces.push(one)
    length += one.length
  }
  return pieces.join('')
}

const tt = (inside: string): string =>
  `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling">${inside}`
const inBody = (inside: string): string => tt(`<body><div>${inside}`)

/** A screen of line 21 on which every other cell looks otherwise. */
const fullScreen = Array.from({ length: 15 }, (_, i) => {
  const address = wordOf(...preamble(i + 1, 8, false))
  return `${address} ${address} ${'91ae 91ae c8e5 9120 9120 c8e5 '.repeat(6)}`
}).join('')
const scc = (words: string): string => `Scenarist_SCC V1.0\n\n00:00:00;21\t${words}`
const bothScreens = `9420 9420 ${fullScreen}942f 942f 9420 9420 ${fullScreen}`
const assEvent = 'Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,'
const assHead = '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'

type Hostile = {
  readonly format: string
  readonly what: string
  readonly file: (size: number) => string
}
const rows: readonly (readonly [format: string, what: string, file: (size: number) => string])[] = [
  ['srt', 'rows of times and nothing else', n => filled(n, '0:0:1,0->0:0:2\n')],
  [
    'srt',
    'tags that are never closed',
    n => `1\n00:00:01,000 --> 00:00:02,000\n${filled(n, '<font color=red>a')}`,
  ],
  [
    'vtt',
    'a time before every letter',
    n => `WEBVTT\n\n00:01.000 --> 00:09.000\n${filled(n, '<00:01.000>a')}`,
  ],
  ['vtt', 'regions without end', n => `WEBVTT\n\n${filled(n, i => `REGION\nid:r${i}\n\n`)}`],
  [
    'vtt',
    'settings that are never the same',
    n => `WEBVTT\n\n${filled(n, i => `00:01.000 --> 00:02.000 line:${i}\n\n`)}`,
  ],
  ['ass', 'braces', n => assHead + assEvent + filled(n, '{')],
  ['ass', 'animations inside of animations', n => assHead + assEvent + filled(n, '{\\t(\\t(')],
  ['ass', 'an override before every letter', n => assHead + assEvent + filled(n, '{\\i1\\b1}a')],
  [
    'ttml',
    'paragraphs deep inside',
    n => tt(`<body>${'<div tts:color="red">'.repeat(25)}${filled(n, '<p>a</p>')}`),
  ],
  [
    'ttml',
    'paragraphs deep inside of what is animated',
    n => tt(`<body>${'<div><set tts:color="red"/>'.repeat(25)}${filled(n, '<p>a</p>')}`),
  ],
  ['ttml', 'brackets that begin nothing', n => inBody(`<p>${filled(n, '<')}`)],
  ['ttml', 'document types', n => inBody(`<p>${filled(n, '<!a>')}`)],
  ['ttml', 'paragraphs of nothing', n => inBody(filled(n, '<p/>'))],
  [
    'ttml',
    'words that come one by one',
    n => inBody(`<p>${filled(n, i => `<span begin="${i}s" end="${i + 1}s">a</span>`)}`),
  ],
  [
    'ttml',
    'regions that are used once',
    n =>
      tt(
        `<head><layout>${filled(n / 2, i => `<region xml:id="r${i}"/>`)}</layout></head><body><div>${filled(n / 2, i => `<p region="r${i}">a</p>`)}`,
      ),
  ],
  ['scc', 'a full screen shown with every other word', n => scc(bothScreens + filled(n, '942f 9420 '))],
  ['scc', 'a full screen in which a letter changes', n => scc(bothScreens + filled(n, 'c8e5 942f 9420 '))],
  [
    'scc',
    'a full screen painted again and again',
    n => scc(`9429 9429 ${fullScreen}${filled(n, '9429 c8e5 ')}`),
  ],
  ['scc', 'a row that rolls up with every word', n => scc(`9425 9425 ${filled(n, 'c8e5 94ad ')}`)],
  ['lrc', 'rows of a letter', n => filled(n, 'a\n')],
  ['sami', 'paragraphs of nothing', n => `<SAMI><BODY><SYNC Start=1000>${filled(n, '<P>')}`],
  ['microdvd', 'rows of nothing', n => `{1}{2}${filled(n, '|')}`],
  ['mpl2', 'rows of nothing', n => `[1][2]${filled(n, '|')}`],
  [
    'ttxt',
    'styles without end',
    n =>
      `<TextStream version="1.1"><TextSample sampleTime="00:00:01.000">a${filled(n, '<Style fromChar="0" toChar="1" styles="Bold"/>')}`,
  ],
  ['json', 'lists inside of lists', n => filled(n, '[')],
  [
    'whisper',
    'words that are none',
    n => `{"segments":[{"start":0,"end":1,"text":"a","words":[${filled(n, '{},')}`,
  ],
]
export const hostile: readonly Hostile[] = rows.map(([format, what, file]) => ({ format, what, file }))

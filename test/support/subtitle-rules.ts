/**
 * What SubRip and WebVTT ask of a reader, a small file each, with the captions a player shows: those of WebVTT as Chromium
 * gives them, whose rules are W3C's; those of SubRip, which has none, as ffmpeg does.
 */
export type Rule = {
  readonly what: string
  readonly file: string
  readonly cues: readonly (readonly [start: number, end: number, text: string])[]
}

const a = [1000, 2000, 'a'] as const
const b = [3000, 4000, 'b'] as const
const srtA = '1\n00:00:01,000 --> 00:00:02,000\na\n'
const srtB = '2\n00:00:03,000 --> 00:00:04,000\nb\n'
const vttA = '00:01.000 --> 00:02.000\na\n'
const vttB = '00:03.000 --> 00:04.000\nb\n'

export const rules: Readonly<Record<'srt' | 'vtt', readonly Rule[]>> = {
  srt: [
    { what: 'two captions', file: `${srtA}\n${srtB}`, cues: [a, b] },
    { what: 'a point for the comma', file: `${srtA}\n${srtB}`.replaceAll(',', '.'), cues: [a, b] },
    { what: 'no last newline', file: `${srtA}\n${srtB}`.trimEnd(), cues: [a, b] },
    { what: 'a byte order mark', file: `\ufeff${srtA}\n${srtB}`, cues: [a, b] },
    { what: 'CRLF', file: `${srtA}\n${srtB}`.replaceAll('\n', '\r\n'), cues: [a, b] },
    { what: 'CR', file: `${srtA}\n${srtB}`.replaceAll('\n', '\r'), cues: [a, b] },
    { what: 'blank rows before, between and behind', file: `\n\n${srtA}\n\n\n${srtB}\n\n`, cues: [a, b] },
    { what: 'a space in the blank row', file: `${srtA} \n${srtB}`, cues: [a, b] },
    { what: 'no numbers', file: `${srtA}\n${srtB}`.replace(/^\d\n/gm, ''), cues: [a, b] },
    { what: 'numbers in any order', file: `${srtA}\n${srtB}`.replace(/^\d\n/gm, '7\n'), cues: [a, b] },
    {
      what: 'a number that is said',
      file: `${srtA.replace('\na', '\n42')}\n${srtB}`,
      cues: [[1000, 2000, '42'], b],
    },
    { what: 'two rows', file: `${srtA}c\n\n${srtB}`, cues: [[1000, 2000, 'a\nc'], b] },
    {
      what: 'tags',
      file: `${srtA.replace('\na', '\n<i>a</i> <font color="#ff0000">c</font>')}\n${srtB}`,
      cues: [[1000, 2000, 'a c'], b],
    },
    { what: 'a place in braces', file: `${srtA.replace('\na', '\n{\\an8}a')}\n${srtB}`, cues: [a, b] },
    {
      what: 'coordinates',
      file: `${srtA.replace('\na', '  X1:100 X2:200 Y1:100 Y2:200\na')}\n${srtB}`,
      cues: [a, b],
    },
    { what: 'hours of one digit', file: `${srtA}\n${srtB}`.replaceAll('00:00:', '0:00:'), cues: [a, b] },
    {
      what: 'hours of three digits',
      file: `${srtA}\n${srtB.replaceAll('00:00:', '100:00:')}`,
      cues: [a, [360_003_000, 360_004_000, 'b']],
    },
    { what: 'spaces around times', file: `${srtA}\n${srtB}`.replaceAll(' --> ', '   -->  '), cues: [a, b] },
    {
      what: 'a smaller sign',
      file: `${srtA.replace('\na', '\na <3 c')}\n${srtB}`,
      cues: [[1000, 2000, 'a <3 c'], b],
    },
  ],
  vtt: [
    { what: 'two captions', file: `WEBVTT\n\n${vttA}\n${vttB}`, cues: [a, b] },
    {
      what: 'hours of two digits',
      file: `WEBVTT\n\n${`${vttA}\n${vttB}`.replaceAll('00:0', '00:00:0')}`,
      cues: [a, b],
    },
    {
      what: 'hours of three digits',
      file: `WEBVTT\n\n${vttA}\n${vttB.replaceAll('00:0', '100:00:0')}`,
      cues: [a, [360_003_000, 360_004_000, 'b']],
    },
    { what: 'a comma, which is no time', file: `WEBVTT\n\n${vttA}\n${vttB.replaceAll('.', ',')}`, cues: [a] },
    { what: 'no last newline', file: `WEBVTT\n\n${vttA}\n${vttB}`.trimEnd(), cues: [a, b] },
    { what: 'a byte order mark', file: `\ufeffWEBVTT\n\n${vttA}\n${vttB}`, cues: [a, b] },
    { what: 'CRLF', file: `WEBVTT\n\n${vttA}\n${vttB}`.replaceAll('\n', '\r\n'), cues: [a, b] },
    { what: 'CR', file: `WEBVTT\n\n${vttA}\n${vttB}`.replaceAll('\n', '\r'), cues: [a, b] },
    {
      what: 'words beside the signature',
      file: `WEBVTT - made by hand\nKind: captions\n\n${vttA}\n${vttB}`,
      cues: [a, b],
    },
    { what: 'many blank rows', file: `WEBVTT\n\n\n\n${vttA}\n\n\n${vttB}\n\n`, cues: [a, b] },
    { what: 'no blank row between', file: `WEBVTT\n\n${vttA}${vttB}`, cues: [a, b] },
    { what: 'notes', file: `WEBVTT\n\nNOTE one\n\n${vttA}\nNOTE\nof two\nrows\n\n${vttB}`, cues: [a, b] },
    {
      what: 'styles and regions',
      file: `WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:r\nwidth:40%\n\n${vttA}\n${vttB}`,
      cues: [a, b],
    },
    { what: 'names and numbers', file: `WEBVTT\n\n1\n${vttA}\nthe second\n${vttB}`, cues: [a, b] },
    {
      what: 'settings',
      file: `WEBVTT\n\n${vttA.replace('\na', ' line:0 align:start\na')}\n${vttB.replace('\nb', ' position:50%,center\nb')}`,
      cues: [a, b],
    },
    {
      what: 'tabs around the arrow',
      file: `WEBVTT\n\n${vttA}\n${vttB}`.replaceAll(' --> ', '\t-->\t'),
      cues: [a, b],
    },
    {
      what: 'nothing around the arrow',
      file: `WEBVTT\n\n${vttA}\n${vttB}`.replaceAll(' --> ', '-->'),
      cues: [a, b],
    },
    {
      what: 'entities',
      file: `WEBVTT\n\n${vttA.replace('\na', '\na &lt;c&gt; &amp;&nbsp;d')}\n${vttB}`,
      cues: [[1000, 2000, 'a <c> &\u00a0d'], b],
    },
    {
      what: 'tags, classes, voices, times of words',
      file: `WEBVTT\n\n${vttA.replace('\na', '\n<v Mei><i.loud>a</i> <00:01.500><c>c</c></v>')}\n${vttB}`,
      cues: [[1000, 2000, 'a c'], b],
    },
    { what: 'two rows', file: `WEBVTT\n\n${vttA}- c\n\n${vttB}`, cues: [[1000, 2000, 'a\n- c'], b] },
    { what: 'times that are none', file: `WEBVTT\n\n${vttA}\n${vttB.replace('00:03', '00:61')}`, cues: [a] },
    { what: 'another file', file: `${vttA}\n${vttB}`, cues: [] },
  ],
}

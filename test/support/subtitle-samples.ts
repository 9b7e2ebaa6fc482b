import fc from 'fast-check'
import type { Document } from '../../pipelines/subtitles/document.ts'
import { ebuStl } from '../../pipelines/subtitles/formats/ebu-stl.ts'

const writeStl = (document: Document) => ebuStl.write?.(document) ?? new Uint8Array()

const crlf = (text: string) => text.replaceAll('\n', '\r\n')

/** Small files of each format that between them use most of it. */
const srt = `1
00:00:01,000 --> 00:00:02,500
<i>Hello</i> there,
<font color="#ff0000">you</font>.

2
00:00:03,000 --> 00:00:04,000 X1:40 X2:600 Y1:20 Y2:50
{\\an8}NOTEBOOK is mine

3
00:00:05,000 --> 00:00:06,000
agent
007
`
const looseSrt = `00:01:02.5->00:01:03
no number

7
0:1:4,5 --> 0:1:5,25

8

00:01:10,000 --> 00:01:11,000
with a

blank row
`
const vtt = `WEBVTT - a title
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000

STYLE
::cue(.loud) { color: #ff8800; font-weight: bold }

REGION
id:fred
width:40%

NOTE
a comment

intro
00:01.000 --> 00:02.000 line:0 align:left region:fred
<v Bob>Hi <c.loud>you</c> &amp; <ruby>漢<rt>かん</rt></ruby>

00:00:03.000 --> 00:00:04.000
one <00:00:03.500>two
NOTE is text here

00:00:05.000 --> 00:00:06.000
last`
const ass = `[Script Info]
; made by hand
Title: A sample
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[Aegisub Project Garbage]
Video Zoom Percent: 0.5

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Sign,Arial,20,&H0000FFFF,&H000000FF,&H00000000,&H00000000,0,-1,0,0,100,100,0,0,1,2,2,8,10,10,10,1

[Fonts]
fontname: x_0.ttf
M,#!

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,{=1}a comment
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Bob,0,0,0,,Hello, {\\i1}you{\\i0}\\N{a note}there\\h\\n
Dialogue: 1,0:00:01.00,0:00:02.50,Sign,,0,0,0,,{\\an7\\pos(320,180)\\t(0,500,\\fs30)\\c&H0000FF&}CLOSED{\\p1}m 0 0 l 10 10{\\p0}
Dialogue: 0,0:00:03.00,0:00:05.00,Default,,0,0,0,Banner;30,{\\k20}ka{\\kf30}ra{\\ko50}oke  

[Aegisub Extradata]
Data: 1,x,y
`
const ssa = `[Script Info]
ScriptType: v4.00
[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding
Style: Default,Arial,20,16777215,65535,65535,-2147483640,-1,0,1,3,0,6,30,30,30,0,0
[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0000,0000,0000,!Effect,{\\a6}old {\\b1}script
`

const stl = Buffer.from(
  writeStl({
    title: 'A sample',
    offset: 36_000_000,
    captions: [
      {
        id: '1',
        start: 1000,
        end: 2520,
        kind: 'dialogue',
        runs: [
          { text: 'Hello é ', marks: {} },
          { text: 'you', marks: { color: '#ffff00' } },
        ],
      },
      {
        id: '2',
        start: 3000,
        end: 4000,
        kind: 'note',
        runs: [{ text: 'a\nb', marks: {} }],
        place: { block: 'top', inline: 'left' },
      },
      {
        id: '3',
        start: 5000,
        end: 9000,
        kind: 'dialogue',
        runs: [{ text: 'A long row, and another one that is as long. '.repeat(5), marks: {} }],
      },
    ],
  }),
)

export const samples: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  'ebu-stl': [stl],
  srt: [srt, crlf(srt), looseSrt, srt.trimEnd()],
  vtt: [vtt, crlf(vtt), vtt.replaceAll('\n', '\r')],
  ass: [ass, crlf(ass), ssa, ass.trimEnd()],
}

/** Ways in which files get broken: bytes changed, cut, doubled, put in. Always the same for the same numbers. */
export const mutations: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc
  .array(
    fc.record({
      how: fc.constantFrom('set', 'cut', 'double', 'put'),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      size: fc.nat(40),
      byte: fc.nat(255),
      put: fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '-->',
        '{',
        '}',
        '<',
        '>',
        '\0',
        '\\',
        '<i>',
        '</',
        '99999999999999',
        ':',
        ',',
        '&',
        '"',
        '[',
        ']',
        '\u2028',
        '😀',
        '__proto__',
      ),
    }),
    { maxLength: 12 },
  )
  .map(
    steps => bytes =>
      steps.reduce((now, { how, at, size, byte, put }) => {
        const from = Math.floor(at * now.length)
        const [before, after] = [now.subarray(0, from), now.subarray(from)]
        if (how === 'set') return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)])
        if (how === 'cut') return Buffer.concat([before, after.subarray(size)])
        if (how === 'double') return Buffer.concat([before, after.subarray(0, size), after])
        return Buffer.concat([before, Buffer.from(put), after])
      }, bytes),
  )

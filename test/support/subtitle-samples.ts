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

const imsc = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" xml:lang="ja" foo="bar">
  <head>
    <styling><style xml:id="s1" tts:fontStyle="italic"/></styling>
    <layout>
      <region xml:id="r1" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after" tts:textAlign="center"/>
      <region xml:id="r2" tts:writingMode="tbrl" tts:origin="80% 10%" tts:extent="10% 80%"/>
    </layout>
  </head>
  <body>
    <div region="r1" begin="1s">
      <p xml:id="a" begin="0.5s" end="00:00:02.250" ttm:desc="x"><span style="s1">灯り坂</span>の<br/>
        上まで &amp; more</p>
      <p begin="3s" dur="1s" region="r2"><span tts:ruby="container"><span tts:ruby="base">石</span><span tts:ruby="text">いし</span></span></p>
      <p begin="5s" end="9s">one<span begin="1s"> two</span></p>
      <p begin="9s" end="10s"/>
    </div>
  </body>
</tt>
`
const ebuTtD = `<?xml version="1.0" encoding="UTF-8"?>
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ebuttm="urn:ebu:tt:metadata" ttp:timeBase="media" ttp:cellResolution="50 30" xml:lang="de">
<tt:head><tt:metadata><ebuttm:documentMetadata><ebuttm:conformsToStandard>urn:ebu:tt:distribution:2014-01</ebuttm:conformsToStandard></ebuttm:documentMetadata></tt:metadata>
<tt:styling><tt:style xml:id="yellow" tts:color="#ffff00"/></tt:styling><tt:layout><tt:region xml:id="bottom" tts:origin="10% 80%" tts:extent="80% 10%" tts:displayAlign="after"/></tt:layout></tt:head>
<tt:body><tt:div><tt:p xml:id="s1" region="bottom" begin="00:00:01.000" end="00:00:02.000"><tt:span style="yellow">Hallo<tt:br/>du</tt:span></tt:p>
<tt:p xml:id="s2" region="bottom" begin="00:00:03.000" end="00:00:04.000"><tt:span>Ja.</tt:span></tt:p></tt:div></tt:body></tt:tt>`
const itt = `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:timeBase="smpte" ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="nonDrop" xml:lang="en">
<head><layout><region xml:id="bottom" tts:displayAlign="after" tts:textAlign="center"/></layout></head>
<body region="bottom"><div><p begin="00:00:01:00" end="00:00:02:12">Hello<br/>there</p><p begin="00:00:03:00" end="00:00:04:00">Yes</p></div></body></tt>
`
const dfxp =
  '<tt xmlns="http://www.w3.org/2006/10/ttaf1" xml:lang="en"><body><div><p begin="00:00:01.00" end="00:00:02.00">Hello</p>\n<p begin="3s" dur="1s">there</p></div></body></tt>'
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

const lrc = `[ti:A song]
[ar:Somebody]
[offset:+100]

[00:01.00]First row
[00:03.50]
[00:04.00]Chorus
[00:06.12]<00:06.12>One <00:06.50>two<00:07.00>
[00:08.00]Row
[00:08.00]列
no time
[00:10.00]Last`

const json = `{"format":"kotodama-subtitles","version":1,
"language":"ja",
"captions":[
{"id":"a","start":1000,"end":2000,"kind":"dialogue","runs":[{"text":"灯り坂","marks":{"ruby":{"text":"あかりざか"}}}]},
{"id":"b","start":2000,"end":3500,"kind":"sign","runs":[{"text":"a\\nb","marks":{}}],"place":{"block":"top"},"beside":{"x.y":"z"}}
]}
`
const looseJson = JSON.stringify(
  { title: 'x', captions: [{ id: '1', start: 0, end: 1, kind: 'note', runs: [{ text: ']"', marks: {} }] }] },
  null,
  2,
).replace('{', '{\n  "format": "kotodama-subtitles",')

const sbv = `0:00:01.000,0:00:02.500
Hello there,
you[br]two.

0:00:03.000,0:00:04.000
007

1:00:05.000,1:00:06.000
with a

blank row
`
const microdvd = `{1}{1}23.976
{DEFAULT}{}{C:$00FFFF}
{24}{48}{y:i}Hello|there
{72}{96}{Y:b,u}{P:0}{c:$0000FF}red|/slanted
what
{120}{}No end
{200}{240}{H:129}{o:10,20}{q:x}last
`
const mpl2 = `[10][25]/Hello|_there
[30][40]\\\\bold
[50][]No end
[70][80]last
`
const sami = `<SAMI>
<HEAD>
<TITLE>A sample</TITLE>
<STYLE TYPE="text/css">
<!--
P { font-family: Arial; text-align: center }
.ENCC { Name: English; lang: en-US; SAMIType: CC; color: yellow }
.KRCC { Name: '한국어'; lang: ko-KR; SAMIType: CC; }
#Source { color: white; }
-->
</STYLE>
</HEAD>
<BODY>
<SYNC Start=1000><P Class=ENCC ID=Source>Bob:<P Class=ENCC>Hello &amp; <i>goodbye<br>you</i>
<SYNC Start=1000><P Class=KRCC>안녕 <font color="#ff0000">너</font>
<!-- a comment -->
<SYNC Start=2500><P Class=ENCC>&nbsp;
<SYNC Start=3000><P Class=KRCC>&nbsp;
<sync start='4000'><p class="ENCC">5 < 6 & 7 <ruby>漢<rt>かん</rt></ruby>
<SYNC Start=5000 End=6000><P Class=ENCC>last
</BODY>
</SAMI>
`
const ttxt = `<?xml version="1.0" encoding="UTF-8" ?>
<!-- GPAC 3GPP Text Stream -->
<TextStream version="1.1">
<TextStreamHeader width="400" height="60" layer="0" translation_x="0" translation_y="0">
<TextSampleDescription horizontalJustification="center" verticalJustification="bottom" backColor="0 0 0 0">
<FontTable><FontTableEntry fontName="Serif" fontID="1"/></FontTable>
<TextBox top="0" left="0" bottom="60" right="400"/>
<Style styles="Normal" fontID="1" fontSize="18" color="ff ff ff ff"/>
</TextSampleDescription>
<TextSampleDescription horizontalJustification="left" verticalJustification="top"><Style styles="Bold" color="ff ff ff ff"/></TextSampleDescription>
</TextStreamHeader>
<TextSample sampleTime="00:00:00.000" text=""/>
<TextSample sampleTime="00:00:01.000" xml:space="preserve">Hello you
there<Style fromChar="6" toChar="9" styles="Italic" color="ff 0 0 ff"/></TextSample>
<TextSample sampleTime="00:00:02.500" xml:space="preserve"></TextSample>
<TextSample sampleTime="00:00:03.000" sampleDescriptionIndex="2" text="'one''two'"/>
<TextSample sampleTime="00:00:04.000" xml:space="preserve">karaoke<Karaoke startTime="0.5"><KaraokeRange fromChar="0" toChar="2" endTime="1.0"/><KaraokeRange fromChar="2" toChar="7" endTime="1.5"/></Karaoke></TextSample>
<TextSample sampleTime="00:00:06.000" text=""/>
</TextStream>
`
const word = (word: string, start: number, end: number) => ({ word, start, end, probability: 0.9 })
const openaiWhisper = JSON.stringify({
  text: ' Hello there. Bye.',
  segments: [
    {
      id: 0,
      seek: 0,
      start: 0.0,
      end: 2.5,
      text: ' Hello there.',
      tokens: [50364, 2425],
      temperature: 0,
      avg_logprob: -0.25,
      compression_ratio: 0.8,
      no_speech_prob: 0.01,
      words: [word(' Hello', 0.1, 0.5), word(' there.', 0.6, 1.24)],
    },
    { id: 1, seek: 0, start: 3, end: 4.2, text: ' Bye.', tokens: [], words: [word(' Bye.', 3, 3.5)] },
  ],
  language: 'en',
})
const whisperCpp = JSON.stringify(
  {
    systeminfo: 'AVX = 1',
    model: { type: 'base' },
    params: { model: 'x', language: 'ja' },
    result: { language: 'ja' },
    transcription: [
      {
        timestamps: { from: '00:00:00,000', to: '00:00:02,500' },
        offsets: { from: 0, to: 2500 },
        text: '灯り坂',
        tokens: [
          { text: '[_BEG_]', offsets: { from: 0, to: 0 }, id: 50364, p: 0.9 },
          { text: '灯り', offsets: { from: 0, to: 800 }, id: 1, p: 0.9 },
          { text: '坂', offsets: { from: 800, to: 1500 }, id: 2, p: 0.9 },
        ],
      },
    ],
  },
  null,
  '\t',
)
const whisperX = JSON.stringify({
  segments: [
    {
      start: 1.001,
      end: 2,
      text: ' 10 dogs bark.',
      words: [
        { word: '10' },
        { word: 'dogs', start: 1.2, end: 1.5, score: 0.8 },
        { word: 'bark.', start: 1.5, end: 1.9, score: 0.7 },
      ],
      speaker: 'SPEAKER_00',
    },
    { start: 'soon', text: 'x' },
  ],
  word_segments: [],
  language: 'en',
})
const fasterWhisper = JSON.stringify([
  { id: 1, seek: 0, start: 0.5, end: 1.5, text: ' One', words: null },
  { id: 2, seek: 0, start: 1.5, end: 2.5, text: ' two', words: [word(' two', 1.5, 2)] },
])

const scc = `Scenarist_SCC V1.0

00:00:00;21	9420 9420 94ae 94ae 9452 9452 97a1 97a1 c8e5 ecec ef2c 2064 ef6e a780 9229 9229 f480 91ae 91ae 79ef 7580 9120 9120 6b6e eff7 bf80 94f4 94f4 9723 9723 d3e5 feef f220 4580 92a1 92a1 2080 9137 9137 942f 942f

00:00:03;26	9420 9420 94ae 94ae 942c 942c

00:00:04;02	91c8 91c8 f2e5 6480 9170 9170 ece5 e6f4 942f 942f

00:00:08;00	942c 942c

00:00:09;00	9420 9420 94ae 94ae 91d0 91d0 f4ef 7080 9470 9470 62ef f4f4 ef6d 942f 942f

00:00:11;00	942c 942c
`
const rollUp = `Scenarist_SCC V1.0

01:00:01:00	94a7 94ad 9470 3e3e 2068 e5ec ecef

01:00:03:00	94a7 94a7 94ad 94ad 9470 9470 91ae 91ae 73e5 e3ef 6e64 20f2 eff7

01:00:05:00	94a7 94a7 94ad 94ad 9470 9470 ece1 73f4

01:00:07:00	942c 942c

01:00:08:00	9429 9429 94f2 94f2 7061 e96e f4e5 6480

01:00:10:00	942c 942c
`

export const samples: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  'ebu-stl': [stl],
  ttml: [dfxp, crlf(dfxp)],
  imsc: [imsc, crlf(imsc)],
  'ebu-tt-d': [ebuTtD],
  itt: [itt],
  json: [json, crlf(json), looseJson],
  whisper: [openaiWhisper, whisperCpp, whisperX, fasterWhisper],
  sbv: [sbv, crlf(sbv)],
  microdvd: [microdvd, crlf(microdvd), microdvd.slice(13)],
  mpl2: [mpl2, crlf(mpl2)],
  sami: [sami, crlf(sami)],
  ttxt: [ttxt, crlf(ttxt)],
  scc: [scc, crlf(scc), rollUp, scc.trimEnd()],
  lrc: [lrc, crlf(lrc), `${lrc}\n[00:12.00]\n`],
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

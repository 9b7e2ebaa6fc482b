import { expect } from 'chai'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { decode, encode, unwritable } from '../../../pipelines/subtitles/bytes.ts'

const japanese =
  '1\n00:00:01,000 --> 00:00:02,000\nトメさん、待ってください。灯り坂の上まで行きます。\n\n2\n00:00:03,000 --> 00:00:04,000\nそれはだれの石ですか？\n'
const russian =
  '1\n00:00:01,000 --> 00:00:02,000\nПодождите, пожалуйста. Я иду на вершину холма.\n\n2\n00:00:03,000 --> 00:00:04,000\nЧей это камень?\n'
const chinese =
  '1\n00:00:01,000 --> 00:00:02,000\n请等一下。我要走到山坡的顶上去看看那盏灯。\n\n2\n00:00:03,000 --> 00:00:04,000\n这是谁的石头？我们一起去找他吧。\n'
const korean =
  '1\n00:00:01,000 --> 00:00:02,000\n잠깐만 기다려 주세요. 저는 언덕 위까지 갑니다.\n\n2\n00:00:03,000 --> 00:00:04,000\n이것은 누구의 돌입니까?\n'
const spanish =
  '1\n00:00:01,000 --> 00:00:02,000\n¿Dónde está la señora? ¡Mañana será otro día!\n\n2\n00:00:03,000 --> 00:00:04,000\nNo sé qué pasó allí, corazón.\n'
const greek =
  '1\n00:00:01,000 --> 00:00:02,000\nΠεριμένετε, σας παρακαλώ. Πηγαίνω στην κορυφή του λόφου.\n\n2\n00:00:03,000 --> 00:00:04,000\nΤίνος είναι αυτή η πέτρα;\n'

const cases: readonly (readonly [encoding: string, text: string])[] = [
  ['shift_jis', japanese],
  ['euc-jp', japanese],
  ['gbk', chinese],
  ['gb18030', chinese],
  ['euc-kr', korean],
  ['windows-1251', russian],
  ['koi8-r', russian],
  ['windows-1252', spanish],
  ['windows-1253', greek],
  ['utf-16le', japanese],
  ['utf-16be', japanese],
  ['utf-32le', japanese],
  ['utf-32be', japanese],
  ['utf-16le', spanish],
  ['utf-8', japanese],
]

/** A few rows of one language, in encodings whose names the detector's confidence alone does not tell. */
const rows: readonly (readonly [rows: string, encodings: readonly string[]])[] = [
  ['Perché non sei venuto più?\nÈ già tardi, andrò domani.\nLa città è così bella.', ['windows-1252']],
  ['Où étais-tu hier soir ?\nJ’ai oublié la clé à l’hôtel.\nÇa ne fait rien.', ['windows-1252', 'macroman']],
  ['Gdzie byłeś wczoraj?\nProszę cię, chodź już do domu.\nŹle się czuję.', ['windows-1250', 'iso-8859-2']],
  [
    'Příliš žluťoučký kůň úpěl ďábelské ódy.\nMusíme jít, je pozdě.\nŘekni mi pravdu.',
    ['windows-1250', 'iso-8859-2'],
  ],
  [
    'Где ты был вчера?\nПойдём домой, уже поздно.\nДевочка съела хлеб.',
    ['maccyrillic', 'cp866', 'iso-8859-5'],
  ],
  ['Де ти був учора?\nДівчинка з’їла шматок хліба.\nЇї немає вдома.', ['windows-1251', 'koi8-u']],
  ['Dün akşam neredeydin?\nNe söylediğini anlamıyorum.\nHadi eve gidelim, geç oldu.', ['windows-1254']],
  ['איפה היית אתמול בערב?\nאני לא מבין מה אתה אומר.\nתודה שבאת.', ['windows-1255']],
  ['أين كنت مساء أمس؟\nأنا لا أفهم ما تقول.\nشكرا لأنك جئت.', ['windows-1256']],
  ['Kur buvai vakar vakare?\nMergaitė suvalgė šiek tiek duonos.\nAčiū, kad atėjai.', ['windows-1257']],
  ['เมื่อคืนคุณอยู่ที่ไหน\nฉันไม่เข้าใจว่าคุณพูดอะไร\nขอบคุณที่มา', ['windows-874']],
  ['昨天晚上你在哪裡？\n女孩吃了一點麵包。\n謝謝你能來。', ['big5']],
  ['昨日の夜、どこにいたの？\nパンを少し食べた。OK!\nおやすみ。', ['iso-2022-jp']],
  ['ありがとうございます。', ['shift_jis', 'euc-jp']],
  ['えっ、本当？', ['shift_jis', 'euc-jp']],
  ['Dün akşam neredeydin?', ['windows-1254', 'iso-8859-9']],
  ['Takk fyrir að koma, þú ert góður.', ['windows-1252']],
  ['Größe', ['windows-1252']],
  ['Hvala što si došao.', ['windows-1250', 'iso-8859-2']],
]

describe('bytes of subtitle files', () => {
  for (const [text, encodings] of rows)
    for (const encoding of encodings)
      it(`reads a few rows in ${encoding} as they were written: ${text.slice(0, 12)}…`, () => {
        const bytes = encode(text, { encoding, bom: false })
        const decoded = decode(bytes)
        expect(decoded.text).to.equal(text.replaceAll('’', unwritable('’', encoding).length > 0 ? '?' : '’'))
        expect(Buffer.from(encode(decoded.text, decoded, decoded.odd)).equals(bytes)).to.equal(true)
      })

  for (const [encoding, text] of cases)
    it(`tells ${encoding} from the bytes alone, and writes the same bytes again (${text.slice(32, 36)}…)`, () => {
      const bytes = iconv.encode(text, encoding)
      const decoded = decode(bytes)
      expect(decoded.text).to.equal(text)
      expect(encode(decoded.text, decoded, decoded.odd)).to.deep.equal(bytes)
    })

  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])
    it(`keeps the byte order mark of ${encoding}`, () => {
      const bytes = iconv.encode(`\ufeff${japanese}`, encoding)
      const decoded = decode(bytes)
      expect([decoded.encoding, decoded.bom, decoded.text]).to.deep.equal([encoding, true, japanese])
      expect(Buffer.from(encode(decoded.text, decoded)).equals(bytes)).to.equal(true)
    })

  it('keeps the bytes of rows that are damaged, however other rows are edited', () => {
    const bytes = Buffer.concat([
      Buffer.from('caf\u00e9 ok\n'),
      Buffer.from([0x61, 0xff, 0xc3, 0x0a]),
      Buffer.from(japanese),
    ])
    const decoded = decode(bytes)
    expect(decoded.encoding).to.equal('utf-8')
    const edited = encode(decoded.text.replace('ok', 'edited'), decoded, decoded.odd)
    expect(Buffer.from(edited).includes(Buffer.from([0x61, 0xff, 0xc3, 0x0a]))).to.equal(true)
    expect(Buffer.from(edited).toString('latin1')).to.contain('edited')
  })

  it('gives the bytes of any file back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const { text, odd, ...coding } = decode(bytes)
        expect(Buffer.from(encode(text, coding, odd)).equals(Buffer.from(bytes))).to.equal(true)
      }),
      { numRuns: 300 },
    )
  })

  it('names the characters an encoding has no bytes for', () => {
    expect(unwritable('灯 café ♪', 'windows-1252')).to.deep.equal(['灯', '♪'])
    expect(unwritable('灯り ♪', 'shift_jis')).to.deep.equal([])
    expect(unwritable('灯り ♪', 'utf-8')).to.deep.equal([])
  })
})

import { expect } from 'chai'
import { check } from '../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../pipelines/subtitles/check/houses.ts'
import { mendAll } from '../../../pipelines/subtitles/check/mend.ts'
import { ownProfile } from '../../../pipelines/subtitles/check/own.ts'
import { houseShape } from '../../../pipelines/subtitles/command/house.ts'
import { diff } from '../../../pipelines/subtitles/diff.ts'
import { type Document, textOf } from '../../../pipelines/subtitles/document.ts'
import { formatNamed, formats } from '../../../pipelines/subtitles/formats/all.ts'
import type { Format } from '../../../pipelines/subtitles/formats/format.ts'
import { writeSubtitles } from '../../../pipelines/subtitles/write.ts'
import { samples } from '../../support/subtitle-samples.ts'

/** What every object has without having said so. */
const poisons = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
const prototypes = [Object, Array, Map, Set, String, RegExp, Function].map(one => one.prototype as object)
const propertiesOf = () => JSON.stringify(prototypes.map(one => Reflect.ownKeys(one).map(String)))

/** Where in a value something stands that no JSON could hold. */
function strangeIn(value: unknown, at = ''): string | undefined {
  if (typeof value === 'function') return at
  if (typeof value !== 'object' || value === null) return undefined
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return at
  for (const key of Object.keys(value)) {
    const found = strangeIn(Object.getOwnPropertyDescriptor(value, key)?.value, `${at}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
const scene = { rate: { num: 24, den: 1 }, shots: [] }
const read = (format: Format, file: string) =>
  format.kind === 'bytes' ? format.read(Buffer.from(file, 'latin1')) : format.read(file)

/** Every word of a sample in its turn, wherever it stands, becomes one of the poisons. */
function poisoned(format: Format): readonly (readonly [what: string, file: string])[] {
  return (samples[format.name] ?? []).slice(0, 3).flatMap((sample, s) => {
    const text = sample.toString(format.kind === 'bytes' ? 'latin1' : 'utf8')
    const words = [...new Set(text.match(/[A-Za-z_][\w-]+/g))].slice(0, 50)
    return words.map((word, i) => {
      const poison = poisons[(i + s) % poisons.length] ?? ''
      return [`${poison} for ${word}`, text.replaceAll(word, poison)] as const
    })
  })
}

describe('names that every object has', () => {
  const untouched = propertiesOf()
  afterEach(() => expect(propertiesOf()).to.equal(untouched))

  const writers = formats.filter(({ write }) => write)
  for (const format of formats)
    it(`are nothing but names in ${format.title}`, function () {
      this.timeout(60_000)
      poisoned(format).forEach(([what, file], i) => {
        const reading = read(format, file)
        expect(strangeIn(reading), what).to.equal(undefined)
        const { document } = reading
        const more: Document = {
          ...document,
          captions: [
            ...document.captions.map(one => ({ ...one, start: one.start + 40, end: one.end + 40 })),
            { id: '__proto__', start: 1, end: 2, kind: 'dialogue', runs: [{ text: 'x', marks: {} }] },
          ],
        }
        for (const to of new Set([format, writers[i % writers.length]]))
          if (to?.write) expect(strangeIn(writeSubtitles(more, to).lost), what).to.equal(undefined)
      })
    })

  for (const poison of poisons)
    it(`name captions, styles, voices and what is beside, and come through every format: ${poison}`, () => {
      const document: Document = {
        styles: [{ name: poison, marks: { bold: true } }],
        regions: [{ name: poison, marks: {} }],
        beside: { [poison]: 'x' },
        captions: [
          {
            id: poison,
            start: 1000,
            end: 3000,
            kind: 'dialogue',
            style: poison,
            label: poison,
            speaker: poison,
            place: { region: poison },
            beside: { [poison]: 'x', 'ttml.p.tts:lineHeight': '1' },
            runs: [
              {
                text: poison,
                marks: { voice: poison, language: poison, classes: [poison], color: poison, style: poison },
                kept: `{\\${poison}}`,
              },
            ],
          },
        ],
      }
      for (const format of writers) {
        const { bytes, lost } = writeSubtitles(document, format)
        expect(strangeIn(lost), format.name).to.equal(undefined)
        const back = read(format, Buffer.from(bytes).toString(format.kind === 'bytes' ? 'latin1' : 'utf8'))
        expect(strangeIn(back), format.name).to.equal(undefined)
        if (format.name !== 'scc')
          expect(back.document.captions.map(textOf), format.name).to.deep.equal([poison])
      }
      for (const house of houseNames) {
        const profile = profileOf(house, 'en', 'adult')
        if (!profile) throw new TypeError(house)
        const terms = [{ source: poison, target: poison, language: 'en' }]
        const told = { ...scene, glossary: terms, names: [poison], sources: { [poison]: poison } }
        expect(strangeIn(check(document, profile, told).map(({ mended: _, ...one }) => one))).to.equal(
          undefined,
        )
        expect(strangeIn(mendAll(document, profile, told).document)).to.equal(undefined)
      }
      expect(strangeIn(diff(document, document))).to.equal(undefined)
      expect(profileOf(poison, poison, 'adult')).to.equal(undefined)
    })

  it('change no house: a house’s file says what it knows, and nothing else', () => {
    const file = (change: string) =>
      JSON.parse(`{"name":"__proto__","by":"a","why":"b","change":${change}}`) as unknown
    for (const poison of poisons)
      expect(
        houseShape.safeParse(file(`{"${poison}":{"row":1}}`)).success && poison !== '__proto__',
      ).to.equal(false)
    const base = profileOf('netflix', 'en', 'adult')
    const said = houseShape.parse(file('{"row":30}'))
    if (!base) throw new TypeError('no house')
    expect(ownProfile(said, base).row).to.equal(30)
    expect(ownProfile(said, base).rows).to.equal(base.rows)
  })
})

const tt = (body: string, before = '', root = '') =>
  `<?xml version="1.0"?>${before}<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"${root}><body><div>${body}</div></body></tt>`
const p = (inside: string, attributes = '') => `<p begin="0s" end="1s"${attributes}>${inside}</p>`
const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')

/** Documents that make other readers of XML hang, swell or hand out files. */
const bombs: readonly (readonly [
  what: string,
  file: string,
  words: readonly string[],
  codes: readonly string[],
])[] = [
  [
    'a billion laughs',
    tt(p('&l12;'), `<!DOCTYPE tt [<!ENTITY l0 "lol">${laughs}]>`),
    ['&l12;'],
    ['doctype', 'entity'],
  ],
  [
    'somebody else’s file',
    tt(p('&f;'), '<!DOCTYPE tt [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    ['&f;'],
    ['doctype', 'entity'],
  ],
  [
    'a document type from elsewhere',
    tt(p('a'), '<!DOCTYPE tt SYSTEM "http://127.0.0.1/x.dtd" [<!ENTITY % q SYSTEM "x"> %q;]>'),
    ['a'],
    ['doctype'],
  ],
  [
    'brackets inside of a document type',
    tt(p('a'), '<!DOCTYPE tt [<!ENTITY a "]>"><!ENTITY b ">">]>'),
    ['a'],
    ['doctype', 'doctype'],
  ],
  ['entities that are escaped twice', tt(p('&amp;lt;b&amp;#62;')), ['&lt;b&#62;'], []],
  [
    'characters that are none',
    tt(p('&#0;&#xD800;&#x110000;&#xFFFFFFFF;')),
    ['&#0;&#xD800;&#x110000;&#xFFFFFFFF;'],
    ['entity', 'entity', 'entity', 'entity'],
  ],
  ['an attribute of a megabyte', tt(p('a', ` xml:id="${'x'.repeat(1e6)}"`)), ['a'], []],
  [
    'a hundred thousand attributes',
    tt(p('a', Array.from({ length: 1e5 }, (_, i) => ` a${i}="b"`).join(''))),
    ['a'],
    [],
  ],
  [
    'a hundred thousand elements inside of each other',
    tt(p(`${'<span>'.repeat(1e5)}a`)),
    [''],
    ['deep', 'unclosed'],
  ],
  ['a name of a megabyte', tt(`<${'n'.repeat(1e6)}/>${p('a')}`), ['a'], ['attributes']],
  [
    'a prefix that means something else',
    tt(p('<span tts:color="red">a</span><x:span xmlns:x="urn:x">b</x:span>', ' xmlns:tts="urn:x"')),
    ['a'],
    [],
  ],
  [
    'another prefix for the same',
    tt(`<t:p xmlns:t="http://www.w3.org/ns/ttml" begin="0s" end="1s">a</t:p>`),
    ['a'],
    [],
  ],
  ['a namespace taken away', tt(`<p xmlns="" begin="0s" end="1s">a</p>${p('b')}`), ['b'], []],
  [
    'names that every object has',
    tt(
      p(
        '<__proto__>x</__proto__>a',
        ' __proto__="x" constructor="y" xmlns:__proto__="urn:x" __proto__:y="z" style="__proto__ constructor" region="__proto__"',
      ),
    ),
    ['a'],
    ['region-unknown'],
  ],
  [
    'words that are never closed',
    `${tt('').slice(0, -18)}<p begin="0s" end="1s"><![CDATA[a<b`,
    ['a<b'],
    ['unclosed'],
  ],
]

describe('XML made to do harm', () => {
  for (const [what, file, words, codes] of bombs)
    it(`is read for its words alone: ${what}`, () => {
      const format = formatNamed('ttml')
      if (format?.kind !== 'text') throw new TypeError('ttml')
      const { document, diagnostics } = format.read(file)
      expect(document.captions.map(textOf)).to.deep.equal(words)
      expect([...new Set(diagnostics.map(({ code }) => code))]).to.deep.equal([...new Set(codes)])
      expect(document.captions.flatMap(({ runs }) => runs).some(({ marks }) => marks.color)).to.equal(false)
      expect(format.write?.(document)).to.equal(file)
    })
})

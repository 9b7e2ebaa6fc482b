import { expect } from 'chai'
import fc from 'fast-check'
import { type Document, editCaption, textOf } from '../../../../pipelines/subtitles/document.ts'
import { formats } from '../../../../pipelines/subtitles/formats/all.ts'
import { json } from '../../../../pipelines/subtitles/formats/json.ts'
import { brokenAt, elementsOf, placer } from '../../../../pipelines/subtitles/formats/json-scan.ts'
import { readSubtitles } from '../../../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../../../pipelines/subtitles/write.ts'
import { samples } from '../../../support/subtitle-samples.ts'

const caption = (id: string, text: string, more = {}) => ({
  id,
  start: 0,
  end: 1000,
  kind: 'dialogue' as const,
  runs: [{ text, marks: {} }],
  ...more,
})
const file = (...captions: object[]) =>
  `{"format":"kotodama-subtitles","captions":[${captions.map(one => JSON.stringify(one)).join(',')}]}`
const codes = (text: string) =>
  json.read(text).diagnostics.map(({ code, line, column }) => [code, line, column])

describe('our own JSON', () => {
  for (const format of formats)
    for (const [i, sample] of (samples[format.name] ?? []).entries())
      it(`carries ${format.title} (${i + 1}) through without losing a byte`, function () {
        if (!format.write) return this.skip()
        const bytes = Buffer.from(sample)
        const { document } = readSubtitles(bytes, `x.${format.extensions[0]}`)
        const written = writeSubtitles(document, json)
        expect(written.lost).to.deep.equal([])
        const through = readSubtitles(written.bytes, 'x.json').document
        expect(through.captions).to.deep.equal(document.captions)
        expect(Buffer.from(writeSubtitles(through, format).bytes).equals(bytes)).to.equal(true)
      })

  it('keeps the encoding of the file that went through it', () => {
    const bytes = Buffer.from([
      ...Buffer.from('1\n00:00:01,000 --> 00:00:02,000\n'),
      0x82,
      0xa0,
      0x82,
      0xa2,
      10,
    ])
    const { document } = readSubtitles(bytes, 'x.srt')
    expect(document.origin?.encoding).to.equal('cp932')
    const { document: through, format } = readSubtitles(writeSubtitles(document, json).bytes)
    expect(format?.name).to.equal('json')
    const srt = formats.find(({ name }) => name === 'srt')
    expect(srt && Buffer.from(writeSubtitles(through, srt).bytes).equals(bytes)).to.equal(true)
  })

  it('takes what was changed by hand for an edit of the file it came from', () => {
    const file = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nold\n\n7\n00:00:03.0 --> 00:00:04,000\nb')
    const { document } = readSubtitles(file)
    const written = Buffer.from(writeSubtitles(document, json).bytes).toString()
    const edited = json.read(written.replace('"text":"old"', '"text":"new"')).document
    expect(edited.captions.map(textOf)).to.deep.equal(['new', 'b'])
    const srt = formats.find(({ name }) => name === 'srt')
    expect(srt && Buffer.from(writeSubtitles(edited, srt).bytes).toString()).to.equal(
      file.toString().replace('old', 'new'),
    )
    const indented = JSON.stringify(JSON.parse(written), null, 2)
    const { document: other, diagnostics } = json.read(indented)
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['origin-old'])
    expect(json.write?.(other)).to.equal(indented)
  })

  it('writes one caption a row, so that an edit is a row of a diff', () => {
    const document: Document = { language: 'ja', captions: [caption('a', 'x'), caption('b', 'y')] }
    const text = json.write?.(document) ?? ''
    expect(text.split('\n')).to.have.length(8)
    const edited = json.write?.(editCaption(json.read(text).document, 'b', one => ({ ...one, end: 5 }))) ?? ''
    const changed = edited.split('\n').filter((row, i) => row !== text.split('\n')[i])
    expect(changed).to.have.length(1)
  })

  it('keeps keys that nobody here knows', () => {
    const text = file(caption('a', 'x', { mood: 'calm' })).replace('"captions"', '"studio":"s","captions"')
    expect(json.write?.({ ...json.read(text).document, title: 't' }))
      .to.contain('"mood":"calm"')
      .and.contain('"studio":"s"')
  })

  it('tells what is wrong, where, and goes on', () => {
    expect(codes('')).to.deep.equal([['json-broken', 1, 1]])
    expect(codes('{"a":\n  tru}')).to.deep.equal([['json-broken', 2, 3]])
    expect(codes('[]')).to.deep.equal([
      ['format-missing', 1, 1],
      ['captions-missing', 1, 1],
    ])
    const odd = file(caption('a', 'x'), { id: 'b' }, caption('a', 'y'), { ...caption('c', 'z'), start: 2000 })
    const { document } = json.read(odd)
    expect(document.captions.map(one => [one.id, textOf(one)])).to.deep.equal([
      ['a', 'x'],
      ['a.3', 'y'],
      ['c', 'z'],
    ])
    expect(json.write?.(document)).to.equal(odd)
    expect(codes(odd).map(([code]) => code)).to.deep.equal(['caption-odd', 'id-twice', 'times-backward'])
    expect(
      codes(`{"format":"kotodama-subtitles","offset":"x","captions":[]}`).map(([code]) => code),
    ).to.deep.equal(['field-odd'])
  })

  it('lets nobody in by the prototype', () => {
    const evil = file(
      caption('a', 'x', { beside: JSON.parse('{"__proto__":"y","constructor":"z"}') }),
    ).replace('{"format"', '{"__proto__":{"polluted":1},"format"')
    const { document } = json.read(evil)
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false)
    expect('polluted' in document).to.equal(false)
    expect(json.write?.(document)).to.equal(evil)
  })

  it('finds the elements of a list in any JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.jsonValue(),
        fc.constantFrom(undefined, 1),
        (list, other, space) => {
          const text = JSON.stringify({ other, captions: list, after: [other] }, null, space)
          const found = elementsOf(text, 'captions').map(({ from, to }) => JSON.parse(text.slice(from, to)))
          expect(found).to.deep.equal(JSON.parse(JSON.stringify(list)))
        },
      ),
    )
  })

  it('finds where a text stops being JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value, null, 1)
        expect(brokenAt(text)).to.equal(text.length)
      }),
    )
    const broken: readonly (readonly [string, number])[] = [
      ['[1,]', 3],
      ['{"a" 1}', 5],
      ['{"a":1,}', 7],
      ['[1 2]', 3],
      ['{a:1}', 1],
      ['["\n"]', 1],
      ['[01]', 2],
      ['[]]', 2],
      ['[}', 1],
      ['["a', 1],
      ['nul', 0],
    ]
    for (const [text, at] of broken) expect(brokenAt(text), text).to.equal(at)
  })

  it('tells lines and columns in any order', () => {
    const place = placer('ab\ncd\n\nef')
    expect([7, 0, 3, 4, 6, 8].map(place)).to.deep.equal([
      [4, 1],
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 1],
      [4, 2],
    ])
  })
})

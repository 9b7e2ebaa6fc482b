import { expect } from 'chai'
import { formatNamed } from '../../../pipelines/subtitles/formats/all.ts'
import { hostile } from '../../support/hostile.ts'

const size = 100_000
const repeated = (piece: string, length = size): string => piece.repeat(Math.ceil(length / piece.length))
/** Pieces that count up, so that none is like another. */
const counted = (piece: (i: number) => string, length = size): string =>
  Array.from({ length: Math.ceil(length / piece(9999).length) }, (_, i) => piece(i)).join('')

const tt = (head: string, body: string): string =>
  `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><head>${head}</head><body>${body}</body></tt>`
const paragraph = (inside: string): string => tt('', `<div><p begin="0s" end="99999s">${inside}</p></div>`)
const half = size / 2

/** Files made to be slow: each took the square of its length, or longer, in some reader or writer. */
const adversaries: readonly (readonly [format: string, what: string, file: string])[] = [
  [
    'ttml',
    'spans that come one after the other',
    paragraph(counted(i => `<span begin="${i}s" end="${i + 1}s">a</span>`)),
  ],
  ['ttml', 'spans that come and stay', paragraph(counted(i => `<span begin="${i}s">a</span><br/>`))],
  [
    'ttml',
    'a colour that changes all the time',
    tt(
      '',
      counted(i => `<set begin="${i}s" end="${i + 1}s" tts:color="red"/>`, half) +
        `<div>${repeated('<p>a</p>', half)}</div>`,
    ),
  ],
  [
    'ttml',
    'styles that refer to each other fifty times over',
    tt(
      `<styling>${Array.from({ length: 20 }, (_, i) => `<style xml:id="s${i}" style="${repeated(`s${i + 1} `, 250)}"/>`).join('')}</styling>`,
      `<div>${repeated('<p style="s0">a</p>')}</div>`,
    ),
  ],
  [
    'ttml',
    'a chain of styles',
    tt(
      `<styling>${counted(i => `<style xml:id="s${i}" style="s${i + 1}" tts:color="red"/>`, half)}</styling>`,
      `<div>${counted(i => `<p style="s${i}">a</p>`, half)}</div>`,
    ),
  ],
  [
    'ttml',
    'namespaces declared again and again',
    `<tt xmlns="http://www.w3.org/ns/ttml">${Array.from({ length: 80 }, (_, i) => `<div${Array.from({ length: 80 }, (_, j) => ` xmlns:a${i}_${j}="x"`).join('')}>`).join('')}${repeated('<p xmlns:z="u"/>')}`,
  ],
  [
    'ttml',
    'readings without bases',
    paragraph(
      `<span tts:ruby="container"><span tts:ruby="baseContainer">${repeated('<span tts:ruby="base">a</span>', half)}</span>${repeated('<span tts:ruby="textContainer"><span tts:ruby="text">b</span></span>', half)}</span>`,
    ),
  ],
  ['ttml', 'paragraphs that never end', tt('', `<div>${repeated('<p begin="5s">a</p>')}</div>`)],
]

describe('files made to be slow', () => {
  for (const [name, what, file] of adversaries)
    it(`are read, written and edited in time: ${name}, ${what}`, function () {
      this.timeout(60_000)
      const format = formatNamed(name)
      if (format?.kind !== 'text') throw new TypeError(name)
      const { document } = format.read(file)
      if (!format.write) return
      expect(format.write(document) === file).to.equal(true)
      const edited = document.captions.map((one, i) =>
        i % 2 ? one : { ...one, runs: [...one.runs, { text: 'x', marks: {} }] },
      )
      expect(format.write({ ...document, captions: edited })).not.to.equal('')
    })

  for (const { format: name, what, file } of hostile)
    it(`say no more than they hold, and are complained of in few words: ${name}, ${what}`, () => {
      const format = formatNamed(name)
      if (format?.kind !== 'text') throw new TypeError(name)
      const text = file(size / 4)
      const { document, diagnostics } = format.read(text)
      const said = document.captions.reduce((sum, { runs }) => sum + runs.length, 0)
      expect(said).to.be.at.most(text.length * 2 + 2000)
      expect(diagnostics.length).to.be.at.most(600)
      if (format.write) expect(format.write(document) === text).to.equal(true)
    })
})

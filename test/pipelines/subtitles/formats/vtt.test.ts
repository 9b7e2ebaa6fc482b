import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { textOf } from '../../../../pipelines/subtitles/document.ts'
import { vtt } from '../../../../pipelines/subtitles/formats/vtt.ts'
import { readRegion, readSettings } from '../../../../pipelines/subtitles/formats/vtt-settings.ts'
import { printTimestamp } from '../../../../pipelines/subtitles/formats/vtt-times.ts'
import { type Node, readTree } from '../../../../pipelines/subtitles/formats/vtt-tree.ts'
import { sharedFile } from '../../../support/shared.ts'

describe('WebVTT', () => {
  describe("passes W3C's suite of file parsing", () => {
    const files = sharedFile('conformance/webvtt/files')
    const expected = sharedFile('conformance/webvtt/expected.json')
    if (!files || !expected) return
    const cues: Record<string, { text: string; startTime: number; endTime: number; region: unknown }[]> =
      JSON.parse(readFileSync(expected, 'utf8'))
    for (const [file, wanted] of Object.entries(cues))
      it(file, () => {
        expect(domCues(readFileSync(join(files, file), 'utf8'))).to.deep.equal(
          wanted.map(cue => ({ ...cue, text: undefined })),
        )
        // The suite tells texts as they are written; ours are read already.
        const texts = vtt.read(readFileSync(join(files, file), 'utf8')).document.captions.map(textOf)
        expect(texts).to.deep.equal(wanted.map(cue => plainText(readTree(cue.text))))
      })
  })

  describe("builds the trees of W3C's suite of cue texts", () => {
    const folder = sharedFile('conformance/webvtt/cue-text')
    if (!folder) return
    for (const file of readdirSync(folder).filter(name => name.endsWith('.json')))
      it(file, () => {
        const cases: { text: string; expectedTree: string }[] = JSON.parse(
          readFileSync(join(folder, file), 'utf8'),
        )
        for (const { text, expectedTree } of cases)
          expect(dump(readTree(cueText(text))), text).to.equal(expectedTree.replace(/\n+$/, ''))
      })
  })
})

/** Cues in the words of the suite: seconds, and the settings of VTTCue. */
function domCues(text: string) {
  const { document } = vtt.read(text)
  const regions = new Map(
    (document.regions ?? []).map(({ name, beside }) => [name, readRegion(beside?.['vtt.region'] ?? '')]),
  )
  return document.captions.map(({ label = '', start, end, beside }) => {
    const settings = readSettings(beside?.['vtt.settings'] ?? '', new Set(regions.keys()))
    return {
      id: label,
      startTime: start / 1000,
      endTime: end / 1000,
      text: undefined,
      ...settings,
      region: (settings.region === '' ? undefined : regions.get(settings.region)) ?? null,
    }
  })
}

/** What of a text is inside its cue: a blank row ends it, and NUL is replaced, before the text is read. */
const cueText = (text: string): string =>
  text.replaceAll('\0', '\ufffd').split('\n\n')[0]?.replace(/\n$/, '') ?? ''

const plainText = (nodes: readonly Node[]): string =>
  nodes
    .map(node =>
      node.type === 'text'
        ? node.text
        : node.type === 'time' || node.type === 'rt'
          ? ''
          : plainText(node.children),
    )
    .join('')

/** The suite's own notation: one node a row, two spaces a level. */
function dump(nodes: readonly Node[], depth = 0): string {
  const pad = `| ${'  '.repeat(depth)}`
  const rows = nodes.flatMap((node): string[] => {
    if (node.type === 'text') return [`${pad}"${node.text}"`]
    if (node.type === 'time') return [`${pad}<?timestamp ${printTimestamp(node.at)}>`]
    const name = node.type === 'c' || node.type === 'v' || node.type === 'lang' ? 'span' : node.type
    const attributes = [
      ...(node.classes.length > 0 ? [`class="${node.classes.join(' ')}"`] : []),
      ...(node.type === 'v' ? [`title="${node.annotation}"`] : []),
      ...(node.type === 'lang' ? [`lang="${node.annotation}"`] : []),
    ].map(attribute => `${pad}  ${attribute}`)
    return [
      `${pad}<${name}>`,
      ...attributes,
      ...(node.children.length > 0 ? [dump(node.children, depth + 1)] : []),
    ]
  })
  return rows.join('\n')
}

describe('ruby of WebVTT', () => {
  it('gives every character its own reading, be it that of the one before', () => {
    const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>日<rt>ひ</rt>日<rt>ひ</rt></ruby>\n'
    const [caption] = vtt.read(file).document.captions
    expect(caption?.runs.map(({ text, marks }) => [text, marks.ruby?.text])).to.deep.equal([
      ['日', 'ひ'],
      ['日', 'ひ'],
    ])
  })
})

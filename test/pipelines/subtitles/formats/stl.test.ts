import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { textOf } from '../../../../pipelines/subtitles/document.ts'
import { stl } from '../../../../pipelines/subtitles/formats/stl.ts'
import {
  type Block,
  blockSize,
  headerSize,
  joinBlocks,
  readBlock,
  readHeader,
  tokensOf,
} from '../../../../pipelines/subtitles/formats/stl-blocks.ts'
import { failedAssertions } from '../../../support/schematron.ts'
import { sharedFile } from '../../../support/shared.ts'

describe('EBU-STL', () => {
  describe("says of every file of IRT's suite what its rules want", () => {
    const files = sharedFile('conformance/ebu-stl/files')
    const rules = sharedFile('conformance/ebu-stl/rules')
    if (!files || !rules) return
    for (const name of readdirSync(files).filter(one => one.endsWith('.stl')))
      it(name, () => {
        const schematron = readFileSync(join(rules, name.replace(/stl$/, 'sch')), 'utf8')
        const wishes = [...schematron.matchAll(/<p>(-.*?)<\/p>/g)].map(found => found[1] ?? '')
        expect(
          failedAssertions(schematron, dump(readFileSync(join(files, name)), name, wishes)),
        ).to.deep.equal([])
      })

    it('gives the bytes of every file back', () => {
      for (const name of readdirSync(files)) {
        const bytes = readFileSync(join(files, name))
        expect(Buffer.from(stl.write?.(stl.read(bytes).document) ?? []).equals(bytes), name).to.equal(true)
      }
    })

    it('reads the words of all of them', () => {
      const said = (name: string) => stl.read(readFileSync(join(files, name))).document.captions.map(textOf)
      expect(said('requirement-0215-001.stl')[1]).to.equal('A simple subtitle.')
      expect(said('requirement-0250-001.stl')[1]).to.equal('Line 1\nLine 2')
      expect(said('requirement-0208-003.stl')[1]).to.equal('Block_00Block_FF')
      expect(said('requirement-0166-003.stl')[1]).to.equal('ìúâãāăȧëåçḇőęžJ́')
      expect(said('requirement-0218-004.stl')[2]).to.equal('Ω')
    })
  })

  it('reads feminine and masculine ordinals as such', () => {
    const document = {
      captions: [
        {
          id: '1',
          start: 0,
          end: 1000,
          kind: 'dialogue' as const,
          runs: [{ text: 'la 1ª y el 2º', marks: {} }],
        },
      ],
    }
    const { captions } = stl.read(Buffer.from(stl.write?.(document) ?? [])).document
    expect(captions.map(textOf)).to.deep.equal(['la 1ª y el 2º'])
  })

  it('keeps the clock of the programme apart from the times of its subtitles', () => {
    const document = {
      offset: 36_000_000,
      captions: [
        { id: '1', start: 2000, end: 3000, kind: 'dialogue' as const, runs: [{ text: 'x', marks: {} }] },
      ],
    }
    const bytes = Buffer.from(stl.write?.(document) ?? [])
    expect(bytes.subarray(256, 264).toString()).to.equal('10000000')
    expect([...bytes.subarray(headerSize + 5, headerSize + 13)]).to.deep.equal([10, 0, 2, 0, 10, 0, 3, 0])
    const after = stl.read(bytes).document
    expect([after.offset, after.captions[0]?.start, after.captions[0]?.end]).to.deep.equal([
      36_000_000, 2000, 3000,
    ])
  })

  it('spreads a long text over blocks, and reads it as one', () => {
    const text = 'A row of about forty characters is usual\n'.repeat(8).trim()
    const document = {
      captions: [{ id: '1', start: 0, end: 1000, kind: 'dialogue' as const, runs: [{ text, marks: {} }] }],
    }
    const bytes = Buffer.from(stl.write?.(document) ?? [])
    expect((bytes.length - headerSize) / blockSize).to.equal(3)
    expect([3, 131, 259].map(at => bytes[headerSize + at])).to.deep.equal([0, 1, 0xff])
    expect(stl.read(bytes).document.captions.map(textOf)).to.deep.equal([text])
  })
})

/** What blocks say, in the vocabulary of the suite (StlXml). */
function dump(file: Buffer, name: string, wishes: readonly string[]): string {
  const wants = (flag: string) => wishes.some(wish => wish.startsWith(flag))
  const header = readHeader(file)
  const blocks: Block[] = []
  for (let at = headerSize; at + blockSize <= file.length; at += blockSize)
    blocks.push(readBlock(file.subarray(at, at + blockSize)))
  const uda = Buffer.from(Buffer.from(header.UDA).toString('latin1').trimEnd(), 'latin1').toString('base64')
  const fields = Object.entries(header).map(([field, value]) =>
    element(field, field === 'UDA' ? (wants('-a') ? '' : uda) : xml(String(value))),
  )
  const body = (wants('-s') ? blocks : merged(blocks))
    .filter(({ extension }) => !(wants('-u') && extension === 0xfe))
    .map(block => {
      const two = (value: number) => value.toString(16).padStart(2, '0')
      const code = (bytes: Uint8Array) => [...bytes].map(part => String(part).padStart(2, '0')).join('')
      const text =
        block.extension === 0xfe
          ? Buffer.from(block.field).toString('base64')
          : tokensOf(block.field, header.CCT)
              .map(token => ('text' in token ? xml(token.text) : `<${token.code}/>`))
              .join('')
      const said = [
        ['SGN', block.group],
        ['SN', block.number],
        ['EBN', two(block.extension)],
        ['CS', two(block.cumulative)],
        ['TCI', code(block.from)],
        ['TCO', code(block.to)],
        ['VP', block.row],
        ['JC', two(block.justify)],
        ['CF', block.comment ? '01' : '00'],
      ]
      return element(
        'TTI',
        said.map(([field, value]) => element(String(field), String(value))).join('') + element('TF', text),
      )
    })
  const filename = wishes.find(wish => wish.startsWith('-f'))?.slice(3) ?? name
  const source = wants('-b')
    ? element('StlSource', element('Filename', filename) + element('Data', file.toString('base64')))
    : ''
  return element(
    'StlXml',
    element('HEAD', element('GSI', fields.join(''))) +
      element('BODY', element('TTICONTAINER', body.join(''))) +
      source,
  )
}
const element = (name: string, inside: string) => `<${name}>${inside}</${name}>`
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Blocks of one subtitle as one, user data before it, reserved blocks gone. */
function merged(blocks: readonly Block[]): readonly Block[] {
  const whole: Block[] = []
  let open: Block[] = []
  for (const block of blocks) {
    if (block.extension === 0xfe) whole.push(block)
    else if (block.extension <= 0xef || block.extension === 0xff) open.push(block)
    if (block.extension === 0xff) {
      const joined = joinBlocks(open)
      if (joined) whole.push(joined)
      open = []
    }
  }
  return whole
}

import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { fromHex } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { spellKey } from '../../consent/log/note.ts'
import { verifyReceipt } from '../../consent/verify.ts'
import { edited, type Kit } from '../consent-kit/edits.ts'

const kit = JSON.parse(readFileSync(new URL('../consent-kit/cases.json', import.meta.url), 'utf8')) as Kit

describe('the verifier of receipts', () => {
  it('is held against at least 300 cases', () => {
    expect(kit.cases.length + kit.texts.length).to.be.at.least(300)
  })

  it('imports nothing but the files of its folder, so that it can be read, copied and run alone', () => {
    const consent = new URL('../../consent/', import.meta.url)
    const files = ['verify.ts', ...readdirSync(new URL('verify/', consent)).map(name => `verify/${name}`)]
    for (const file of files) {
      const code = readFileSync(new URL(file, consent), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      const others = [...code.matchAll(/from '([^']+)'/g)].map(([, name]) => name)
      expect(others.filter(name => !/^\.\/(?:verify\/)?\w+\.ts$/.test(name ?? ''))).to.deep.equal([])
      expect(code).to.not.match(/\brequire\b|\bprocess\b|\bBuffer\b|\bimport\(/)
    }
  })

  for (const { says, base, edits, expect: expected } of kit.cases)
    it(`${expected.valid ? 'takes' : 'refuses'} ${says}`, async () => {
      const verdict = await verifyReceipt(canonical(edited(kit.bases[base] ?? null, edits)), kit.key)
      expect(verdict).to.include(expected)
    })

  for (const { says, text, expect: expected } of kit.texts)
    it(`refuses ${says}`, async () => {
      expect(await verifyReceipt(text, kit.key)).to.include(expected)
    })

  const [first] = Object.values(kit.bases)
  for (const key of [
    '',
    'log.example/1',
    kit.key.replace('log', 'lag'),
    `${kit.key}A`,
    kit.key.replace(/\+A/, '+B'),
  ])
    it(`refuses a true receipt with the key “${key}”`, async () => {
      expect(await verifyReceipt(canonical(first), key)).to.have.property('valid', false)
    })

  it('refuses more than anybody reads, and keys that are none or bind nobody', async () => {
    const text = canonical(first)
    const broken = async (file: string, key: string) => {
      const verdict = await verifyReceipt(file, key)
      return verdict.valid ? 'nothing' : verdict.broken
    }
    expect(await broken(text + ' '.repeat(4_000_000), kit.key)).to.equal('shape')
    const [name = '', hash = '', key = ''] = kit.key.split('+')
    const otherHash = hash.replace(/^./, one => (one === '0' ? '1' : '0'))
    expect(await broken(text, [name, otherHash, key].join('+'))).to.equal('log-key')
    for (const point of ['00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`]) {
      const weak = spellKey({ name, algorithm: 'ed25519', key: fromHex(point) })
      expect(await broken(text, weak)).to.equal('log-key')
    }
  })

  it('tells whose voice, which yes, what scope, and as of when', async () => {
    const verdict = await verifyReceipt(canonical(first), kit.key)
    expect(verdict).to.include({ valid: true, asOf: 1_800_000_000_000, withdrawn: false })
    expect(verdict).to.have.nested.property('terms.title', 'kitsune')
  })
})

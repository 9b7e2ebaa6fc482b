import { expect } from 'chai'
import { fromBase64, fromHex } from '../../../consent/bytes.ts'
import { readCheckpoint, writeCheckpoint } from '../../../consent/log/checkpoint.ts'
import { openSigner, readKey, readNote, signNote, spellKey } from '../../../consent/log/note.ts'

/** The example in the documentation of Go's package sumdb/note, from which the standard was written. */
const peter = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  secret: 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  body: 'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  ),
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}
const note = `${peter.body}\n${peter.line}`
const verifier = readKey(peter.key)
const log = openSigner('log.example/1', fromHex('11'.repeat(32)))
const witness = openSigner('witness.example', fromHex('22'.repeat(32)), () => 1_700_000_000_999)

describe('a signed note', () => {
  it('is read with the published key', () => {
    expect(readNote(note, [verifier])).to.deep.equal({ body: peter.body, signatures: [{ by: verifier }] })
  })

  it('is written as published', () => {
    const signer = openSigner('PeterNeumann', fromBase64(peter.secret).slice(1))
    expect(signNote(peter.body, [signer])).to.equal(note)
    expect(spellKey(signer)).to.equal(peter.key)
  })

  it('keeps no signature of a key it was not given', () => {
    expect(readNote(note, [log]).signatures).to.deep.equal([])
  })

  it('carries a witness’s signature with its time in whole seconds', () => {
    const { signatures } = readNote(signNote('a\n', [log, witness]), [witness, log])
    expect(signatures.map(({ by, at }) => [by.name, at])).to.deep.equal([
      ['log.example/1', undefined],
      ['witness.example', 1_700_000_000_000],
    ])
  })

  it('spells a witness’s key so that it reads back', () => {
    const { name, algorithm, key } = witness
    expect(readKey(spellKey(witness))).to.deep.equal({ name, algorithm, key })
  })

  const broken: readonly [sentence: string, note: string][] = [
    ['whose text was changed', note.replace('answer', 'Answer')],
    ['whose signature was changed', note.replace('x08go/ZJ', 'x08go/ZK')],
    ['without a signature', `${peter.body}\n`],
    ['without an empty line', peter.body + peter.line],
    ['that does not end', note.slice(0, -1)],
    ['with a line that is no signature', `${note}hello\n`],
    ['with a control character', note.replace('answer', 'an\tswer')],
    ['of more than a hundred signatures', note + peter.line.repeat(101)],
    ['of nothing', ''],
  ]
  for (const [sentence, text] of broken)
    it(`${sentence} is refused`, () => {
      expect(() => readNote(text, [verifier])).to.throw(TypeError)
    })

  it('does not take one key for another of the same name', () => {
    const other = openSigner('PeterNeumann', fromHex('33'.repeat(32)))
    expect(readNote(note, [other]).signatures).to.deep.equal([])
  })

  for (const spelt of ['', 'a+00000000+AQ==', peter.key.replace('c74f', 'c74e'), `${peter.key}A`])
    it(`reads no key from “${spelt}”`, () => {
      expect(() => readKey(spelt)).to.throw()
    })
})

describe('a checkpoint', () => {
  const root = fromHex('ab'.repeat(32))
  const body = 'log.example/1\n17\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n'

  it('is its origin, its size and its root', () => {
    expect(writeCheckpoint({ origin: 'log.example/1', size: 17, root })).to.equal(body)
    expect(readCheckpoint(body)).to.deep.equal({ origin: 'log.example/1', size: 17, root })
  })

  it('may carry extensions', () => {
    expect(readCheckpoint(`${body}more\n`).size).to.equal(17)
  })

  for (const [sentence, text] of [
    ['a leading zero', body.replace('17', '017')],
    ['a size that is none', body.replace('17', '-1')],
    ['a size beyond what can be counted', body.replace('17', '9999999999999999')],
    ['a short root', body.replace('q6ur', '')],
    ['a root spelt otherwise', body.replace('6s=', '6t=')],
    ['no origin', body.replace('log.example/1', '')],
    ['no end', body.trimEnd()],
  ] as const)
    it(`is refused with ${sentence}`, () => {
      expect(() => readCheckpoint(text)).to.throw()
    })
})

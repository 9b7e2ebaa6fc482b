import { expect } from 'chai'
import fc from 'fast-check'
import { fromHex, hex } from '../../../consent/bytes.ts'
import { emptyRoot, extend, growTree, includes, leafHash } from '../../../consent/log/tree.ts'
import { vectors } from '../../consent-kit/vectors.ts'

/** The leaves, roots and proofs of the Certificate Transparency reference implementation. */
const { leaves, roots, inclusions, consistencies } = vectors['RFC 6962 / RFC 9162']

function treeOf(size: number) {
  const tree = growTree()
  for (let index = 0; index < size; index++)
    tree.grow(leafHash(fromHex(leaves[index] ?? index.toString(16).padStart(8, '0'))))
  return tree
}

describe('the Merkle tree of RFC 9162', () => {
  it('has the root of nothing when it is empty', () => {
    expect(hex(growTree().root())).to.equal(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  for (const [index, root] of roots.entries())
    it(`has the published root of ${index + 1} leaves`, () => {
      expect(hex(treeOf(index + 1).root())).to.equal(root)
      expect(hex(treeOf(8).root(index + 1)), 'and remembers it').to.equal(root)
    })

  for (const [index, size, proof] of inclusions)
    it(`gives the published proof of leaf ${index} among ${size}`, () => {
      expect(treeOf(8).inclusion(index, size).map(hex)).to.deep.equal(proof)
    })

  for (const [from, size, proof] of consistencies)
    it(`gives the published proof that ${size} leaves begin with ${from}`, () => {
      expect(treeOf(8).consistency(from, size).map(hex)).to.deep.equal(proof)
    })

  const tree = treeOf(65)
  it('proves every leaf in every size up to 65, and no proof serves for anything else', () => {
    for (let size = 1; size <= 65; size++)
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusion(index, size)
        const [leaf, root] = [tree.node(0, index), tree.root(size)]
        expect(includes(leaf, index, size, proof, root)).to.equal(true)
        const wrong = [
          includes(tree.node(0, (index + 1) % 65), index, size, proof, root),
          includes(leaf, index ^ 1, size, proof, root),
          includes(leaf, index, size, [...proof, leaf], root),
          includes(leaf, index, size, proof, leafHash(root)),
          ...proof.map((_, at) => includes(leaf, index, size, proof.toSpliced(at, 1), root)),
          ...proof.map((hash, at) => includes(leaf, index, size, proof.with(at, leafHash(hash)), root)),
        ]
        expect(wrong.includes(true), `${index} of ${size}`).to.equal(false)
      }
  })

  it('proves every growth up to 65, and no proof serves for anything else', () => {
    for (let size = 1; size <= 65; size++)
      for (let from = 0; from <= size; from++) {
        const proof = tree.consistency(from, size)
        const [before, after] = [tree.root(from), tree.root(size)]
        expect(extend(from, before, size, after, proof)).to.equal(true)
        const wrong = [
          extend(from, leafHash(before), size, after, proof),
          extend(from, before, size, after, [...proof, before]),
          ...(from > 0 ? [extend(from, before, size, leafHash(after), proof)] : []),
          ...proof.map((_, at) => extend(from, before, size, after, proof.toSpliced(at, 1))),
          ...proof.map((hash, at) => extend(from, before, size, after, proof.with(at, leafHash(hash)))),
        ]
        expect(wrong.includes(true), `${from} to ${size}`).to.equal(false)
      }
  })

  it('answers nonsense with no', () => {
    const figure = fc.oneof(fc.integer({ min: -2, max: 70 }), fc.double(), fc.maxSafeInteger())
    const proof = fc.array(fc.uint8Array({ minLength: 31, maxLength: 32 }), { maxLength: 8 })
    fc.assert(
      fc.property(figure, figure, proof, (index, size, hashes) => {
        const given = hashes.map(hash => Uint8Array.from(hash))
        expect(includes(leafHash(emptyRoot), index, size, given, emptyRoot)).to.equal(false)
        if (index !== size && index !== 0)
          expect(extend(index, leafHash(emptyRoot), size, emptyRoot, given)).to.equal(false)
      }),
    )
  })

  for (const [index, size] of [
    [-1, 8],
    [8, 8],
    [0, 66],
    [0.5, 8],
  ] as const)
    it(`has no proof of leaf ${index} among ${size}`, () => {
      expect(() => tree.inclusion(index, size)).to.throw(RangeError)
    })
})

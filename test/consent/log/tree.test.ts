import { expect } from 'chai'
import fc from 'fast-check'
import { fromHex, hex } from '../../../consent/bytes.ts'
import { emptyRoot, extend, growTree, includes, leafHash } from '../../../consent/log/tree.ts'

/** The leaves and roots of the Certificate Transparency reference implementation. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const inclusions: readonly [index: number, size: number, proof: readonly string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]
const consistencies: readonly [from: number, size: number, proof: readonly string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
]

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

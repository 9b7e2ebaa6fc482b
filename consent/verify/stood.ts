/** Statements that stood in the log. Part of ../verify.ts, which see. */
import { type Bytes, bytes, join, same, sha256, sha256Url, utf8 } from './bytes.ts'
import { canonical, type Fields, must, record, text, whole } from './shape.ts'

export type Stood = Awaited<ReturnType<typeof stood>>

/** A statement that stood in the log: its salted commitment is a leaf under the root. */
export async function stood(given: unknown, tree: { readonly size: number; readonly root: Bytes }) {
  const one = record(given, ['salt', 'signed', 'index', 'logged', 'proof'])
  const signed = record(one.signed, ['statement', 'shown', 'proofs'])
  const shown = record(signed.shown, ['language', 'text'])
  must(Array.isArray(signed.proofs) && signed.proofs.length > 0 && signed.proofs.length <= 5, 'shape')
  must(typeof signed.statement === 'object' && signed.statement !== null, 'shape')
  must(Array.isArray(one.proof) && one.proof.length <= 64, 'shape')
  const [index, logged] = [whole(one.index), whole(one.logged)]
  must(text(shown.language) !== '' && text(shown.text) !== '', 'shape')
  const commitment = await sha256Url(join(bytes(text(one.salt)), utf8(canonical(signed))))
  const leaf = await sha256(join(Uint8Array.of(0), utf8(canonical({ commitment, logged }))))
  const path = one.proof.map((hash: unknown) => bytes(text(hash)))
  must(await includes(leaf, index, tree.size, path, tree.root), 'inclusion')
  const statement = signed.statement as Fields
  const payload = canonical({ protocol: 'kotodama.consent/1', shown, statement })
  return {
    statement,
    payload,
    id: await sha256Url(utf8(payload)),
    proofs: signed.proofs as readonly Fields[],
    index,
    logged,
  }
}

/** RFC 9162 2.1.3.2. */
async function includes(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes) {
  if (index < 0 || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0 || sibling.length !== 32) return false
    const left = at % 2 === 1 || at === last
    hash = await sha256(join(Uint8Array.of(1), ...(left ? [sibling, hash] : [hash, sibling])))
    while (left && at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && same(hash, root)
}

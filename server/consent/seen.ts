import { createHash } from 'node:crypto'
import { type NoteSigner, openSigner, openWitness, type Storage, type Witness } from '../../consent/index.ts'

const path = 'log-seen.json'

/**
 * A witness that lies with the keys, and in no backup: it remembers how far the log has come, so that an older log put
 * back, in which nobody has withdrawn yet, is not opened. It is no outsider and proves nothing to anybody else.
 */
export const lastSeen =
  (storage: Storage) =>
  (log: NoteSigner): Witness => {
    const secret = createHash('sha256').update('kotodama.consent/seen\n').update(log.key).digest()
    const signer = openSigner(`${log.name}/keeper`, new Uint8Array(secret), () => 0)
    const witness = openWitness(signer, log, log.name, {
      load: async () => {
        const bytes = await storage.read(path)
        if (!bytes) return undefined
        const { size, root } = JSON.parse(Buffer.from(bytes).toString('utf8'))
        return { size: Number(size), root: new Uint8Array(Buffer.from(String(root), 'base64url')) }
      },
      save: ({ size, root }) =>
        storage.write(
          path,
          Buffer.from(JSON.stringify({ size, root: Buffer.from(root).toString('base64url') })),
        ),
    })
    return {
      seen: witness.seen,
      // Looked at and remembered; its signature, whose key anybody could make, goes on no checkpoint.
      cosign: async (note, from, proof) => {
        await witness.cosign(note, from, proof)
        return ''
      },
    }
  }

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The secrets of the house, 32 bytes each: the log's key, the company's signing key, the key of the keys of voices. */
export const keyNames = ['log', 'company', 'master'] as const
/** And those of the marks, which the register can do without. */
export type KeyName = (typeof keyNames)[number] | 'watermark' | 'credentials'
export type Keys = { readonly [Name in (typeof keyNames)[number]]?: Uint8Array }

const file = (folder: string, name: KeyName) => join(folder, `${name}.key`)

/**
 * The key that was given, or that lies in its file, or, where `make` says so, a new one that outlives a power cut before
 * it is given back. None when there is none. Throws on a file that others may read, and on one that holds no key.
 */
export async function findKey(
  folder: string,
  name: KeyName,
  given: string | undefined,
  make: boolean,
): Promise<Uint8Array | undefined> {
  if (given !== undefined) return read(given, 'The key in the settings')
  const path = file(folder, name)
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found !== undefined) {
    if ((await stat(path)).mode & 0o077) throw new Error(`${path} may be read by others: chmod 600 it.`)
    return read(found.trim(), path)
  }
  if (!make) return undefined
  const key = randomBytes(32)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const beside = await open(`${path}.new`, 'w', 0o600)
  await beside.writeFile(`${key.toString('base64url')}\n`)
  await beside.sync()
  await beside.close()
  await rename(`${path}.new`, path)
  const shelf = await open(folder)
  await shelf.sync()
  await shelf.close()
  return new Uint8Array(key)
}

function read(spelt: string, where: string): Uint8Array {
  const bytes = Buffer.from(spelt, 'base64url')
  if (!/^[\w-]{43}$/.test(spelt) || bytes.length !== 32)
    throw new Error(`${where} is no key of 32 bytes in base64url.`)
  return new Uint8Array(bytes)
}

/** An Ed25519 secret as PKCS #8 PEM (RFC 8410). */
export function pem(secret: Uint8Array): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
}

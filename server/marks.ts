/** The keys of the marks: what lies in the folder of keys, made when it is first needed. */
import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeSigner, openCredentials, openWatermark, type Signer } from '../pipelines/index.ts'
import { findKey } from './consent/keys.ts'

/** The watermark of the house's key. @throws Error when there is none and none may be made */
export async function openHouseWatermark(keysDir: string, make = true) {
  const key = await findKey(keysDir, 'watermark', undefined, make)
  if (!key) throw new Error(`There is no watermark.key in ${keysDir}.`)
  return openWatermark(key)
}

/**
 * What writes and reads content credentials. `credentials.pem` (certificates, the root last) and `credentials-key.pem`
 * (Ed25519, PKCS #8) may be the operator's own; where there are none, a root of the house's own is made.
 */
export async function openHouseCredentials(keysDir: string, company: string, now: () => number) {
  return openCredentials(await signerIn(keysDir, company, now))
}

/** Until when what is signed now holds, in milliseconds; none where there is no certificate yet. */
export async function certifiedUntil(keysDir: string): Promise<number | undefined> {
  const chain = await readFile(join(keysDir, 'credentials.pem'), 'utf8').catch(absent)
  return chain === undefined ? undefined : Date.parse(new X509Certificate(chain).validTo)
}

async function signerIn(keysDir: string, company: string, now: () => number): Promise<Signer> {
  const [keyFile, chainFile] = [join(keysDir, 'credentials-key.pem'), join(keysDir, 'credentials.pem')]
  const found = await Promise.all([keyFile, chainFile].map(file => readFile(file, 'utf8').catch(absent)))
  const [key, chain] = found
  if (key !== undefined && chain !== undefined) {
    if ((await stat(keyFile)).mode & 0o077) throw new Error(`${keyFile} may be read by others: chmod 600 it.`)
    return { key, chain }
  }
  if (key !== undefined || chain !== undefined)
    throw new Error(`${keysDir} has one of credentials.pem and credentials-key.pem: both are needed.`)
  const made = await makeSigner(company, now())
  await mkdir(keysDir, { recursive: true, mode: 0o700 })
  // Two that begin at once must not mix their halves: the first one's key stays, and the second fails and is begun again.
  await writeFile(keyFile, made.key, { mode: 0o600, flag: 'wx' })
  await writeFile(chainFile, made.chain, { mode: 0o600, flag: 'wx' })
  return made
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

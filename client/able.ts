/** True where WebCrypto knows Ed25519; it is there in newer browsers, and over https or at localhost only. */
export async function knowsEd25519(): Promise<boolean> {
  try {
    // RFC 8032, 7.1, test 1: the signature of nothing.
    const key = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
    const signature =
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
    const known = await crypto.subtle.importKey('raw', bytes(key), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', known, bytes(signature), new Uint8Array())
  } catch {
    return false
  }
}

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))

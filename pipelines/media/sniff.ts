import { open } from 'node:fs/promises'
import { Problem } from '../problem.ts'

/** The containers that are taken, by the demuxer ffmpeg is told to use: it never chooses one by itself. */
export const containers = {
  mp4: 'mov',
  mov: 'mov',
  mkv: 'matroska',
  webm: 'matroska',
  ts: 'mpegts',
  wav: 'wav',
  flac: 'flac',
  mp3: 'mp3',
  ogg: 'ogg',
  aac: 'aac',
} as const
export type Container = keyof typeof containers

/** What the first bytes of a file are. `script` may point at other files; `other` can't be taken. */
export type Sniffed =
  | { readonly is: 'media'; readonly container: Container }
  | { readonly is: 'script'; readonly what: string }
  | { readonly is: 'other'; readonly reason: string }

/** How many of its first bytes tell what a file is: five packets of a transport stream, and a script's first lines. */
export const head = 4096

const scripts: readonly [what: string, begins: RegExp][] = [
  ['HLS playlist', /^#EXTM3U/i],
  ['concat script', /^(ffconcat\s+version|(\s*#.*\n)*\s*file\s+\S)/i],
  ['DASH manifest', /^(?=<).*<MPD\b/is],
  ['smooth streaming manifest', /^(?=<).*<SmoothStreamingMedia\b/is],
  ['drawing (SVG)', /^(?=<).*<svg\b/is],
  ['web page', /^<(!doctype\s+html|html\b)/i],
  ['XML document', /^<[?!a-z]/i],
  ['session description (SDP)', /^v=0\s*[\r\n]+[a-z]=/],
  ['playlist', /^\[(playlist|InternetShortcut|reference)\]/i],
  ['script', /^#!/],
]

const others: readonly [reason: string, begins: RegExp][] = [
  ['it is an AVI', /^RIFF....AVI /s],
  ['it is a picture', /^(\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*|8BPS)/s],
  ['it is an MPEG program stream', /^\0\0\x01[\xba\xb3]/],
  ['it is a Flash video', /^FLV\x01/],
  ['it is a Windows Media file', /^\x30\x26\xb2\x75/],
  ['it is an AIFF', /^FORM....AIF/s],
  ['it is a MIDI file', /^MThd/],
  ['it is an MXF', /^\x06\x0e\x2b\x34/],
  ['it is an archive', /^(PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b|\xfd7zXZ|BZh)/],
  ['it is a PDF', /^%PDF/],
  ['it is a program', /^(\x7fELF|MZ)/],
]

/** The boxes an ISO file may begin with. */
const boxes = /^(....)(ftyp|moov|mdat|free|skip|wide|pnot)/s

const media: readonly [Container, (text: string, bytes: Uint8Array) => boolean][] = [
  ['mov', text => /^....ftypqt {2}/s.test(text) || (boxes.test(text) && !/^....ftyp/s.test(text))],
  ['mp4', text => boxes.test(text)],
  ['webm', text => /^\x1a\x45\xdf\xa3.{0,60}\x42\x82.webm/s.test(text)],
  ['mkv', text => text.startsWith('\x1a\x45\xdf\xa3')],
  ['wav', text => /^(RIFF|RF64)....WAVE/s.test(text)],
  ['flac', text => text.startsWith('fLaC')],
  ['ogg', text => text.startsWith('OggS')],
  ['ts', (_, bytes) => isTransport(bytes, 188) || isTransport(bytes, 192)],
  ['aac', (_, [first = 0, second = 0]) => first === 0xff && (second & 0xf6) === 0xf0],
  ['mp3', (_, bytes) => isMpegAudio(bytes)],
]

/** Tells what a file is by its first bytes (4096 or all there are), without believing its name. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { is: 'other', reason: 'it is empty' }
  const text = latin(bytes)
  const known = media.find(([, is]) => is(text, bytes))
  if (known) return { is: 'media', container: known[0] }
  const words = asText(bytes)?.trimStart()
  const script = words === undefined ? undefined : scripts.find(([, begins]) => begins.test(words))
  if (script) return { is: 'script', what: script[0] }
  const other = others.find(([, begins]) => begins.test(text))
  if (other) return { is: 'other', reason: other[0] }
  return {
    is: 'other',
    reason: words === undefined ? 'its first bytes are of no kind that is taken' : 'it is text',
  }
}

/** Sniffs a file. An ID3 tag, which may hold a large picture, is stepped over. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Problem('not-found', { what: 'file', id: path }, error) : error
  })
  const read = async (from: number) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(head), 0, head, from)
    return buffer.subarray(0, bytesRead)
  }
  try {
    if ((await file.stat()).isDirectory()) return { is: 'other', reason: 'it is a folder' }
    const first = await read(0)
    if (!latin(first.subarray(0, 3)).startsWith('ID3')) return sniff(first)
    // ID3v2 §3.1: the size is 28 bits in four bytes of seven, without the ten bytes of the header itself.
    const size = first.slice(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
    const after = sniff(await read(10 + size))
    return after.is === 'media' && ['mp3', 'flac', 'aac'].includes(after.container)
      ? after
      : { is: 'media', container: 'mp3' }
  } finally {
    await file.close()
  }
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** A sync byte in every packet; a recording may begin anywhere in one. */
function isTransport(bytes: Uint8Array, packet: number): boolean {
  const packets = Math.floor(bytes.length / packet)
  const isSync = (from: number) =>
    Array.from({ length: packets }, (_, index) => bytes[from + index * packet]).every(byte => byte === 0x47)
  return packets > 2 && Array.from({ length: packet }, (_, from) => from).some(isSync)
}

/** An MPEG-1/2 audio frame header of layer II or III with a bit rate and a sample rate that exist. */
function isMpegAudio([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const layer = (second >> 1) & 3
  const [rate, sampling] = [third >> 4, (third >> 2) & 3]
  return (
    first === 0xff && (second & 0xe0) === 0xe0 && (layer === 1 || layer === 2) && rate < 15 && sampling < 3
  )
}

/** The bytes as text, or undefined when they are none: UTF-16 by its mark, else no control characters but white space. */
function asText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.some(byte => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return undefined
  return new TextDecoder().decode(bytes)
}

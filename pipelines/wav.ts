import { type FileHandle, open } from 'node:fs/promises'

/** A WAV of signed 16-bit samples, open for reading any part of it. A frame is one sample of every channel. */
export type WavFile = {
  readonly sampleRate: number
  readonly channels: number
  readonly frames: number
  /**
   * Interleaved samples, −1..1, of the frames [from, from + count). Frames before the beginning or after the end are
   * silent, so what is read is always as long as was asked.
   */
  readonly read: (from: number, count: number) => Promise<Float32Array<ArrayBuffer>>
  readonly close: () => Promise<void>
}

/**
 * Opens a WAV that was made in this house. RF64, and sizes that a writer to a pipe could not know, are understood.
 * @throws Error when it is not 16-bit PCM: that is a fault of whoever made it
 */
export async function openWav(path: string): Promise<WavFile> {
  const file = await open(path)
  try {
    const { sampleRate, channels, start, bytes } = await header(file)
    const frame = 2 * channels
    const frames = Math.floor(bytes / frame)
    return {
      sampleRate,
      channels,
      frames,
      async read(from, count) {
        const samples = new Float32Array(count * channels)
        const first = Math.max(0, from)
        const last = Math.min(frames, from + count)
        if (first >= last) return samples
        const pcm = Buffer.allocUnsafe((last - first) * frame)
        const { bytesRead } = await file.read(pcm, 0, pcm.length, start + first * frame)
        if (bytesRead < pcm.length) throw new Error('a WAV that ends before its time')
        const at = (first - from) * channels
        for (let byte = 0; byte < pcm.length; byte += 2)
          samples[at + byte / 2] = (((pcm[byte] ?? 0) | ((pcm[byte + 1] ?? 0) << 8)) << 16) / 2 ** 31
        return samples
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function header(file: FileHandle) {
  const head = Buffer.alloc(65_536)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  return parse(head.subarray(0, bytesRead), (await file.stat()).size)
}

/** Where the sound lies in a WAV of `size` bytes that begins so. */
function parse(head: Buffer, size: number) {
  const tag = (at: number) => head.toString('latin1', at, at + 4)
  if (!['RIFF', 'RF64'].includes(tag(0)) || tag(8) !== 'WAVE') throw new Error('not a WAV')
  let format: { channels: number; sampleRate: number } | undefined
  for (let at = 12; at + 8 <= head.length; ) {
    const length = head.readUInt32LE(at + 4)
    if (tag(at) === 'fmt ' && at + 24 <= head.length) {
      const kind = head.readUInt16LE(at + 8)
      if (![1, 0xfffe].includes(kind) || head.readUInt16LE(at + 22) !== 16) throw new Error('not 16-bit PCM')
      format = { channels: head.readUInt16LE(at + 10), sampleRate: head.readUInt32LE(at + 12) }
    }
    if (tag(at) === 'data') {
      if (!format || format.channels === 0) break
      const start = at + 8
      // A size of all ones means "see elsewhere" (RF64) or "not known when this was written".
      return {
        ...format,
        start,
        bytes: length === 0xffffffff ? size - start : Math.min(length, size - start),
      }
    }
    at += 8 + length + (length % 2)
  }
  throw new Error('a WAV without sound')
}

/**
 * The sound of a 16-bit WAV in memory, its channels as one.
 * @throws Error saying what is wrong with it
 */
export function decodeWav(bytes: Uint8Array): {
  readonly samples: Float32Array
  readonly sampleRate: number
} {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { sampleRate, channels, start, bytes: length } = parse(whole, whole.length)
  const samples = new Float32Array(Math.floor(length / (2 * channels)))
  for (let at = 0; at < samples.length; at++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++)
      sum += whole.readInt16LE(start + 2 * (at * channels + channel))
    samples[at] = sum / channels / 32768
  }
  return { samples, sampleRate }
}

/** The bytes of a 16-bit WAV of interleaved samples, −1..1; what is louder is held there. */
export function encodeWav(samples: Float32Array, sampleRate: number, channels = 1): Uint8Array {
  const pcm = toPcm16(samples)
  return Buffer.concat([wavHeader(pcm.length, sampleRate, channels, 2), pcm])
}

/** Little-endian signed 16-bit samples. */
export function toPcm16(samples: Float32Array): Buffer {
  const pcm = Buffer.allocUnsafe(samples.length * 2)
  for (let at = 0; at < samples.length; at++) pcm.writeInt16LE(quantised(samples[at] ?? 0, 32768), at * 2)
  return pcm
}

/** Little-endian signed 24-bit samples. */
export function toPcm24(samples: Float32Array): Buffer {
  const pcm = Buffer.allocUnsafe(samples.length * 3)
  for (let at = 0; at < samples.length; at++) pcm.writeIntLE(quantised(samples[at] ?? 0, 8388608), at * 3, 3)
  return pcm
}

const quantised = (sample: number, full: number) =>
  Math.max(-full, Math.min(full - 1, Math.round(sample * full)))

/** The header of a PCM WAV with so many bytes of sound; over 4 GiB it becomes RF64 (EBU Tech 3306). */
export function wavHeader(bytes: number, sampleRate: number, channels: number, width: 2 | 3): Buffer {
  const large = bytes + 72 > 0xffffffff
  const head = Buffer.alloc(large ? 80 : 44)
  const body = large ? 48 : 12
  head.write(large ? 'RF64' : 'RIFF', 0, 'latin1')
  head.writeUInt32LE(large ? 0xffffffff : 36 + bytes, 4)
  head.write('WAVE', 8, 'latin1')
  if (large) {
    head.write('ds64', 12, 'latin1')
    head.writeUInt32LE(28, 16)
    head.writeBigUInt64LE(BigInt(72 + bytes), 20)
    head.writeBigUInt64LE(BigInt(bytes), 28)
    head.writeBigUInt64LE(BigInt(bytes / (channels * width)), 36)
  }
  head.write('fmt ', body, 'latin1')
  head.writeUInt32LE(16, body + 4)
  head.writeUInt16LE(1, body + 8)
  head.writeUInt16LE(channels, body + 10)
  head.writeUInt32LE(sampleRate, body + 12)
  head.writeUInt32LE(sampleRate * channels * width, body + 16)
  head.writeUInt16LE(channels * width, body + 20)
  head.writeUInt16LE(width * 8, body + 22)
  head.write('data', body + 24, 'latin1')
  head.writeUInt32LE(large ? 0xffffffff : bytes, body + 28)
  return head
}

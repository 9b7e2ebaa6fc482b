/** Writes small ONNX graphs (protobuf by hand, opset 17), so that inference is tested on models of our own making. */

export type Attribute = number | readonly number[]
export type GraphNode = {
  readonly op: string
  readonly in: readonly string[]
  readonly out: readonly string[]
  readonly with?: Record<string, Attribute>
}
export type Value = {
  readonly name: string
  readonly type: 'float' | 'int64' | 'bool'
  readonly dims: readonly (number | string)[]
}
export type Weights = {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array | BigInt64Array
}

const types = { float: 1, int64: 7, bool: 9 } as const

export function onnxModel(
  inputs: readonly Value[],
  outputs: readonly Value[],
  nodes: readonly GraphNode[],
  weights: readonly Weights[],
): Uint8Array {
  const graph = bytes(
    ...nodes.map(node => field(1, writeNode(node))),
    field(2, text('graph')),
    ...weights.map(tensor => field(5, writeTensor(tensor))),
    ...inputs.map(value => field(11, writeValue(value))),
    ...outputs.map(value => field(12, writeValue(value))),
  )
  return bytes(number(1, 8), field(7, graph), field(8, number(2, 17)))
}

function writeNode({ op, in: from, out, with: attributes = {} }: GraphNode): Uint8Array {
  return bytes(
    ...from.map(name => field(1, text(name))),
    ...out.map(name => field(2, text(name))),
    field(4, text(op)),
    ...Object.entries(attributes).map(([name, value]) =>
      field(
        5,
        typeof value === 'number'
          ? bytes(field(1, text(name)), number(3, value), number(20, 2))
          : bytes(field(1, text(name)), ...value.map(item => number(8, item)), number(20, 7)),
      ),
    ),
  )
}

function writeTensor({ name, dims, values }: Weights): Uint8Array {
  const type = values instanceof Float32Array ? types.float : types.int64
  return bytes(
    ...dims.map(dim => number(1, dim)),
    number(2, type),
    field(8, text(name)),
    field(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  )
}

function writeValue({ name, type, dims }: Value): Uint8Array {
  const shape = bytes(
    ...dims.map(dim => field(1, typeof dim === 'number' ? number(1, dim) : field(2, text(dim)))),
  )
  return bytes(field(1, text(name)), field(2, field(1, bytes(number(1, types[type]), field(2, shape)))))
}

function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const out = []
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  return [...out, Number(rest)]
}
const number = (tag: number, value: number): Uint8Array =>
  Uint8Array.from([...varint(tag << 3), ...varint(value)])
const field = (tag: number, content: Uint8Array): Uint8Array =>
  bytes(Uint8Array.from([...varint((tag << 3) | 2), ...varint(content.length)]), content)
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const bytes = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

/** Numbers that look drawn by chance and are always the same, −1..1. */
export function noise(count: number, seed: number): Float32Array {
  let state = seed | 1
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return ((state >>> 0) / 0x1_0000_0000) * 2 - 1
  })
}

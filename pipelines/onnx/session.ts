import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** Runs in the inference process only. `threads` within one operator; one is the most work a CPU second. */
export async function openSession(folder: string, file: string, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(join(folder, file), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  })
}

export const int64 = (values: readonly number[], dims: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), dims)
export const float = (values: Float32Array, dims: readonly number[]): Tensor =>
  new Tensor('float32', values, dims)
export const bool = (value: boolean): Tensor => new Tensor('bool', Uint8Array.of(value ? 1 : 0), [1])

export function floatsOf(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new Error(`the model gives no ${name}`)
}

/** The heads of one layer's memory: how many there are and how wide, as the model's own configuration says. */
export type CacheShape = { readonly layers: number; readonly heads: number; readonly width: number }
export type Cache = Record<string, Tensor>

/**
 * The empty memory of a merged decoder (one graph for the first step and the later ones, told apart by
 * `use_cache_branch`): the layout that Optimum exports, `past_key_values.LAYER.{decoder,encoder}.{key,value}`.
 */
export function emptyCache({ layers, heads, width }: CacheShape, batch: number): Cache {
  const nothing = () => float(new Float32Array(0), [batch, heads, 0, width])
  return Object.fromEntries(
    Array.from({ length: layers }, (_, layer) =>
      ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map(part => [
        `past_key_values.${layer}.${part}`,
        nothing(),
      ]),
    ).flat(),
  )
}

/** The memory after a step. What was kept of the encoder comes from the first step alone: later ones give back dummies. */
export function nextCache(before: Cache, outputs: Record<string, Tensor>, first: boolean): Cache {
  return Object.fromEntries(
    Object.entries(before).map(([name, past]) => {
      const now = outputs[name.replace('past_key_values', 'present')]
      return [name, now && (first || name.includes('.decoder.')) ? now : past]
    }),
  )
}

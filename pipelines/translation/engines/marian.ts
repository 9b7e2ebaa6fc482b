import type { Installed } from '../../models.ts'
import type { Inference } from '../../onnx.ts'
import { Problem } from '../../problem.ts'
import type { Language } from '../../terms.ts'
import type { TranslationEngine } from '../engine.ts'

const base = (language: Language) => language.split('-')[0]

/** The Marian models that are installed, each for its pair of languages, in the inference process. */
export function marianEngine(
  models: readonly Installed[],
  inference: Inference,
  threads: number,
): TranslationEngine {
  const modelFor = (from: Language, to: Language) =>
    models.find(model => model.pairs?.some(pair => pair[0] === base(from) && pair[1] === base(to)))
  return {
    identity: `marian ${models.map(({ id, revision }) => `${id}@${revision}`).join(' ')}`,
    licence: models.map(({ id, licence }) => `${id}: ${licence.name}`).join('; '),
    // Eight at once cost a quarter a line of one by one.
    batch: 8,
    speaks: (from, to) => modelFor(from, to) !== undefined,
    async translate({ from, to, lines }, signal) {
      const model = modelFor(from, to)
      if (!model) throw new Problem('model-missing', { model: `opus-mt-${base(from)}-${base(to)}` })
      const ask = { folder: model.folder, threads, lines: lines.map(line => line.text) }
      const texts = await inference.translate(ask, signal)
      return lines.map((_, at) => texts[at] || undefined)
    },
  }
}

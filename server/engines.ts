import { catalogue, installedIn, lackingTools, type ModelCard, type Voices } from '../pipelines/index.ts'
import type { EnginesView } from './contract.ts'
import type { OpenCrew } from './crew.ts'

/** What the machine can do here, and the one command that teaches it what it can't. */
export async function viewEngines({ ears, tongue, voices }: OpenCrew, models: string): Promise<EnginesView> {
  const installed = new Set((await installedIn(models)).map(model => model.id))
  const view = (card: ModelCard) => ({
    id: card.id,
    for: card.use,
    bytes: card.bytes,
    licence: card.licence,
    installed: installed.has(card.id),
    command: `kotodama models install ${card.id}`,
  })
  const first = (use: ModelCard['use']) => catalogue.find(card => card.use === use)
  const tools = await lackingTools()
  const lacking = [...(ears ? [] : [first('speech')]), ...(tongue ? [] : [first('translation')])]
  return {
    ...(ears && { ears: ears.identity }),
    ...(tongue && { tongue: tongue.identity }),
    voices: voicesOf(voices),
    models: catalogue.map(view),
    hints: [
      ...(tools ? [`${tools.message} ${tools.mend}`] : []),
      ...lacking.flatMap(card => (card ? [view(card).command] : [])),
    ],
  }
}

const voicesOf = ({ presets }: Voices): EnginesView['voices'] =>
  presets.map(({ engine, preset, languages, says }) => ({ engine, preset, languages: [...languages], says }))

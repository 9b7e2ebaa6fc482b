import { useMemo } from 'preact/hooks'
import type { CuesAsk } from '../../server/contract.ts'
import { takeCues } from '../actions/take-cues.ts'
import { languageIn } from '../words.ts'
import { readForm } from './form.ts'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'

/** Programs, and the format that each of them reads. */
const formats: readonly (readonly [CuesAsk['format'], string])[] = [
  ['xdts', 'Clip Studio Paint, OpenToonz (XDTS)'],
  ['tdts', 'Toei (TDTS)'],
  ['csv', 'Toon Boom Harmony (CSV)'],
  ['dat', 'Moho, Papagayo (DAT)'],
  ['tsv', 'Rhubarb (TSV)'],
  ['xml', 'Rhubarb (XML)'],
  ['json', 'Rhubarb (JSON)'],
  ['adobe', 'Adobe Character Animator'],
  ['blender', 'Blender (JSON)'],
  ['ovr', 'OVR / OpenXR (JSON)'],
]
const presets = ['anime', 'phonetic', 'preston-blair', 'rhubarb', 'adobe'] as const
const rates = ['8', '12', '23.976', '24', '25', '30'] as const

/** What an animator draws mouths after: of all who speak, of one of them, or of the open line. */
export function MouthCues() {
  const hands = useHands()
  const say = useSay()
  const tongue = useTongue()
  const episode = useRead(({ desk }) => desk?.episode.id)
  const language = useRead(({ desk }) => desk?.language)
  const open = useRead(({ desk }) => desk?.open)
  const rate = useRead(({ desk }) => desk?.episode.frameRate)
  const lines = useRead(({ desk }) => desk?.lines)
  const speakers = useMemo(() => [...new Set(lines?.flatMap(({ speaker }) => speaker ?? []))].sort(), [lines])
  if (episode === undefined || language === undefined || speakers.length === 0) return null
  const own = rate && rates.find(one => Math.abs(Number(one) - rate.num / rate.den) < 0.01)
  const take = (event: SubmitEvent) => {
    const { get } = readForm(event)
    const who = get('who')
    return takeCues(
      hands,
      { episode, language },
      {
        format: formats.find(([format]) => format === get('format'))?.[0] ?? 'xdts',
        fps: get('fps') ?? '24',
        preset: presets.find(preset => preset === get('preset')),
        ...(who === 'line' ? { line: open } : who && { speaker: who.slice(1) }),
      },
    )
  }
  return (
    <>
      <h2>{say('cues')}</h2>
      <p class="soft small">{say('cues-of', { language: languageIn(tongue, language) })}</p>
      <form class="form grid" onSubmit={event => void take(event)}>
        <label>
          {say('cues-who')}
          <select name="who">
            <option value="">{say('cues-everybody')}</option>
            {open && <option value="line">{say('cues-line')}</option>}
            {speakers.map(name => (
              <option key={name} value={`:${name}`}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('cues-format')}
          <select name="format">
            {formats.map(([format, programs]) => (
              <option key={format} value={format}>
                {programs}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('cues-preset')}
          <select name="preset">
            <option value="">{say('cues-usual')}</option>
            {presets.map(preset => (
              <option key={preset} value={preset}>
                {preset}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say('cues-fps')}
          <select name="fps" defaultValue={own ?? '24'}>
            {rates.map(one => (
              <option key={one} value={one} selected={one === (own ?? '24')}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button">
          <Icon name="download" />
          {say('cues-take')}
        </button>
      </form>
    </>
  )
}

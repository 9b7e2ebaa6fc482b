import { useState } from 'preact/hooks'
import type { HouseChoice, HouseFigures, HouseView } from '../../server/contract.ts'
import { attempt } from '../attempt.ts'
import { type Figures, houseFields, ownChange } from '../houses.ts'
import { type HouseWord, houseWords } from '../words/houses.ts'
import { languageIn } from '../words.ts'
import { readForm } from './form.ts'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { useTable } from './table-say.ts'

const useHouseSay = () => useTable(houseWords)

/** Whose style the subtitles of each language follow. */
export function Houses({ series, lead }: { series: string; lead: boolean }) {
  const say = useHouseSay()
  const houses = useRead(state => state.houses?.[series], [series])
  if (houses === undefined) return null
  return (
    <section class="block" aria-labelledby="houses">
      <h2 id="houses">{say('houses')}</h2>
      <p class="soft">{say('houses-say')}</p>
      <ul class="houses">
        {houses.map(view => (
          <li key={`${view.language}/${JSON.stringify([view.house, view.audience, view.own])}`}>
            <House view={view} series={series} lead={lead} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function House({ view, series, lead }: { view: HouseView; series: string; lead: boolean }) {
  const { ask, change } = useHands()
  const say = useHouseSay()
  const house = useSay()
  const tongue = useTongue()
  const language = languageIn(tongue, view.language)
  const [name, setName] = useState(view.house)
  const [audience, setAudience] = useState(view.audience)
  const [own, setOwn] = useState(view.own !== undefined)
  const choice = view.choices.find(one => one.house === name)
  const base = choice?.figures[audience] ?? view.figures
  const shown = name === view.house && audience === view.audience && own ? view.figures : base
  const choose = async (event: SubmitEvent) => {
    const { form, get } = readForm(event)
    const body: HouseChoice = {
      house: name,
      audience,
      ...(own && {
        own: { name: get('name') ?? '', why: get('why') ?? '', change: ownChange(form, base) },
      }),
    }
    await attempt(change, async () => {
      const chosen = await ask('chooseHouse', { series, language: view.language }, body)
      change(before => ({
        ...before,
        houses: {
          ...before.houses,
          [series]: (before.houses?.[series] ?? []).map(one =>
            one.language === chosen.language ? chosen : one,
          ),
        },
        notice: { done: say('house-saved') },
      }))
    })
  }
  return (
    <form class="house" aria-label={say('house-of', { language })} onSubmit={choose}>
      <h3>{language}</h3>
      <label>
        {say('house')}
        <select value={name} disabled={!lead} onChange={event => setName(event.currentTarget.value)}>
          {view.choices.map(one => (
            <option key={one.house} value={one.house}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('audience')}
        <select
          value={audience}
          disabled={!lead}
          onChange={({ currentTarget: { value } }) =>
            setAudience(audiences.find(one => one === value) ?? audience)
          }
        >
          {audiences.map(one => (
            <option key={one} value={one}>
              {say(one)}
            </option>
          ))}
        </select>
      </label>
      <p class="small">
        <FiguresOf figures={shown} />
        <span class="soft"> · {own && name === view.house ? view.clause : choice?.clause}</span>
      </p>
      <Changes view={view} />
      {lead && (
        <>
          <label class="row">
            <input type="checkbox" checked={own} onChange={event => setOwn(event.currentTarget.checked)} />
            {say('own')}
          </label>
          {own && <Own key={`${name}/${audience}`} view={view} base={base} />}
          <p class="row">
            <button type="submit" class="button">
              {house('save')}
            </button>
          </p>
        </>
      )}
    </form>
  )
}

const audiences = ['adult', 'child', 'sdh-adult', 'sdh-child'] as const

function FiguresOf({ figures }: { figures: HouseFigures }) {
  const say = useHouseSay()
  const { gap, row, rows, speed, shortest, longest } = figures
  const apart = 'ms' in gap ? `${gap.ms} ${say('ms')}` : `${gap.frames} ${say('frames')}`
  return <>{say('figures-are', { row, rows, speed, shortest, longest, gap: apart })}</>
}

/** What a house of one's own changes, by whom and why. */
function Changes({ view }: { view: HouseView }) {
  const say = useHouseSay()
  const told = (value: unknown): string => {
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
    const gap = value as HouseFigures['gap'] | null | undefined
    if (typeof gap !== 'object' || gap === null) return String(value)
    return 'ms' in gap ? `${gap.ms} ${say('ms')}` : `${gap.frames} ${say('frames')}`
  }
  const [first] = view.changes
  if (first === undefined) return null
  return (
    <div class="small changes">
      <ul>
        {view.changes.map(({ field, was, now }) => (
          <li key={field}>
            {say('changed', {
              field: Object.hasOwn(houseWords, field) ? say(field as HouseWord) : field,
              was: told(was),
              now: told(now),
            })}
          </li>
        ))}
      </ul>
      <p class="soft">{say('changed-by', { by: first.by, why: first.why })}</p>
    </div>
  )
}

/** A house of one's own: its name, why it is, and its figures, of which only what differs is kept. */
function Own({ view, base }: { view: HouseView; base: HouseFigures }) {
  const say = useHouseSay()
  const change = (view.own?.change ?? {}) as Partial<Figures>
  const now = { ...base, ...change }
  const gap = 'ms' in now.gap ? now.gap.ms : now.gap.frames
  return (
    <fieldset class="grid form own" aria-label={say('own')}>
      <label>
        {say('own-name')}
        <input name="name" required maxLength={100} defaultValue={view.own?.name} />
      </label>
      <label>
        {say('own-why')}
        <input name="why" required maxLength={2000} defaultValue={view.own?.why} />
      </label>
      {houseFields.numbers.map(([field, least, most, step]) => (
        <label key={field}>
          {say(field)}
          <input
            name={field}
            type="number"
            required
            min={least}
            max={most}
            step={step}
            defaultValue={now[field]}
          />
        </label>
      ))}
      <label>
        {say('gap')}
        <input name="gap" type="number" required min={0} max={2000} step={1} defaultValue={gap} />
      </label>
      <label>
        {say('unit')}
        <select name="unit">
          <option value="frames">{say('frames')}</option>
          <option value="ms" selected={'ms' in now.gap}>
            {say('ms')}
          </option>
        </select>
      </label>
      {houseFields.flags.map(field => (
        <label key={field} class="row">
          <input name={field} type="checkbox" defaultChecked={now[field]} />
          {say(field)}
        </label>
      ))}
    </fieldset>
  )
}

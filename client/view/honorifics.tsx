import { type Figures, fill } from '../../pipelines/problem.ts'
import type { SeriesView } from '../../server/contract.ts'
import { honorificWords } from '../words/honorifics.ts'
import { languageIn } from '../words.ts'
import type { Alter } from './alter.ts'
import { readForm } from './form.ts'
import { useTongue } from './house.ts'

type Custom = SeriesView['honorifics'][number]
type Term = NonNullable<Custom['terms']>[number]
const customs = ['keep', 'drop', 'adapt'] as const
const kept = [
  'san',
  'chan',
  'kun',
  'sama',
  'senpai',
  'sensei',
  'dono',
] as const satisfies readonly Term['honorific'][]

/** What a series from Japanese does with honorifics, language by language. */
export function Honorifics({ series, alter, lead }: { series: SeriesView; alter: Alter; lead: boolean }) {
  const tongue = useTongue()
  const say = (word: keyof typeof honorificWords, figures: Figures = {}) =>
    fill(honorificWords[word][tongue], figures)
  if (!/^ja\b/.test(series.language)) return null
  const save = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const honorifics = series.targets.flatMap((language): Custom[] => {
      const custom = customs.find(one => one === get(`custom-${language}`))
      const terms = termsIn(get(`terms-${language}`) ?? '')
      return custom ? [{ language, custom, ...(terms.length > 0 && { terms }) }] : []
    })
    await alter({ honorifics })
  }
  return (
    <section class="block" aria-labelledby="honorifics">
      <h2 id="honorifics">{say('title')}</h2>
      <p class="soft">{say('says')}</p>
      <form class="grid form" onSubmit={save}>
        {series.targets.map(language => {
          const custom = series.honorifics.find(one => one.language === language)
          return (
            <fieldset key={language} class="grid" disabled={!lead}>
              <label>
                {say('in', { language: languageIn(tongue, language) })}
                <select name={`custom-${language}`} defaultValue={custom?.custom ?? ''}>
                  <option value="">{say('most')}</option>
                  {customs.map(one => (
                    <option key={one} value={one} selected={one === custom?.custom}>
                      {say(one)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {say('terms')}
                <input
                  name={`terms-${language}`}
                  lang={language}
                  defaultValue={custom?.terms
                    ?.map(({ honorific, target }) => `${honorific} = ${target}`)
                    .join(', ')}
                />
              </label>
            </fieldset>
          )
        })}
        {lead && (
          <p class="row">
            <button type="submit" class="button">
              {say('save')}
            </button>
          </p>
        )}
      </form>
    </section>
  )
}

/** `senpai = Captain, -sama = Lord`; what is none of them is passed over. */
export function termsIn(text: string): Term[] {
  return text.split(/[,、，]/).flatMap(part => {
    const [left = '', right = ''] = part.split(/[=＝]/).map(side => side.trim())
    const honorific = kept.find(one => one === left.replace(/^-/, '').toLowerCase())
    return honorific && right !== '' ? [{ honorific, target: right }] : []
  })
}

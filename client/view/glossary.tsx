import type { SeriesView } from '../../server/contract.ts'
import type { Alter } from './alter.ts'
import { useSay } from './house.ts'
import { Icon } from './icon.tsx'

type Term = SeriesView['glossary'][number]

/** The words that must come out right, as a table in which one writes. A row is kept when it is left. */
export function Glossary({ series, alter, lead }: { series: SeriesView; alter: Alter; lead: boolean }) {
  const say = useSay()
  const keep = (index: number, term: Term) => {
    const { glossary } = series
    const next =
      index < glossary.length ? glossary.map((old, at) => (at === index ? term : old)) : [...glossary, term]
    if (JSON.stringify(next) !== JSON.stringify(glossary)) void alter({ glossary: next })
  }
  const drop = (index: number) => void alter({ glossary: series.glossary.filter((_, at) => at !== index) })
  return (
    <section class="block" aria-labelledby="glossary">
      <h2 id="glossary">{say('glossary')}</h2>
      <p class="soft">{say('glossary-says')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={say('glossary-table')}>
        <table class="table edit">
          <thead>
            <tr>
              <th scope="col">{say('term')}</th>
              <th scope="col">{say('language')}</th>
              <th scope="col">{say('term-target')}</th>
              <th scope="col">{say('term-forbid')}</th>
              <th scope="col">{say('term-keep')}</th>
              <th scope="col">{say('term-note')}</th>
              {lead && (
                <th scope="col">
                  <span class="unseen">{say('remove')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {series.glossary.map((term, index) => (
              <Row
                key={`${index}/${term.source}/${term.language}`}
                term={term}
                series={series}
                lead={lead}
                keep={changed => keep(index, changed)}
                drop={() => drop(index)}
              />
            ))}
            {lead && (
              <Row
                key={`new/${series.glossary.length}`}
                series={series}
                lead
                keep={added => keep(series.glossary.length, added)}
              />
            )}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Row({
  term,
  series,
  lead,
  keep,
  drop,
}: {
  term?: Term
  series: SeriesView
  lead: boolean
  keep: (term: Term) => void
  drop?: () => void
}) {
  const say = useSay()
  const language = term?.language ?? series.targets[0] ?? 'en'
  const left = (event: FocusEvent) => {
    const row = event.currentTarget as HTMLTableRowElement
    if (event.relatedTarget instanceof Node && row.contains(event.relatedTarget)) return
    const read = (name: string) => row.querySelector<HTMLInputElement>(`[name=${name}]`)
    const text = (name: string) => read(name)?.value.trim() || undefined
    const [source, target] = [text('source'), text('target')]
    if (source === undefined || target === undefined) return
    const forbid = (text('forbid') ?? '')
      .split(/[,、，]/)
      .map(word => word.trim())
      .filter(word => word !== '')
    keep({
      source,
      target,
      language: text('language') ?? language,
      ...(forbid.length > 0 ? { forbid } : {}),
      ...(read('keep')?.checked ? { keep: true } : {}),
      ...(text('note') === undefined ? {} : { note: text('note') }),
    })
  }
  const field = (name: string, label: string, value: string | undefined, tag?: string) => (
    <td>
      <input
        name={name}
        aria-label={label}
        defaultValue={value ?? ''}
        lang={tag}
        readOnly={!lead}
        maxLength={200}
      />
    </td>
  )
  return (
    <tr onFocusOut={left}>
      {field('source', say('term'), term?.source, series.language)}
      <td>
        <select name="language" aria-label={say('language')} disabled={!lead} defaultValue={language}>
          {[...new Set([...series.targets, language])].map(target => (
            <option key={target} value={target} selected={target === language}>
              {target}
            </option>
          ))}
        </select>
      </td>
      {field('target', say('term-target'), term?.target, language)}
      {field('forbid', say('term-forbid'), term?.forbid?.join(', '), language)}
      <td class="middle">
        <input
          type="checkbox"
          name="keep"
          aria-label={say('term-keep')}
          defaultChecked={term?.keep}
          disabled={!lead}
        />
      </td>
      {field('note', say('term-note'), term?.note)}
      {lead && (
        <td>
          {drop && (
            <button
              type="button"
              class="button icon"
              aria-label={say('remove-term', { term: term?.source ?? '' })}
              onClick={drop}
            >
              <Icon name="close" />
            </button>
          )}
        </td>
      )}
    </tr>
  )
}

import { useState } from 'preact/hooks'
import type { TermsShape } from '../../../server/contract.ts'
import { endedOn, forbidden, isLess, lastDay, limited, lists, toggled } from '../../voice/less.ts'
import { nameIn } from '../../voice/spell.ts'
import { Icon } from '../icon.tsx'
import { useOf, useReady, useSay, useTongue, useVoice } from './house.ts'
import { TheText } from './the-text.tsx'

/** A yes of mine, made narrower. */
export function Narrow({ id }: { id: string }) {
  const { go, say: sign } = useVoice()
  const say = useSay()
  const busy = useOf(state => state.busy)
  const yes = useOf(state => state.mine?.yeses.find(one => one.id === id))
  const [terms, change] = useState<TermsShape>()
  const less = yes && terms && isLess(yes.terms, terms) ? terms : undefined
  const ready = useReady(less && { kind: 'narrowing', of: id, terms: less })
  if (yes === undefined) return <main class="page narrow" aria-busy="true" />
  const narrow = async () => {
    if (ready && (await sign(ready, 'narrow-done'))) go({ at: 'mine' })
  }
  return (
    <main class="page narrow">
      <p>
        <a href="#/mine" class="return">
          <Icon name="back" />
          {say('back')}
        </a>
      </p>
      <h1>{say('narrow')}</h1>
      <section class="block">
        <NarrowTerms base={yes.terms} value={terms ?? yes.terms} change={change} />
      </section>
      {less && <TheText ready={ready} />}
      <button
        type="button"
        class="button main wide tall"
        disabled={busy || ready === undefined}
        onClick={() => void narrow()}
      >
        {say('narrow-sign')}
      </button>
    </main>
  )
}

type Change = (terms: TermsShape) => void

/** What may be taken off, list by list. */
export function NarrowTerms({
  base,
  value,
  change,
}: {
  base: TermsShape
  value: TermsShape
  change: Change
}) {
  const say = useSay()
  const tongue = useTongue()
  const words = useOf(state => state.words)
  const named = (table: 'acts' | 'alterations', name: string) =>
    words?.[table].find(one => one.name === name)?.[tongue] ?? name
  const spelt = {
    ...{ acts: (name: string) => named('acts', name), episodes: plain, characters: plain, media: plain },
    languages: (code: string) => nameIn(tongue, 'language', code),
    territories: (code: string) => nameIn(tongue, 'region', code),
    alterations: (name: string) => named('alterations', name),
  }
  return (
    <div class="form less">
      <p class="small soft">{say('narrow-says')}</p>
      {lists.map(
        list =>
          base[list].length > 0 && (
            <fieldset key={list}>
              <legend>{say(list)}</legend>
              {base[list].map(item => (
                <label key={item} class="check">
                  <input
                    type="checkbox"
                    name={list}
                    value={item}
                    checked={value[list].includes(item)}
                    onChange={() => change(toggled(base, value, list, item))}
                  />
                  {spelt[list](item)}
                </label>
              ))}
            </fieldset>
          ),
      )}
      <fieldset>
        <legend>{say('narrow-banned')}</legend>
        {words?.contents
          .filter(({ name }) => !base.banned.includes(name))
          .map(({ name, [tongue]: label }) => (
            <label key={name} class="check">
              <input
                type="checkbox"
                name="banned"
                value={name}
                checked={value.banned.includes(name)}
                onChange={() => change(forbidden(base, value, name))}
              />
              {label}
            </label>
          ))}
      </fieldset>
      <div class="grid">
        {(['lines', 'seconds'] as const).map(which => (
          <label key={which}>
            {say(`narrow-${which}`)}
            <input
              type="number"
              name={which}
              inputMode="numeric"
              min={0}
              max={base.limits[which]}
              value={value.limits[which]}
              onChange={event => change(limited(base, value, which, event.currentTarget.valueAsNumber))}
            />
          </label>
        ))}
        {(['makeUntil', 'until'] as const).map(which => (
          <label key={which}>
            {say(which === 'until' ? 'narrow-until' : 'narrow-make')}
            <input
              type="date"
              name={which}
              max={lastDay(base[which])}
              value={lastDay(value[which])}
              onChange={event => change(endedOn(base, value, which, event.currentTarget.value))}
            />
          </label>
        ))}
      </div>
    </div>
  )
}

const plain = (name: string) => name

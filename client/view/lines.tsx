import { useEffect, useMemo, useRef } from 'preact/hooks'
import { perform } from '../actions/index.ts'
import { nextLine } from '../actions/next-line.ts'
import { previousLine } from '../actions/previous-line.ts'
import { countSifted, openLine, sifted, withDesk } from '../desk/lines.ts'
import { siftings } from '../state.ts'
import { useHands, useRead, useSay } from './house.ts'
import { LineRow } from './line-row.tsx'
import { useWindow } from './window.ts'

const none: readonly [] = []

/** The list of lines. However many there are, only those in sight are drawn. */
export function Lines() {
  const hands = useHands()
  const { change } = hands
  const say = useSay()
  const all = useRead(({ desk }) => desk?.lines)
  const sift = useRead(({ desk }) => desk?.sift ?? { only: 'all' as const, text: '' })
  const open = useRead(({ desk }) => desk?.open)
  const lines = useMemo(() => (all === undefined ? none : sifted(all, sift)), [all, sift])
  const counts = useMemo(() => countSifted(all ?? none), [all])
  const box = useRef<HTMLDivElement>(null)
  const { first, last, rowHeight, reveal } = useWindow(box, lines.length)
  const index = lines.findIndex(line => line.id === open)
  // The list moves when another line is opened, and then only.
  useEffect(() => {
    if (index >= 0) reveal(index)
  }, [open])
  const turn = (event: KeyboardEvent) => {
    const action = { ArrowDown: nextLine, ArrowUp: previousLine }[event.key]
    if (action === undefined || event.altKey) return
    event.preventDefault()
    void perform(action, hands)
  }
  return (
    <>
      <div class="row sift">
        <label>
          <span class="unseen">{say('sift')}</span>
          <select
            value={sift.only}
            onChange={event => {
              const only = siftings.find(one => one === event.currentTarget.value) ?? 'all'
              change(withDesk(desk => ({ ...desk, sift: { ...desk.sift, only } })))
            }}
          >
            {siftings.map(one => (
              <option key={one} value={one}>
                {say(`sift-${one}`, { count: counts[one] })}
              </option>
            ))}
          </select>
        </label>
        <input
          id="search-lines"
          type="search"
          aria-label={say('search-lines')}
          placeholder={say('search-lines')}
          value={sift.text}
          onInput={event => {
            const text = event.currentTarget.value
            change(withDesk(desk => ({ ...desk, sift: { ...desk.sift, text } })))
          }}
        />
      </div>
      <div
        ref={box}
        class="lines"
        onKeyDown={turn}
        role="listbox"
        tabIndex={0}
        aria-label={say('pane-lines')}
        aria-activedescendant={index >= first && index < last ? `line-${open}` : undefined}
      >
        {all === undefined && <p class="soft hollow">{say('loading')}</p>}
        {all?.length === 0 && <p class="soft hollow">{say('no-lines-yet')}</p>}
        {all !== undefined && all.length > 0 && lines.length === 0 && (
          <p class="soft hollow">{say('none-sifted')}</p>
        )}
        <div class="all" role="presentation" style={{ height: `${lines.length * rowHeight}px` }}>
          {lines.slice(first, last).map((line, at) => (
            <LineRow
              key={line.id}
              line={line}
              top={(first + at) * rowHeight}
              place={first + at + 1}
              of={lines.length}
              open={line.id === open}
              onOpen={() => change(withDesk(desk => ({ ...openLine(desk, line), near: true })))}
            />
          ))}
        </div>
      </div>
    </>
  )
}

import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Rows drawn beyond the edges, so that a quick scroll shows no hole. */
const margin = 6

/** Which of so many rows of one height are in sight. `end` is the first that is not. */
export function inSight(top: number, height: number, rowHeight: number, count: number) {
  const first = Math.max(0, Math.floor(top / rowHeight) - margin)
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + margin)
  return { first: Math.min(first, last), last }
}

/** How far to scroll so that a row is wholly seen, with one row of company where there is room. */
export function revealed(index: number, top: number, height: number, rowHeight: number): number {
  const company = height > rowHeight * 4 ? rowHeight : 0
  const [least, most] = [index * rowHeight + rowHeight + company - height, index * rowHeight - company]
  return Math.max(0, Math.min(Math.max(top, least), most))
}

/** Follows a scrolled box. The height of a row is the style sheet's: `--row`, in pixels. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number) {
  const [sight, look] = useState({ top: 0, height: 800, rowHeight: 64 })
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 64
      const next = { top: element.scrollTop, height: element.clientHeight, rowHeight }
      look(before => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [box])
  const reveal = (index: number) => {
    const element = box.current
    if (element !== null)
      element.scrollTop = revealed(index, element.scrollTop, element.clientHeight, sight.rowHeight)
  }
  return { ...inSight(sight.top, sight.height, sight.rowHeight, count), rowHeight: sight.rowHeight, reveal }
}

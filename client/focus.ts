/** Moves the focus to the page's own part: after going elsewhere, or when what had it is gone. */
export function toMain(): void {
  const main = document.querySelector('main')
  main?.setAttribute('tabindex', '-1')
  main?.focus({ preventScroll: true })
}

/** To the page's own part, from its top. The address belongs to the router and stays. */
export function toTop(): void {
  toMain()
  window.scrollTo(0, 0)
}

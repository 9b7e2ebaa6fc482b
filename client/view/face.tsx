/** A person as the first letter of their name; the name itself stands beside it. */
export function Face({ name }: { name: string }) {
  return <span class="face" data-letter={[...name][0]} aria-hidden="true" />
}

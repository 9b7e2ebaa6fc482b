/** What a form holds when it is sent. An empty field is absent. */
export function readForm(event: SubmitEvent): {
  readonly form: HTMLFormElement
  readonly get: (name: string) => string | undefined
} {
  event.preventDefault()
  const form = event.currentTarget as HTMLFormElement
  const data = new FormData(form)
  const get = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  return { form, get }
}

/** `en, es-419` as a list. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,、，]+/).filter(part => part !== '')

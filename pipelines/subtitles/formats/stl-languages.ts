/** Languages by their code in the header of EBU-STL (EBU Tech 3264, appendix 3), as BCP 47 has them. */
const european =
  'und sq br ca hr cy cs da de en es eo et eu fo fr fy ga gd gl is it se la lv lb lt hu mt nl no oc pl pt ro rm sr sk sl fi sv tr nl-BE wa'
const other =
  'zu vi uz ur uk th te tt ta tg sw srn so si sn sh rue ru qu ps pa fa pap or ne nd mr mo ms mg mk lo ko km kk kn ja id hi he ha gwn gu el ka ff prs cv zh my bg bn be bm az as hy ar am'

const codes = new Map<string, string>([
  ...european.split(' ').map((language, i) => [hex(i), language] as const),
  ...other.split(' ').map((language, i) => [hex(0x45 + i), language] as const),
])
function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, '0')
}

export const languageOf = (code: string): string | undefined => {
  const found = codes.get(code.toUpperCase())
  return found === 'und' ? undefined : found
}

export function codeOf(language = ''): string {
  const tag = language.toLowerCase()
  const base = tag.split('-')[0]
  const entries = [...codes]
  return (
    (entries.find(([, one]) => one.toLowerCase() === tag) ?? entries.find(([, one]) => one === base))?.[0] ??
    '00'
  )
}

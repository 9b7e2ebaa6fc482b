import type { Entry } from '../../consent/index.ts'
import type { Notice } from '../store/walks.ts'
import { type Certificate, digestOf } from './certificate.ts'
import { openPaper, stamp } from './paper.ts'

export type CertificateAsk = {
  readonly certificate: Certificate
  readonly notices: readonly Notice[]
  /** Who reads it, and whose house it is. */
  readonly name: string
  readonly company: string
  readonly language: 'ja' | 'en'
}

const says = {
  ja: {
    title: '処理完了証明書',
    from: '発行',
    head: '撤回などの内容',
    logged: '登録簿への記載',
    walked: '処理',
    found: '見つかったもの・行ったこと',
    killed: (count: number) => `止めた作業（プロセス）: ${count}`,
    cut: (count: number) => `切断した再生: ${count}`,
    results: (results: number, files: number) => `使えなくした制作結果: ${results}（ファイル ${files}）`,
    queued: (count: number) => `順番待ちの話（声なしで処理されます）: ${count}`,
    remade: (count: number) => `声を除いて作り直す話: ${count}`,
    erased: (count: number) => `声の鍵を破棄しました。録音の記録 ${count} 件を削除しました。`,
    recipients: '受け渡し済みのファイル',
    columns: ['受け渡し (UTC)', 'ファイル', 'SHA-256', '通知'],
    acknowledged: '確認済み',
    waiting: '未確認',
    none: 'ありません。',
    couldNot: '元に戻せないもの',
    proof: 'この証明書（JSON）の SHA-256 は登録簿の「completed」に記載されています。',
  },
  en: {
    title: 'Certificate of completion',
    from: 'By',
    head: 'What was taken back',
    logged: 'Stood in the log',
    walked: 'Walked',
    found: 'What was found and done',
    killed: (count: number) => `Work (process groups) that was killed: ${count}`,
    cut: (count: number) => `Streams that were cut: ${count}`,
    results: (results: number, files: number) => `Results that were quarantined: ${results} (${files} files)`,
    queued: (count: number) => `Episodes that wait and will be made without the voice: ${count}`,
    remade: (count: number) => `Episodes that are made anew without the voice: ${count}`,
    erased: (count: number) =>
      `The key of the voice was destroyed, and ${count} records of recordings were deleted.`,
    recipients: 'Files that had left before',
    columns: ['Left (UTC)', 'File', 'SHA-256', 'Notice'],
    acknowledged: 'acknowledged',
    waiting: 'waiting',
    none: 'There is none.',
    couldNot: 'What could not be undone',
    proof: 'The SHA-256 of this certificate (as JSON) stands in the log, in the entry “completed”.',
  },
} as const

const kinds: Readonly<Partial<Record<Entry['kind'], { readonly en: string; readonly ja: string }>>> = {
  withdrawal: { en: 'Withdrawal', ja: '撤回' },
  narrowing: { en: 'Narrowing of a yes', ja: '同意の範囲の縮小' },
  suspension: { en: 'Pause', ja: '一時停止' },
  refusal: { en: 'A binding no', ja: '拒否' },
  erasure: { en: 'Order to destroy the key of the voice', ja: '声の鍵の破棄の指示' },
  death: { en: 'Report of a death', ja: '逝去の届け出' },
}

/** What an ending came to, to read and to print. What counts is the JSON, whose digest stands in the log. */
export async function certificatePdf(ask: CertificateAsk): Promise<Uint8Array> {
  const { certificate, notices, language } = ask
  const { stopped, quarantined, walked, recipients } = certificate
  const say = says[language]
  const paper = await openPaper()
  const titled = async (title: string) => {
    paper.gap(8)
    await paper.line(title, 12)
  }
  await paper.line(say.title, 18)
  await paper.line(language === 'ja' ? `${ask.name} 様` : ask.name, 13)
  await paper.line(`${say.from}: ${ask.company}`)
  await titled(`${say.head}: ${kinds[certificate.kind]?.[language] ?? certificate.kind}`)
  await paper.line(certificate.entry, 8)
  await paper.line(`${say.logged}: ${stamp(certificate.logged)} UTC`)
  await paper.line(`${say.walked}: ${stamp(walked.from)} – ${stamp(walked.to)} UTC`)
  await titled(say.found)
  const results = Object.values(quarantined.steps).reduce((sum, count) => sum + count, 0)
  await paper.line(say.killed(stopped.groups))
  await paper.line(say.cut(stopped.streams))
  await paper.line(say.results(results, quarantined.files))
  await paper.line(say.queued(certificate.queued))
  await paper.line(say.remade(certificate.remade.length))
  if (certificate.erased) await paper.line(say.erased(certificate.erased.recordings))
  await titled(say.recipients)
  if (recipients.length === 0) await paper.line(say.none)
  else {
    const columns = [paper.margin, 136, 300, 505]
    await paper.row(say.columns, columns)
    paper.rule()
    const heeded = new Set(notices.filter(({ state }) => state === 'acknowledged').map(({ id }) => id))
    for (const { delivery, at, file, sha256 } of recipients) {
      const state = heeded.has(`${certificate.entry}.${delivery}`) ? say.acknowledged : say.waiting
      await paper.row([stamp(at), file, sha256, state], columns)
    }
  }
  await titled(say.couldNot)
  if (certificate.couldNot.length === 0) await paper.line(say.none)
  for (const one of certificate.couldNot) await paper.text(`・${one[language]}`)
  paper.gap(10)
  await paper.text(say.proof, 8)
  await paper.line(`SHA-256 ${digestOf(certificate)}`, 8)
  return paper.save(say.title, walked.to)
}

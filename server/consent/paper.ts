import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import { PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib'
import { fontParts, type Part, runsOf } from './fonts.ts'

/** A4, in points. */
const [width, height, margin] = [595, 842, 40]

export type Paper = Awaited<ReturnType<typeof openPaper>>

/** Paper to write Japanese and English on from top to bottom, as a PDF with the letters it needs inside. */
export async function openPaper() {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit)
  const parts = await fontParts()
  const fonts = new Map<Part, PDFFont>()
  let page = document.addPage([width, height])
  let y = height - 60

  async function fontOf(part: Part): Promise<PDFFont> {
    const font = fonts.get(part) ?? (await document.embedFont(await readFile(part.path), { subset: true }))
    fonts.set(part, font)
    return font
  }

  /** Writes a line; what does not fit into `most` points ends in an ellipsis. */
  async function write(on: PDFPage, text: string, x: number, size: number, most: number) {
    let at = x
    for (const run of runsOf(await measured(text, size, most), parts)) {
      const font = await fontOf(run.part)
      on.drawText(run.text, { x: at, y, size, font })
      at += font.widthOfTextAtSize(run.text, size)
    }
  }

  async function measured(text: string, size: number, most: number): Promise<string> {
    let fits = ''
    let used = 0
    for (const letter of text) {
      used += await widthOf(letter, size)
      if (used > most - size) return `${fits}…`
      fits += letter
    }
    return fits
  }

  async function widthOf(text: string, size: number): Promise<number> {
    let sum = 0
    for (const run of runsOf(text, parts)) sum += (await fontOf(run.part)).widthOfTextAtSize(run.text, size)
    return sum
  }

  function room(need: number): void {
    if (y >= 40 + need) return
    page = document.addPage([width, height])
    y = height - 60
  }

  return {
    margin,
    width,
    /** One line. */
    async line(text: string, size = 10): Promise<void> {
      room(size)
      await write(page, text, margin, size, width - 2 * margin)
      y -= size * 1.7
    },
    /** As many lines as it takes: broken between words, and where a word is too long or Japanese, between letters. */
    async text(text: string, size = 10): Promise<void> {
      const most = width - 2 * margin - size
      let row = ''
      let used = 0
      for (const piece of text.match(/[\x21-\x7e’]{1,60} ?|./gsu) ?? []) {
        const wide = await widthOf(piece, size)
        if (used + wide > most && row !== '') {
          await this.line(row, size)
          row = ''
          used = 0
        }
        row += piece
        used += wide
      }
      if (row !== '') await this.line(row, size)
    },
    /** Cells beside each other, each from its column's place to the next one's. */
    async row(cells: readonly string[], columns: readonly number[]): Promise<void> {
      room(20)
      for (const [index, cell] of cells.entries()) {
        const x = columns[index] ?? margin
        await write(page, cell, x, 7.5, (columns[index + 1] ?? width - margin + 8) - x - 4)
      }
      y -= 14
    },
    rule(): void {
      page.drawLine({ start: { x: margin, y: y + 9 }, end: { x: width - margin, y: y + 9 }, thickness: 0.5 })
    },
    gap(points: number): void {
      y -= points
    },
    async save(title: string, made: number): Promise<Uint8Array> {
      document.setTitle(title)
      document.setCreationDate(new Date(made))
      document.setModificationDate(new Date(made))
      return document.save()
    },
  }
}

/** The minute, in UTC. */
export const stamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

import { describe, expect, test } from 'vitest'
import { DAMAGES, type DamageName, damageExport } from './fixtures/damage-export.ts'
import { HEADER_ERAS } from './fixtures/export-headers.ts'
import { LOOK_ALIKE_TEXTS } from './fixtures/look-alike-texts.ts'
import { synthesizeExport } from './fixtures/synthesize-export.ts'
import { SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import { recogniseContent, sniffBareText, sniffText } from './sniff-text.ts'
import { VENDORS } from './vendors.ts'

const ROWS = 3_000
const eras = VENDORS.flatMap((vendor) => HEADER_ERAS[vendor].map((header) => ({ vendor, header })))
const damages = Object.keys(DAMAGES) as DamageName[]

const sniff = (text: Uint8Array) =>
  sniffText(text.subarray(0, SNIFF_TEXT_BYTES_MAX), { whole: text.length <= SNIFF_TEXT_BYTES_MAX })

describe('a genuine export is named by its head', () => {
  test.each(eras)('$vendor, header of $header', ({ vendor, header }) => {
    for (const lineEnding of ['\n', '\r\n'] as const) {
      const { text } = synthesizeExport({ vendor, header, rows: ROWS, seed: 3, lineEnding })
      expect(sniff(text)).toEqual({ ok: true, accepted: { vendor, statedBuild: 37 } })
    }
  })

  test('in the layouts that some genuine copies have', () => {
    const layouts = [
      { vendor: '23andme', alleleColumns: true },
      { vendor: '23andme', singleDash: true, sex: 'female' },
      { vendor: 'myheritage', resultsColumn: true },
      { vendor: 'myheritage', extraQuotes: true },
    ] as const
    for (const layout of layouts) {
      const { text } = synthesizeExport({ ...layout, rows: ROWS, seed: 4 })
      expect(sniff(text)).toMatchObject({ ok: true, accepted: { vendor: layout.vendor } })
    }
  })

  test('with the build its header states, 36 included', () => {
    const { text } = synthesizeExport({ vendor: '23andme', chip: 'v2', build: 36, rows: ROWS, seed: 5 })
    expect(sniff(text)).toEqual({ ok: true, accepted: { vendor: '23andme', statedBuild: 36 } })
  })

  test('also when the head ends within a line, as far as twenty rows in', () => {
    const { text } = synthesizeExport({ vendor: 'ancestrydna', rows: ROWS, seed: 6 })
    for (const bytes of [2_000, 2_001, 8_191, 30_000]) {
      expect(sniffText(text.subarray(0, bytes), { whole: false })).toMatchObject({ ok: true })
    }
  })
})

describe('a head that something happened to is refused before a byte is sent', () => {
  test.each(damages.filter((name) => DAMAGES[name].seenInHead))('%s', (name) => {
    const { reason, detail } = DAMAGES[name]
    const verdict = sniff(damageExport(name, { rows: ROWS, seed: 11 }))
    expect(verdict).toMatchObject({ ok: false, faults: [{ reason, detail }] })
  })

  test('all kinds at once: a spreadsheet that also wrote a byte order mark', () => {
    const commas = damageExport('spreadsheet', { rows: ROWS, seed: 12 })
    const verdict = sniff(Uint8Array.of(0xef, 0xbb, 0xbf, ...commas))
    expect(verdict).toEqual({
      ok: false,
      faults: [
        { reason: 'file_modified', detail: 'spreadsheet' },
        { reason: 'file_modified', detail: 'byte_order_mark' },
      ],
    })
  })

  test.each([
    ['ancestrydna', '\t', ','],
    ['ancestrydna', '\t', ';'],
    ['myheritage', '"', ''],
    ['myheritage', ',', ';'],
  ] as const)("a spreadsheet's copy of %s, %j turned to %j", (vendor, from, to) => {
    const { text } = synthesizeExport({ vendor, rows: ROWS, seed: 14 })
    const saved = new TextEncoder().encode(new TextDecoder().decode(text).replaceAll(from, to))
    expect(sniff(saved)).toMatchObject({ faults: [{ reason: 'file_modified', detail: 'spreadsheet' }] })
  })

  test('a comment block longer than any vendor writes', () => {
    const { text } = synthesizeExport({ vendor: '23andme', rows: ROWS, seed: 13 })
    const comments = new TextEncoder().encode('# a line of my own\r\n'.repeat(120))
    expect(sniff(Uint8Array.of(...comments, ...text))).toMatchObject({
      faults: [{ reason: 'format_unrecognized', detail: 'header_body_mismatch' }],
    })
  })

  test("one vendor's comments over the other's rows, whichever two", () => {
    for (const above of VENDORS) {
      for (const below of VENDORS.filter((vendor) => vendor !== above)) {
        const header = synthesizeExport({ vendor: above, rows: 0, seed: 1, lineEnding: '\n' })
        const body = synthesizeExport({ vendor: below, rows: ROWS, seed: 1, lineEnding: '\n' })
        const lines = new TextDecoder().decode(body.text).split('\n').slice(body.truth.headerLines)
        const text = new TextDecoder().decode(header.text) + lines.join('\n')
        const verdict = sniff(new TextEncoder().encode(text))
        expect(verdict, `${above} over ${below}`).toMatchObject({ ok: false })
      }
    }
  })
})

describe('what people take for their export is named', () => {
  test.each(LOOK_ALIKE_TEXTS)('in an archive: $name', ({ bytes, reason, detail }) => {
    expect(sniffText(bytes, { whole: true })).toEqual({ ok: false, faults: [{ reason, detail }] })
  })

  test.each(LOOK_ALIKE_TEXTS)('bare: $name', ({ bytes, detail, bareDetail = detail }) => {
    expect(sniffBareText(bytes)).toBe(bareDetail)
  })

  test('by other words than the vendor banner it borrows', () => {
    const borrowed = LOOK_ALIKE_TEXTS.filter(({ bytes }) =>
      new TextDecoder().decode(bytes).includes('by 23andMe'),
    )
    expect(borrowed.length).toBeGreaterThan(1)
    for (const { bytes } of borrowed) expect(sniffText(bytes, { whole: true }).ok).toBe(false)
  })

  test('never a genuine export', () => {
    for (const { vendor, header } of eras) {
      const { text } = synthesizeExport({ vendor, header, rows: ROWS, seed: 21 })
      expect(recogniseContent(text.subarray(0, SNIFF_TEXT_BYTES_MAX))).toBeUndefined()
    }
  })

  test('after a byte order mark as well', () => {
    const gedcom = LOOK_ALIKE_TEXTS.find(({ detail }) => detail === 'gedcom')!
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...gedcom.bytes)
    expect(sniffText(marked, { whole: true })).toMatchObject({ faults: [{ detail: 'gedcom' }] })
  })
})

test("a bare export is named by its vendor, so that the words can say where the vendor's archive is", () => {
  const bare = VENDORS.map((vendor) => sniffBareText(synthesizeExport({ vendor, rows: ROWS, seed: 2 }).text))
  expect(bare).toEqual(['raw_text_23andme', 'raw_text_ancestrydna', 'raw_text_myheritage'])
})

test('an empty member holds nothing', () => {
  expect(sniffText(new Uint8Array(), { whole: true })).toEqual({
    ok: false,
    faults: [{ reason: 'no_genotypes', detail: 'nothing_alike' }],
  })
})

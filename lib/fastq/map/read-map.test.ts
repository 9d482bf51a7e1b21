import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAP_ROWS_MAX, type MapFault, readMap } from './read-map.ts'

const HEADER = 'client_id,r_notation,path\n'
const SECRET = 'X-Amz-Signature=abcdef0123456789'
const url = (name: string) => `https://bucket.s3.amazonaws.com/${name}.fastq.gz?${SECRET}`

/** Faults of a map with these rows, as `line column message`. */
const faultsOf = (text: string | Uint8Array): string[] =>
  (readMap(text).faults ?? []).map(({ line, column, message }: MapFault) =>
    [line, column, message].filter((part) => part !== undefined).join(' '),
  )
const faultsOfRows = (...rows: string[]) => faultsOf(HEADER + rows.join('\n'))

describe('a map is read', () => {
  test('whatever its line ends, blank lines, case of the header and of r_notation', () => {
    const text = ` Client_ID ,R_NOTATION,path\r\ns1,R1,${url('a')}\r\n\r\n   \r\ns1,r2,${url('b')}`
    expect(readMap(text)).toEqual({
      rows: [
        { line: 2, clientId: 's1', rNotation: 'R1', url: url('a') },
        { line: 5, clientId: 's1', rNotation: 'R2', url: url('b') },
      ],
    })
    expect(readMap(new TextEncoder().encode(text))).toEqual(readMap(text))
    expect(readMap(text.replaceAll('\r\n', '\r'))).toEqual(readMap(text))
  })

  test('as it was written: any names, quoted or not, in any order of rows', () => {
    const clientId = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((id) => !/[_/\\\p{C}\p{Zl}\p{Zp}]/u.test(id) && id.trim() === id && !/^\.{1,2}$/.test(id))
    fc.assert(
      fc.property(fc.uniqueArray(clientId, { minLength: 1, maxLength: 20 }), fc.boolean(), (ids, quoted) => {
        const cells = ids.flatMap((id, at) => [
          [id, 'R2', url(`${at}-2`)],
          [id, 'R1', url(`${at}-1`)],
        ])
        const { rows } = readMap(HEADER + stringify(cells, { quoted }))
        expect(rows?.map((row) => [row.clientId, row.rNotation, row.url])).toEqual(cells)
      }),
    )
  })
})

describe('a map is refused', () => {
  test.each([
    ['', '1 Unexpected CSV header. Expected: client_id, r_notation, path'],
    ['client,r_notation,path\n', '1 Unexpected CSV header. Expected: client_id, r_notation, path'],
    ['client_id,r_notation,path,x\n', '1 Unexpected CSV header. Expected: client_id, r_notation, path'],
    ['\npath,client_id,r_notation\n', '2 The columns must stand in this order: client_id,r_notation,path'],
    [
      'client_id;r_notation;path\n',
      '1 Unexpected CSV header. Expected: client_id, r_notation, path, separated by commas',
    ],
    [HEADER, '1 No FASTQ files found: there are no rows below the header'],
  ])('as a whole: %j', (text, fault) => expect(faultsOf(text)).toEqual([fault]))

  test('when its bytes are not plain UTF-8', () => {
    expect(faultsOf(`\ufeff${HEADER}s1,R1,${url('a')}`)).toEqual([
      '1 The file begins with a byte order mark: save it as UTF-8 without one',
    ])
    const utf16 = Uint8Array.from(Buffer.from(`\ufeff${HEADER}`, 'utf16le'))
    expect(faultsOf(utf16)).toEqual(['1 The file is not UTF-8 text'])
  })

  test.each([
    ['s1,R1', '2 The row has 2 of 3 columns'],
    [`s1,R1,${url('a')},x`, '2 The row has 4 of 3 columns'],
    [`s1,R3,${url('a')}`, '2 r_notation Wrong R notation. Valid R notations are: R1, R2, r1, r2'],
    [`s_1,R1,${url('a')}`, '2 client_id Underscore is not allowed in client id'],
    [`,R1,${url('a')}`, '2 client_id The client id is empty'],
    [`s/1,R1,${url('a')}`, '2 client_id A slash is not allowed in a client id'],
    [`..,R1,${url('a')}`, '2 client_id A client id of dots alone is not allowed'],
    [` s1,R1,${url('a')}`, '2 client_id Blanks are not allowed at the ends of a client id'],
    [`s\u202e1,R1,${url('a')}`, '2 client_id Only printable characters are allowed in a client id'],
    [`"s\n1",R1,${url('a')}`, '3 client_id Only printable characters are allowed in a client id'],
    [`${'s'.repeat(251)},R1,${url('a')}`, '2 client_id A client id has at most 250 characters'],
    [`s1,R2,${url('a')}`, '2 r_notation R2 without an R1 of the same client_id'],
    [`s1,R1,"${url('a')}"x`, '2 A quotation mark is out of place'],
    [`s1,R1,${url('a'.repeat(20_000))}`, '2 The row is too long'],
    ['s1,R1,ftp://host/a.fastq.gz', '2 path Only https URLs can be uploaded'],
    ['s1,R1,http://example.com/a.fastq.gz', '2 path Only https URLs can be uploaded, not http'],
    ['s1,R1,s3://bucket/a.fastq.gz', '2 path s3:// names an object only its owner can read: presign it'],
    ['s1,R1,https://u:p@host/a.fastq.gz', '2 path A URL must not contain a user name or password'],
    [`s1,R1,${url('a')}#x`, '2 path A URL must not have a fragment'],
    ['s1,R1,https://host/a b.fastq.gz', '2 path Not a valid URL'],
  ])('for a row: %#', (row, fault) => expect(faultsOfRows(row)).toEqual([fault]))

  test.each(['a.fastq', 'a.FASTQ.GZ', 'a.bam', 'a.txt?name=x.fastq.gz', '.fastq.gz', 'a.fastq.gz/'])(
    'when the path of a URL ends otherwise than a FASTQ file: %s',
    (name) =>
      expect(faultsOfRows(`s1,R1,https://host/${name}`)).toEqual([expect.stringMatching(/^2 path Could/)]),
  )

  test('when local files are meant, and says when only some are', () => {
    expect(faultsOfRows('s1,R1,/data/a.fastq.gz')).toEqual([expect.stringContaining('not local files')])
    expect(faultsOfRows(`s1,R1,${url('a')}`, 's1,R2,/data/a.fastq.gz')).toEqual([
      expect.stringMatching(/^3 path Detected both URLs and file paths/),
    ])
  })

  test('when whoever reads it refuses a URL that is one', () => {
    const refuseUrl = (text: string) => (text.includes('/old') ? 'It has expired' : undefined)
    expect(
      readMap(`${HEADER}s1,R1,${url('new')}\ns_2,R1,${url('old')}\ns3,R1,/old`, { refuseUrl }).faults,
    ).toEqual([
      { line: 3, column: 'client_id', message: expect.any(String) },
      { line: 3, column: 'path', message: 'It has expired' },
      { line: 4, column: 'path', message: expect.stringContaining('Detected both') },
    ])
  })

  test('when two rows do not go together', () => {
    expect(faultsOfRows(`s1,R1,${url('a')}`, `s1,r1,${url('b')}`)).toEqual([
      '3 client_id and r_notation are those of line 2',
    ])
    expect(faultsOfRows(`s1,R1,${url('a')}`, `s1,R2,${url('a')}&again`)).toEqual([
      '3 path R2 is the same file as R1 in line 2',
    ])
  })

  test('with everything that is wrong, in the order of its lines', () => {
    expect(
      faultsOf(`\ufeff${HEADER}s_1,R3,/a\ns2,R1\n\n,R1,${url('a')}`).map((fault) => fault.slice(0, 12)),
    ).toEqual([
      '1 The file b',
      '2 client_id ',
      '2 r_notation',
      '2 path Detec',
      '3 The row ha',
      '5 client_id ',
    ])
  })

  test('for one row more than there may be', () => {
    const row = (_: unknown, at: number) => `s${at},R1,https://host/${at}.fq.gz`
    expect(faultsOfRows(...Array.from({ length: MAP_ROWS_MAX + 1 }, row))).toEqual([
      '100002 A map has at most 100000 rows',
    ])
  })

  test('without a word of what stands in it', () => {
    const cell = fc.oneof(
      fc.constantFrom('s1', 's_1', '', 'R1', 'R2', 'x'),
      fc.constantFrom('https', 'http', 'ftp', 's3', '').map((scheme) => `${scheme}://host/a.txt?${SECRET}`),
      fc.constant(`"${SECRET}`),
    )
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 10 })
    fc.assert(
      fc.property(rows, fc.constantFrom(HEADER, `${SECRET},path\n`), (cells, header) => {
        const verdict = readMap(header + cells.map((row) => row.join(',')).join('\n'))
        expect(JSON.stringify(verdict.faults ?? [])).not.toContain('abcdef')
      }),
    )
  })
})

test('http is for this machine alone', () => {
  for (const host of ['localhost:9', 'cloud.localhost', '127.0.0.1:9', '[::1]:9']) {
    expect(readMap(`${HEADER}s1,R1,http://${host}/a.fq.bgz`).rows).toHaveLength(1)
  }
  expect(faultsOfRows('s1,R1,http://127.example.com/a.fq.gz')).toHaveLength(1)
})

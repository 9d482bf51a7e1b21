import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPresignedUrl, refusePresigned, type Signer, warnPresigned } from './presigned-url.ts'

const NOW = new Date('2026-11-21T17:00:00Z')
const S3 = 'https://b.s3.eu-central-1.amazonaws.com/s1_R1.fastq.gz'
const AZURE = 'https://a.blob.core.windows.net/c/s1_R1.fastq.gz'

const withQuery = (base: string, query: Record<string, string>) => `${base}?${new URLSearchParams(query)}`

const v4 = (vendor: 'Amz' | 'Goog', more: Record<string, string> = {}) => ({
  [`X-${vendor}-Algorithm`]: vendor === 'Amz' ? 'AWS4-HMAC-SHA256' : 'GOOG4-RSA-SHA256',
  [`X-${vendor}-Credential`]: 'AKIAIOSFODNN7EXAMPLE/20261121/eu-central-1/s3/aws4_request',
  [`X-${vendor}-Date`]: '20261121T160000Z',
  [`X-${vendor}-Expires`]: '86400',
  [`X-${vendor}-SignedHeaders`]: 'host',
  [`X-${vendor}-Signature`]: 'abcdef0123456789',
  ...more,
})
const s3V2 = { AWSAccessKeyId: 'AKIA', Signature: 'x%2By=', Expires: '1795280400' }
const gcsV2 = { GoogleAccessId: 'a@b.example', Signature: 'x', Expires: '1795280400' }
const sas = (more: Record<string, string> = {}) => ({
  sv: '2024-11-04',
  sr: 'b',
  sp: 'r',
  se: '2026-11-22T17:00:00Z',
  sig: 'a/b+c=',
  ...more,
})
const policy = (statement: object) =>
  btoa(JSON.stringify({ Statement: [statement] }))
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~')

/** Every way of signing, with the second in which it ends. */
const SIGNED: [Signer, Record<string, string>, string][] = [
  ['s3-v4', v4('Amz'), '2026-11-22T16:00:00Z'],
  ['gcs-v4', v4('Goog'), '2026-11-22T16:00:00Z'],
  ['s3-v2', s3V2, '2026-11-21T17:00:00Z'],
  ['gcs-v2', gcsV2, '2026-11-21T17:00:00Z'],
  ['cloudfront', { Expires: '1795280400', Signature: 's', 'Key-Pair-Id': 'K1' }, '2026-11-21T17:00:00Z'],
  ['azure-sas', sas(), '2026-11-22T17:00:00Z'],
]

const expiryOf = (query: Record<string, string>, base = S3) =>
  readPresignedUrl(withQuery(base, query)).expiresAt
const refusalOf = (query: Record<string, string>, now = NOW) =>
  refusePresigned(readPresignedUrl(withQuery(S3, query)), now)

describe('until when a URL works', () => {
  test.each(SIGNED)('is known of %s, on any host and with names in any case', (signedBy, query, end) => {
    for (const base of [S3, AZURE, 'https://data.clinic.example/x/s1_R1.fastq.gz']) {
      for (const rename of [(name: string) => name, (name: string) => name.toLowerCase()]) {
        const renamed = Object.fromEntries(
          Object.entries(query).map(([name, value]) => [rename(name), value]),
        )
        const read = readPresignedUrl(withQuery(base, { versionId: '7', ...renamed }))
        expect(read).toMatchObject({ signedBy, faults: [], expiresAt: new Date(end) })
      }
    }
  })

  test.each(SIGNED)('is judged to the second: %s', (_signer, query, end) => {
    const before = new Date(Date.parse(end) - 1)
    const read = readPresignedUrl(withQuery(S3, query))
    expect(refusePresigned({ ...read, startsAt: null }, before)).toBeUndefined()
    expect(refusePresigned(read, new Date(end))).toContain('has expired')
  })

  test('is nothing that a public URL says', () => {
    for (const url of [S3, `${S3}?versionId=3`, `${S3}?sig=1`, `${S3}?Expires=5&response-content-type=x`]) {
      expect(readPresignedUrl(url)).toMatchObject({ signedBy: null, expiresAt: null, faults: [] })
    }
  })

  test('is the earlier of two ends for a SAS of a user, and unknown with a stored policy alone', () => {
    expect(expiryOf(sas({ skt: '2026-11-21', ske: '2026-11-22T01:00Z' }))).toEqual(
      new Date('2026-11-22T01:00:00Z'),
    )
    expect(expiryOf(sas({ ske: '2026-11-25T01:00:00Z' }))).toEqual(new Date('2026-11-22T17:00:00Z'))
    const { se: _se, sp: _sp, ...rest } = sas({ si: 'policy' })
    expect(readPresignedUrl(withQuery(AZURE, rest))).toMatchObject({ expiresAt: null, faults: [] })
  })

  test.each([
    ['2026-11-22', '2026-11-22T00:00:00Z'],
    ['2026-11-22T03:04Z', '2026-11-22T03:04:00Z'],
    ['2026-11-22T03:04:05Z', '2026-11-22T03:04:05Z'],
    ['2026-11-22T03:04:05.1234567Z', '2026-11-22T03:04:05Z'],
  ])('may be written as %s in a SAS', (se, end) => {
    expect(expiryOf(sas({ se }))).toEqual(new Date(end))
  })

  test('is read from the policy of a CloudFront URL', () => {
    const condition = {
      DateLessThan: { 'AWS:EpochTime': 1_795_280_400 },
      DateGreaterThan: { 'AWS:EpochTime': 1_795_280_000 },
      IpAddress: { 'AWS:SourceIp': '192.0.2.0/24' },
    }
    const query = { Policy: policy({ Condition: condition }), Signature: 's', 'Key-Pair-Id': 'K' }
    expect(readPresignedUrl(withQuery(S3, query))).toMatchObject({
      expiresAt: new Date(1_795_280_400_000),
      startsAt: new Date(1_795_280_000_000),
      someAddressesOnly: true,
    })
  })

  test('is date plus seconds, whatever they are (version 4)', () => {
    const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 604_800 }), (at, seconds) => {
        const stamp = at.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
        for (const vendor of ['Amz', 'Goog'] as const) {
          const query = v4(vendor, { [`X-${vendor}-Date`]: stamp, [`X-${vendor}-Expires`]: String(seconds) })
          const whole = Math.floor(at.getTime() / 1_000)
          expect(expiryOf(query)).toEqual(new Date((whole + seconds) * 1_000))
        }
      }),
    )
  })

  test('does not depend on the order of the query', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SIGNED).chain(([signer, query, end]) =>
          fc.record({
            signer: fc.constant(signer),
            end: fc.constant(end),
            entries: fc.shuffledSubarray(Object.entries(query), { minLength: Object.keys(query).length }),
          }),
        ),
        ({ signer, end, entries }) => {
          const read = readPresignedUrl(withQuery(S3, Object.fromEntries(entries)))
          expect(read).toMatchObject({ signedBy: signer, expiresAt: new Date(end), faults: [] })
        },
      ),
    )
  })

  test('can be asked of any text: it never throws, and no words show any of it', () => {
    const marker = 'zq9MARKER'
    const name = fc.constantFrom(
      ...Object.keys({ ...v4('Amz'), ...v4('Goog'), ...s3V2, ...gcsV2, ...sas() }),
      ...[
        'Policy',
        'Key-Pair-Id',
        'si',
        'st',
        'ske',
        'skt',
        'spr',
        'sip',
        'ss',
        'srt',
        'X-Amz-Security-Token',
      ],
    )
    const value = fc.oneof(
      fc.string(),
      fc.constant(marker),
      fc.constantFrom(...Object.values(sas()), '-1', '1e9'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.webUrl(), (entries, base) => {
        const url = `${base}?${new URLSearchParams(entries)}`
        const read = readPresignedUrl(url)
        const words = [
          refusePresigned(read, NOW),
          ...warnPresigned(read, { now: NOW, expectedWaitHours: 24 }),
        ]
        expect(words.join(' ')).not.toContain(marker)
        for (const time of [read.expiresAt, read.startsAt]) expect(time?.getTime()).not.toBeNaN()
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => void readPresignedUrl(text)))
  })
})

describe('a URL is refused', () => {
  test.each([
    ['more than seven days', v4('Amz', { 'X-Amz-Expires': '604801' })],
    ['more than seven days', v4('Goog', { 'X-Goog-Expires': '1000000' })],
    ['properly', v4('Amz', { 'X-Amz-Expires': '0' })],
    ['properly', v4('Amz', { 'X-Amz-Expires': '1e3' })],
    ['properly', v4('Amz', { 'X-Amz-Date': '2026-11-21T16:00:00' })],
    ['properly', v4('Amz', { 'X-Amz-Date': '20260231T160000Z' })],
    ['further headers', v4('Amz', { 'X-Amz-SignedHeaders': 'host;range' })],
    ['incomplete', v4('Amz', { 'X-Amz-Signature': '' })],
    ['incomplete', { 'X-Amz-Signature': 'only' }],
    ['incomplete', { AWSAccessKeyId: 'A', Expires: '1795280400' }],
    ['incomplete', { GoogleAccessId: 'A', Signature: 'x' }],
    ['incomplete', { 'Key-Pair-Id': 'K', Signature: 'x' }],
    ['properly', { ...s3V2, Expires: '1795280400000' }],
    ['properly', { ...s3V2, Expires: 'never' }],
    ['properly', { Policy: 'nothing', Signature: 's', 'Key-Pair-Id': 'K' }],
    ['not permit to read', sas({ sp: 'wl' })],
    ['not permit https', sas({ spr: 'http' })],
    ['not for blobs', sas({ ss: 'fq', srt: 'sco' })],
    ['not for blobs', sas({ ss: 'b', srt: 'sc' })],
    ['incomplete', { sv: '2024', sp: 'r', sig: 'x' }],
    ['incomplete', { se: '2026-12-01', sp: 'r', sig: 'x' }],
    ['properly', sas({ se: 'tomorrow' })],
    ['properly', sas({ se: '2026-02-31' })],
    ['properly', sas({ st: '1' })],
    ['not valid yet', sas({ st: '2026-11-21T17:00:01Z' })],
    ['not valid yet', sas({ skt: '2026-11-22' })],
    ['not valid yet', v4('Amz', { 'X-Amz-Date': '20261121T171501Z' })],
  ])('that is: %s', (words, query) => {
    expect(refusalOf(query)).toContain(words)
  })

  test('that says something twice', () => {
    const url = `${withQuery(S3, v4('Amz'))}&x-amz-expires=60`
    expect(refusePresigned(readPresignedUrl(url), NOW)).toContain('twice')
  })

  test('but not for a clock that is a quarter of an hour fast, for https beside http, or for an account SAS', () => {
    expect(refusalOf(v4('Amz', { 'X-Amz-Date': '20261121T171500Z' }))).toBeUndefined()
    expect(refusalOf(sas({ spr: 'https,http', sip: '192.0.2.1' }))).toBeUndefined()
    expect(refusalOf(sas({ ss: 'bf', srt: 'sco', sp: 'rwdl', st: '2026-11-21T17:00:00Z' }))).toBeUndefined()
  })
})

test('a URL is warned of when it ends within the expected wait, and for credentials that end by themselves', () => {
  const warningsOf = (query: Record<string, string>, expectedWaitHours = 24) =>
    warnPresigned(readPresignedUrl(withQuery(S3, query)), { now: NOW, expectedWaitHours })
  expect(warningsOf(v4('Amz'))).toEqual([
    expect.stringContaining('2026-11-22T16:00:00Z, within the 24 hours'),
  ])
  expect(warningsOf(v4('Amz'), 23)).toEqual([])
  expect(warningsOf(v4('Amz', { 'X-Amz-Expires': '7199' }), 1)).toEqual([
    expect.stringContaining('the 1 hour '),
  ])
  expect(warningsOf(v4('Amz', { 'X-Amz-Security-Token': 't' }), 1)).toEqual([
    expect.stringContaining('temporary credentials'),
  ])
  expect(warningsOf(v4('Amz', { 'X-Amz-Credential': 'ASIA1/x' }), 1)).toHaveLength(1)
  expect(warningsOf(sas({ sip: '192.0.2.1' }), 1)).toEqual([expect.stringContaining('some addresses')])
})

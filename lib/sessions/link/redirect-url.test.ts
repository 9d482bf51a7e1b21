import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REDIRECT_URL_CHARACTERS_MAX } from '../limits.ts'
import { isLoopbackHost, refuseRedirectUrl, withReason } from './redirect-url.ts'

const LISTED = { loopback: false, origins: ['https://clinic.example'] }
const ANY = { loopback: false, origins: [] }
const DEVELOPMENT = { loopback: true, origins: [] }

describe('a project that lists https://clinic.example', () => {
  test.each([
    ['a path', 'https://clinic.example/thanks'],
    ['the origin alone', 'https://clinic.example'],
    ['query and fragment', 'https://clinic.example/thanks?a=1&b=%20c#part'],
    ['capitals in scheme and host', 'HTTPS://CLINIC.EXAMPLE/thanks'],
    ['the default port written out', 'https://clinic.example:443/thanks'],
    ['dot segments and an encoded slash', 'https://clinic.example/x%2Fy/../z'],
  ])('lets through %s', (_what, url) => {
    expect(refuseRedirectUrl(url, LISTED)).toBeUndefined()
  })

  test.each([
    ['plain http', 'http://clinic.example/thanks'],
    ['the origin as the start of another host', 'https://clinic.example.thief.example/'],
    ['the origin as the end of another host', 'https://notclinic.example/'],
    ['the origin in the path', 'https://thief.example/https://clinic.example'],
    ['the origin in the query', 'https://thief.example/?to=https://clinic.example'],
    ['the origin in the fragment', 'https://thief.example#https://clinic.example'],
    ['the origin as user name', 'https://clinic.example@thief.example/'],
    ['the origin as user and password', 'https://clinic.example:443@thief.example/'],
    ['credentials for the right host', 'https://anna:secret@clinic.example/'],
    ['a backslash before @', 'https://clinic.example\\@thief.example/'],
    ['a backslash for a slash', 'https://thief.example\\clinic.example/'],
    ['no scheme', '//thief.example/'],
    ['no scheme and three slashes', '///thief.example'],
    ['slash and backslash', '/\\thief.example'],
    ['two backslashes', '\\\\thief.example'],
    ['no slashes', 'https:thief.example'],
    ['one slash', 'https:/thief.example'],
    ['three slashes', 'https:///thief.example'],
    ['a script', 'javascript:alert(document.domain)'],
    ['a script in mixed case', 'jAvAsCrIpT:alert(1)'],
    ['a script with a tab in its scheme', 'java\tscript:alert(1)'],
    ['a script after a control character', '\x01javascript:alert(1)'],
    ['a script after a blank', ' javascript:alert(1)'],
    ['a data URL', 'data:text/html,<script>alert(1)</script>'],
    ['vbscript', 'vbscript:x'],
    ['a blob of the right origin', 'blob:https://clinic.example/x'],
    ['a file system of the right origin', 'filesystem:https://clinic.example/x'],
    ['an Android intent', 'intent://thief#Intent;scheme=https;end'],
    ['a scheme of an app', 'clinicapp://thanks'],
    ['a file', 'file:///etc/passwd'],
    ['about:blank', 'about:blank'],
    ['view-source of the right origin', 'view-source:https://clinic.example'],
    ['encoded CR and LF behind the host', 'https://clinic.example%0d%0aLocation:%20https://thief.example'],
    ['raw CR and LF', 'https://clinic.example/\r\nSet-Cookie: a=b'],
    ['encoded CR and LF in the path', 'https://clinic.example/%0d%0aSet-Cookie:a=b'],
    ['another port', 'https://clinic.example:8443/'],
    ['a dot behind the host', 'https://clinic.example.:443/'],
    ['a Cyrillic letter', 'https://cl\u0456nic.example/'],
    ['a look-alike in punycode', 'https://xn--clnic-1ve.example/'],
    ['an ideographic full stop', 'https://clinic\u3002example/'],
    ['an encoded dot', 'https://clinic.example%2ethief.example/'],
    ['an encoded NUL', 'https://clinic.example%00.thief.example/'],
    ['an encoded ideographic full stop', 'https://clinic%E3%80%82example.thief.example/'],
    ['an IPv6 address', 'https://[::ffff:1.2.3.4]/'],
    ['a number that is an address', 'https://2130706433/'],
    ['this machine', 'https://localhost/'],
    ['nothing', ''],
    ['no host', 'https://'],
    ['five thousand letters', 'x'.repeat(5_000)],
    ['a path of nine thousand letters', `https://clinic.example/${'a'.repeat(9_000)}`],
    ['encoded slashes', 'https://thief.example/%2f..%2fclinic.example'],
    ['a semicolon in the host', 'https://clinic.example;thief.example/'],
    ['a comma in the host', 'https://clinic.example,thief.example/'],
    ['a blank in the host', 'https://clinic.example thief.example/'],
    ['a JSON list', '["https://clinic.example/"]'],
    ['an object turned into text', '[object Object]'],
    ['an encoded URL', 'https%3A%2F%2Fclinic.example%2F'],
    ['an URL encoded twice', 'https%253A%252F%252Fclinic.example'],
    ['two URLs, the good one first', 'https://clinic.example,https://thief.example/'],
    ['two URLs, the bad one first', 'https://thief.example/,https://clinic.example/'],
  ])('refuses %s', (_what, url) => {
    expect(refuseRedirectUrl(url, LISTED)).toEqual(expect.any(String))
  })
})

describe('a project without a list', () => {
  test.each([
    ['https://clinic.example/done'],
    ['https://clinic.example:8443/done'],
    ['https://xn--bcher-kva.example/'],
    ['https://a.b.c.example/?q=%41'],
  ])('lets any https host through: %s', (url) => {
    expect(refuseRedirectUrl(url, ANY)).toBeUndefined()
  })

  test.each([
    ['https://10.0.0.1/', 'not an IP address'],
    ['https://0x7f.1/', 'not an IP address'],
    ['https://017700000001/', 'not an IP address'],
    ['https://1.1/', 'not an IP address'],
    ['https://[::1]/', 'not an IP address'],
    ['http://clinic.example/', 'must use https'],
    ['https://@clinic.example/', 'user name or password'],
    ['https://:@clinic.example/', 'user name or password'],
    ['https://intranet/', 'valid URL'],
    ['https://app.localhost/', 'valid URL'],
    ['ftp://clinic.example/', 'valid URL'],
    ['https://clinic.example/%00', 'valid URL'],
    ['https://clinic.example/%7F', 'valid URL'],
    ['https://clinic.example/a b', 'valid URL'],
    ['https://clinic\t.example/', 'valid URL'],
    ['https://b\u00fccher.example/', 'valid URL'],
    ['https://clinic.example:99999/', 'valid URL'],
  ])('refuses %s and says why', (url, why) => {
    expect(refuseRedirectUrl(url, ANY)).toContain(why)
  })

  test('takes as many characters as are documented, and not one more', () => {
    const start = 'https://clinic.example/'
    const longest = start + 'a'.repeat(REDIRECT_URL_CHARACTERS_MAX - start.length)
    expect(refuseRedirectUrl(longest, ANY)).toBeUndefined()
    expect(refuseRedirectUrl(`${longest}a`, ANY)).toContain('no more than 2048 characters')
  })
})

test('Whatever is let through leads to an https host, or with a list to a listed origin', () => {
  const piece = fc.constantFrom(
    ...[
      'https:',
      'http:',
      '//',
      '/',
      '\\',
      '@',
      'clinic.example',
      'thief.example',
      '.',
      ':',
      '443',
      '#',
      '?',
    ],
    ...['%2e', '%00', ' ', '\t', '[::1]', '127.1', 'localhost', '\u3002', 'a', ';', ','],
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 7 }).map((pieces) => `https://clinic.example${pieces.join('')}`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  )
  fc.assert(
    fc.property(text, (url) => {
      if (refuseRedirectUrl(url, ANY) === undefined) {
        expect(new URL(url).protocol).toBe('https:')
        expect(new URL(url).username + new URL(url).password).toBe('')
        expect(url).toMatch(/^[\x21-\x7e]+$/)
      }
      if (refuseRedirectUrl(url, LISTED) === undefined) {
        // From wherever the page is, a browser understands the same.
        expect(new URL(url, 'https://page.example/x').origin).toBe('https://clinic.example')
      }
    }),
    { numRuns: 500 },
  )
})

test('Plain http to this machine is for development alone', () => {
  for (const url of [
    'http://localhost:4000/done',
    'http://127.0.0.1:4000/',
    'http://app.localhost:1/',
    'http://[::1]/',
  ]) {
    expect(refuseRedirectUrl(url, DEVELOPMENT)).toBeUndefined()
    expect(refuseRedirectUrl(url, ANY)).toBeDefined()
  }
  expect(refuseRedirectUrl('http://clinic.example/', DEVELOPMENT)).toContain('must use https')
  expect(refuseRedirectUrl('http://192.168.1.5/', DEVELOPMENT)).toContain('must use https')
  expect(refuseRedirectUrl('https://192.168.1.5/', DEVELOPMENT)).toContain('not an IP address')
})

test('Only names that this machine alone answers count as loopback', () => {
  for (const host of ['localhost', 'a.localhost', 'a.b.localhost', '127.0.0.1', '127.255.0.9', '[::1]']) {
    expect(isLoopbackHost(host)).toBe(true)
  }
  for (const host of ['localhost.example', 'notlocalhost', '127.0.0.1.example', '128.0.0.1', '[::2]', '']) {
    expect(isLoopbackHost(host)).toBe(false)
  }
})

describe('the reason', () => {
  test.each([
    ['https://c.example', 'https://c.example?reason=link_expired'],
    ['https://c.example/', 'https://c.example/?reason=link_expired'],
    ['https://c.example/?', 'https://c.example/?reason=link_expired'],
    ['https://c.example/?a=1', 'https://c.example/?a=1&reason=link_expired'],
    ['https://c.example/#x?reason=a', 'https://c.example/?reason=link_expired#x?reason=a'],
    ['https://c.example/?#', 'https://c.example/?reason=link_expired#'],
    ['https://c.example/?reason=old', 'https://c.example/?reason=link_expired'],
    ['https://c.example/?reason', 'https://c.example/?reason=link_expired'],
    ['https://c.example/?reason=a&x=1&reason=b&reason', 'https://c.example/?x=1&reason=link_expired'],
    ['https://c.example/?%72eason=old&a=1', 'https://c.example/?a=1&reason=link_expired'],
    ['https://c.example/?r%65as%6Fn=old', 'https://c.example/?reason=link_expired'],
    ['https://c.example/?Reason=1&reasons=2', 'https://c.example/?Reason=1&reasons=2&reason=link_expired'],
    ['https://c.example/?a=reason=1', 'https://c.example/?a=reason=1&reason=link_expired'],
    ['https://c.example/?%zz=1&a=%', 'https://c.example/?%zz=1&a=%&reason=link_expired'],
    ['https://c.example/?a=1&&b=2&', 'https://c.example/?a=1&&b=2&&reason=link_expired'],
    ['https://c.example/?a=%20+&b=?', 'https://c.example/?a=%20+&b=?&reason=link_expired'],
  ])('goes into %s as %s', (url, expected) => {
    expect(withReason(url, 'link_expired')).toBe(expected)
  })

  test('stands exactly once and last, and nothing else changes by a byte', () => {
    const character = fc.constantFrom(..."abz019=%+&?/:@!$'()*,;.-_~".split(''))
    const text = fc.string({ unit: character, maxLength: 12 })
    const pair = fc
      .string({ unit: character, maxLength: 8 })
      .filter((pair) => !pair.includes('&') && new URLSearchParams(pair).get('reason') === null)
    const stale = fc.constantFrom('reason=old', 'reason', 'reason=', 're%61son=x', '%72%65%61%73%6f%6e=1')
    const pairs = fc.array(fc.oneof(pair, stale), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(pairs, fc.option(text, { nil: undefined }), (query, fragment) => {
        const end = fragment === undefined ? '' : `#${fragment}`
        const result = withReason(`https://c.example/p?${query.join('&')}${end}`, 'user_canceled')
        const isStale = (part: string) => new URLSearchParams(part).has('reason')
        const kept = query.filter((part) => !isStale(part))
        const before = query.join('&') === '' ? [] : kept
        expect(result).toBe(`https://c.example/p?${[...before, 'reason=user_canceled'].join('&')}${end}`)
        expect(new URL(result).searchParams.getAll('reason')).toEqual(['user_canceled'])
      }),
      { numRuns: 500 },
    )
  })

  test('is replaced again and again without growing', () => {
    const once = withReason('https://c.example/?a=1', 'user_canceled')
    expect(withReason(once, 'user_canceled')).toBe(once)
    expect(withReason(once, 'file_modified')).toBe('https://c.example/?a=1&reason=file_modified')
  })
})

import { createHmac } from 'node:crypto'

const encode = (text: string | object) =>
  Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)).toString('base64url')

const decode = (part: string) =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

const DIGESTS = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const
/** Keys that could be guessed or found in public. */
const GUESSED_KEYS = ['', '\0', 'secret', 'arraydrop', 'changeme', 'null', 'undefined', '0'.repeat(32)]

/**
 * Tokens forged from a genuine one without our key, by the name of the attack. `trap` is an address where the attacker
 * would serve keys.
 */
export function forgedTokens(genuine: string, otherSampleId: string, trap: string): Map<string, string> {
  const [head, body, signature] = genuine.split('.') as [string, string, string]
  const header = decode(head)
  const claims = decode(body)
  const text = JSON.stringify(claims)
  const forged = new Map<string, string>()

  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, 0, [], 'HS256 ', 'hs256']) {
    const unsigned = `${encode({ ...header, alg })}.${body}`
    forged.set(`alg ${JSON.stringify(alg)}, no signature`, `${unsigned}.`)
    forged.set(`alg ${JSON.stringify(alg)}, the old signature`, `${unsigned}.${signature}`)
  }
  for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA', 'dir', 'HS384', 'HS512']) {
    forged.set(`labelled as ${alg}`, `${encode({ ...header, alg })}.${body}.${signature}`)
  }
  for (const [alg, digest] of Object.entries(DIGESTS)) {
    for (const key of [...GUESSED_KEYS, String(header.kid), genuine, trap]) {
      const input = `${encode({ ...header, alg })}.${encode({ ...claims, sub: otherSampleId })}`
      const made = createHmac(digest, key).update(input).digest('base64url')
      forged.set(`${alg} with the key ${JSON.stringify(key.slice(0, 20))}`, `${input}.${made}`)
    }
  }

  const own = 'a key of the attacker'
  const led: Record<string, unknown> = {
    jku: `${trap}/keys`,
    x5u: `${trap}/certificate`,
    jwk: { kty: 'oct', k: encode(own), alg: 'HS256' },
    x5c: [encode(own)],
    kid: `${trap}/key`,
  }
  for (const [name, value] of Object.entries(led)) {
    const input = `${encode({ ...header, [name]: value })}.${body}`
    forged.set(
      `${name} of the attacker`,
      `${input}.${createHmac('sha256', own).update(input).digest('base64url')}`,
    )
  }
  for (const kid of ['', '../../../dev/null', "' or '1'='1", 'k\0', 'k'.repeat(5_000), null, 1, ['k1'], {}]) {
    const input = `${encode({ ...header, kid })}.${body}`
    const made = createHmac('sha256', '').update(input).digest('base64url')
    forged.set(`kid ${JSON.stringify(kid).slice(0, 30)}`, `${input}.${made}`)
  }
  for (const more of [
    { crit: ['b64'], b64: false },
    { b64: false },
    { crit: ['exp'] },
    { zip: 'DEF' },
    { p2c: 2 ** 31 },
  ]) {
    forged.set(`with ${JSON.stringify(more)}`, `${encode({ ...header, ...more })}.${body}.${signature}`)
  }

  const rewritten: Record<string, string> = {
    'a huge exp': text.replace(/"exp":\d+/, '"exp":1e999'),
    'an exp in milliseconds': text.replace(/"exp":(\d+)/, '"exp":$1000'),
    'a second exp': text.replace(/"exp":/, '"exp":9999999999,"exp":'),
    'a second sub': text.replace(/\}$/, `,"sub":"${otherSampleId}"}`),
    'another sub': text.replace(String(claims.sub), otherSampleId),
    'a sub that is null': text.replace(`"${claims.sub}"`, 'null'),
    'a prototype': text.replace(/\}$/, ',"__proto__":{"admin":true}}'),
    'a mark of byte order': `\ufeff${text}`,
    'no claims': '{}',
    'a list': '[]',
  }
  for (const [name, payload] of Object.entries(rewritten)) {
    forged.set(name, `${head}.${encode(payload)}.${signature}`)
  }

  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  // 32 bytes leave two bits over: the next character decodes to the same signature.
  const twin = signature.slice(0, -1) + alphabet[alphabet.indexOf(signature.at(-1)!) + 1]
  const spelled: Record<string, string> = {
    'a twin of its last character': `${head}.${body}.${twin}`,
    padding: `${genuine}=`,
    'the other alphabet': `${head}.${body}.+${signature.slice(1)}`,
    'a percent sign': genuine.replace('.', '%2E'),
    'a fourth part': `${genuine}.${signature}`,
    'five parts, as if encrypted': `${encode({ alg: 'dir', enc: 'A256GCM' })}..${signature}.${body}.${signature}`,
    'no signature': `${head}.${body}.`,
    'no body': `${head}..${signature}`,
    'two signatures': `${genuine},${genuine}`,
    'its parts in JSON': JSON.stringify({ protected: head, payload: body, signature }),
    'a blank inside': `${head}. ${body}.${signature}`,
    'half of it': genuine.slice(0, genuine.length >> 1),
    'very much of it': genuine.padEnd(7_000, 'A'),
    'dots alone': '..',
  }
  for (const [name, token] of Object.entries(spelled)) forged.set(name, token)
  return forged
}

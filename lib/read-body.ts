import { isUtf8 } from 'node:buffer'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { escapesUtf8 } from '#lib/platform/http/percent-encoding.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import { parseMetadata } from '#lib/samples/metadata.ts'
import { parseExactly } from '#lib/wire/exact-json.ts'
import { exceedsDepth } from '#lib/wire/exceeds-depth.ts'

/** Largest request body: metadata is at most 16 KB, and a form may escape every byte. */
const BODY_BYTES_MAX = 131_072
/** Levels of JSON: far more than any request has, far fewer than would overflow the stack of code that walks it. */
const BODY_DEPTH_MAX = 32
const NOT_JSON = 'Value must be valid JSON.'
const REPEATED = 'Give this field once.'
/** Fields that are lists of texts, in any body. */
export const LIST_FIELDS = ['event_types', 'ip_range', 'project_ids', 'sample_ids', 'upload_ids']
const IS_FILE = 'Not a valid string: this is a file. Send its content as the value of the field.'

/**
 * The fields of a request body: JSON, form-urlencoded or multipart, as the partner API takes them. No body is no
 * fields. Throws 400 for what cannot be parsed, 413 beyond the ceiling, 415 for another media type or
 * content encoding than gzip, deflate and br.
 */
export async function readBody(
  request: Request,
  bytesMax: number = BODY_BYTES_MAX,
): Promise<Record<string, unknown>> {
  const { text, fields } = await readBodyText(request, bytesMax)
  if (!fields && text.trim() === '') return {}
  let value: unknown
  try {
    value = fields ?? JSON.parse(text)
  } catch {
    throw new Problem('invalid', 'JSON parse error.')
  }
  if (exceedsDepth(value, BODY_DEPTH_MAX)) throw new Problem('invalid', 'JSON parse error: nested too deep.')
  if (fields) return fields
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'Invalid data. Expected a JSON object.'
    throw new Problem('invalid', message, { fields: { non_field_errors: [message] } })
  }
  // A partner's own numbers survive whatever their size; numbers of ours are doubles.
  if (Object.hasOwn(value, 'metadata')) {
    const { metadata } = parseExactly(text) as Record<string, unknown>
    return { ...value, metadata }
  }
  return value as Record<string, unknown>
}

async function readBodyText(
  request: Request,
  bytesMax: number,
): Promise<{ text: string; fields?: Record<string, unknown> }> {
  const type = request.headers.get('content-type') ?? ''
  const bytes = await readDecoded(request, bytesMax)
  if (bytes.length === 0) return { text: '' }
  const media = type.split(';')[0]!.trim().toLowerCase()
  if (media === 'application/x-www-form-urlencoded' || media === 'multipart/form-data') {
    return { text: '', fields: await readForm(bytes, type) }
  }
  const wide = wideEncoding(bytes, type)
  if (wide) throw new Problem('invalid', `JSON parse error: the body is ${wide}. Send UTF-8.`)
  if (media !== 'application/json' && media !== '') {
    throw new Problem('unsupported_media_type', `Unsupported media type ${JSON.stringify(media)} in request.`)
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    throw new Problem('invalid', 'JSON parse error: the body is not UTF-8.')
  }
}

async function readForm(bytes: Uint8Array, type: string): Promise<Record<string, unknown>> {
  demandUtf8(bytes, type)
  const response = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
  const form = await response.formData().catch(() => {
    throw new Problem('invalid', 'The form could not be parsed.')
  })
  const [file] = [...form].find(([, value]) => typeof value !== 'string') ?? []
  if (file !== undefined)
    throw new Problem('invalid', IS_FILE, { fields: { [file.slice(0, 60)]: [IS_FILE] } })
  const fields: Record<string, unknown> = Object.fromEntries(
    [...new Set(form.keys())].map((name) => [name, formValue(name, form.getAll(name))]),
  )
  const { metadata } = fields
  // A form carries metadata as the text of JSON.
  return typeof metadata === 'string' ? { ...fields, metadata: metadataOf(metadata) } : fields
}

/** As Django reads forms: a list is its name repeated. Of any other field given twice, one would not hold. */
function formValue(name: string, values: unknown[]): unknown {
  if (LIST_FIELDS.includes(name)) return values
  if (values.length === 1) return values[0]
  throw new Problem('invalid', REPEATED, { fields: { [name.slice(0, 60)]: [REPEATED] } })
}

function metadataOf(text: string): unknown {
  try {
    return parseMetadata(text)
  } catch {
    throw new Problem('invalid', NOT_JSON, { fields: { metadata: [NOT_JSON] } })
  }
}

/** A form parser would put a replacement character in the place of each byte that is not UTF-8, escaped ones included. */
function demandUtf8(bytes: Uint8Array, type: string): void {
  const wide = wideEncoding(bytes, type)
  if (wide) throw new Problem('invalid', `The form is ${wide}. Send UTF-8.`)
  const isEscaped = !/^multipart/i.test(type.trim())
  if (!isUtf8(bytes) || (isEscaped && !escapesUtf8(new TextDecoder().decode(bytes)))) {
    throw new Problem('invalid', 'The form is not UTF-8.')
  }
}

/** By what its type says, its mark, or a first character that has zero bytes. JSON in UTF-8 never starts so. */
function wideEncoding(bytes: Uint8Array, type: string): 'UTF-16' | 'UTF-32' | undefined {
  const [, named] = /;\s*charset="?utf-?(16|32)/i.exec(type) ?? []
  if (named) return named === '32' ? 'UTF-32' : 'UTF-16'
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  // A mark or one ASCII character in four bytes, of either byte order; the mark of UTF-16 is the start of one of them.
  if (/^(?:0000feff|fffe0000|000000..|..000000)$/.test(start)) return 'UTF-32'
  return /^(?:feff|fffe|00|..00)/.test(start) ? 'UTF-16' : undefined
}

const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** `deflate` is zlib's format; many send it without zlib's header, and browsers read both (RFC 9110 8.4.1.2). */
function createDecoder(coding: string, [first = 0, second = 0]: Uint8Array) {
  const hasHeader = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
  return coding === 'deflate' && !hasHeader ? createInflateRaw() : DECODERS.get(coding)?.()
}

/** The body without its `Content-Encoding`; the bound holds for what is sent and for what comes out. Throws 415 for others. */
async function readDecoded(request: Request, bytesMax: number): Promise<Uint8Array> {
  const body = request.body as AsyncIterable<Uint8Array> | null
  const sent = await readBounded(body ?? [], bytesMax).catch(refuseCut)
  const coding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  if (coding === '' || coding === 'identity') return sent
  const decoder = createDecoder(coding, sent)
  if (!decoder) {
    throw new Problem('unsupported_media_type', `Unsupported content encoding ${JSON.stringify(coding)}.`)
  }
  decoder.end(sent)
  try {
    const bytes = await readBounded(decoder, bytesMax)
    if (decoder.bytesWritten < sent.length)
      throw new Problem('invalid', `Bytes follow the end of the ${coding} body.`)
    return bytes
  } catch (error) {
    if (isProblem(error)) throw error
    throw new Problem('invalid', `The body is not ${coding}, or is cut off.`)
  }
}

/** A client that goes away before its body ends is no outage of ours, whose code (`ECONNRESET`) it would have. */
function refuseCut(error: unknown): never {
  if (isProblem(error)) throw error
  throw new Problem('invalid', 'The connection ended before the body did.')
}

async function readBounded(body: AsyncIterable<Uint8Array> | [], bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > bytesMax) {
      throw new Problem('too_large', `Request body is larger than ${bytesMax} bytes.`)
    }
    chunks.push(chunk)
  }
  if (chunks.length === 1) return chunks[0]!
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

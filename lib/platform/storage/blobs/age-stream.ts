import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'

/**
 * The age format (age-encryption.org/v1): its library makes and opens the header, which holds a file's own key for one
 * X25519 identity; the payload is its STREAM, chunks of 64 KiB under ChaCha20-Poly1305, here with Node's own cipher, for
 * speed and so that a range needs its own chunks alone.
 */

const HEADER_BYTES = 168
const NONCE_BYTES = 16
const TAG_BYTES = 16
const CHUNK_BYTES = 65_536
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES
/** Where the payload begins: the header for one X25519 identity always has the same length. */
export const PAYLOAD_AT = HEADER_BYTES + NONCE_BYTES
const CIPHER = 'chacha20-poly1305'

/** Plain size of an encrypted object. Throws when no encrypted object has so many bytes. */
export function plainSizeOf(encryptedSize: number): number {
  const payload = encryptedSize - PAYLOAD_AT
  const chunks = Math.ceil(payload / SEALED_BYTES)
  const size = payload - chunks * TAG_BYTES
  if (size < 0 || chunks < 1 || (size === 0 && chunks > 1)) throw new Error('An encrypted object is cut off')
  return size
}

/** Bytes of an encrypted object that hold a part of the plain ones. */
export function sealedRange(range: { start: number; end: number }, encryptedSize: number) {
  const last = Math.max(0, Math.ceil(range.end / CHUNK_BYTES) - 1)
  return {
    start: PAYLOAD_AT + firstChunkOf(range.start) * SEALED_BYTES,
    end: Math.min(encryptedSize, PAYLOAD_AT + (last + 1) * SEALED_BYTES),
  }
}

const firstChunkOf = (start: number): number => Math.floor(start / CHUNK_BYTES)

/** Encrypt for an identity, chunk by chunk. A chunk of the source is done with before the next is asked for. */
export async function* encryptFor(
  identity: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const { header, fileKey } = await makeHeader(identity)
  const nonce = randomBytes(NONCE_BYTES)
  yield Buffer.concat([header, nonce])
  const key = streamKeyOf(fileKey, nonce)
  let index = 0
  let held: Buffer | undefined
  // The last one is sealed in another way: each waits until it is known that one follows.
  for await (const piece of inPieces(chunks, CHUNK_BYTES)) {
    if (held) yield seal(key, index++, held, false)
    held = piece
  }
  yield seal(key, index, held ?? Buffer.alloc(0), true)
}

/** Key of an object's payload, from its first `PAYLOAD_AT` bytes. Rejects when it is another identity's. */
export async function openPayloadKey(identity: string, head: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const fileKey = await decrypter.decryptHeader(head.slice(0, HEADER_BYTES))
  return streamKeyOf(fileKey, head.subarray(HEADER_BYTES, PAYLOAD_AT))
}

/**
 * The plain bytes `start` to `end`, from the chunks that `sealedRange` names. Rejects at the first chunk that was
 * changed, moved or cut off; nothing of it is given out.
 */
export async function* decryptRange(
  key: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
  { start, end, size }: { start: number; end: number; size: number },
): AsyncGenerator<Uint8Array, void, void> {
  const lastIndex = Math.max(0, Math.ceil(size / CHUNK_BYTES) - 1)
  let index = firstChunkOf(start)
  let at = index * CHUNK_BYTES
  for await (const piece of inPieces(sealed, SEALED_BYTES)) {
    const plain = open(key, index, piece, index === lastIndex)
    const wanted = plain.subarray(Math.max(0, start - at), Math.max(0, end - at))
    at += plain.length
    index++
    if (wanted.length > 0) yield wanted
  }
  if (at < end) throw new Error('An encrypted object is cut off')
}

/** A recipient of the library that only looks on lets us have the file key that it has just made. */
async function makeHeader(identity: string): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  let fileKey: Uint8Array | undefined
  const encrypter = new Encrypter()
  encrypter.addRecipient({
    wrapFileKey(made) {
      fileKey = made.slice()
      return []
    },
  })
  encrypter.addRecipient(await identityToRecipient(identity))
  const empty = await encrypter.encrypt(new Uint8Array())
  const header = empty.subarray(0, empty.length - NONCE_BYTES - TAG_BYTES)
  if (!fileKey || header.length !== HEADER_BYTES) throw new Error('The age header is not as it was')
  return { header, fileKey }
}

const streamKeyOf = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32))

/** 88 bits of counter, then whether it is the last chunk. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

function seal(key: Uint8Array, index: number, plain: Uint8Array, last: boolean): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonceOf(index, last), { authTagLength: TAG_BYTES })
  const text = cipher.update(plain)
  return Buffer.concat([text, cipher.final(), cipher.getAuthTag()])
}

function open(key: Uint8Array, index: number, sealed: Uint8Array, last: boolean): Buffer {
  if (sealed.length < TAG_BYTES) throw new Error('An encrypted object is cut off')
  const decipher = createDecipheriv(CIPHER, key, nonceOf(index, last), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES))
  decipher.final()
  return plain
}

/** The same bytes in copies of one size, and a shorter last one; nothing for nothing. */
async function* inPieces(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer, void, void> {
  let piece = Buffer.allocUnsafe(size)
  let filled = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - at)
      piece.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled < size) continue
      yield piece
      piece = Buffer.allocUnsafe(size)
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

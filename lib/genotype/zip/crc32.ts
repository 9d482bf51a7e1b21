const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1
  return word
})

/** The checksum of zip and gzip; `before` is that of the bytes in front of these. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let word = before ^ 0xffffffff
  for (let at = 0; at < bytes.length; at++) word = (word >>> 8) ^ TABLE[(word ^ bytes[at]!) & 0xff]!
  return (word ^ 0xffffffff) >>> 0
}

const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const END_BYTES = 22
const DEFLATE = 8

/** Declared inflated size. The real size of a slice is unknown; with zero, JSZip would not start. */
const SIZE = 1

/**
 * Builds a zip with one deflated entry around `packed`. No name, size, checksum, flag, comment or extra field is taken
 * from the original archive.
 */
export function packOneEntry(packed: Uint8Array): Uint8Array {
  const name = 0x78
  const centralStart = LOCAL_BYTES + 1 + packed.length
  const endStart = centralStart + CENTRAL_BYTES + 1
  const zip = new Uint8Array(endStart + END_BYTES)
  const view = new DataView(zip.buffer)
  view.setUint32(0, 0x04034b50, true)
  writeShared(view, 4, packed.length)
  zip[LOCAL_BYTES] = name
  zip.set(packed, LOCAL_BYTES + 1)
  view.setUint32(centralStart, 0x02014b50, true)
  writeShared(view, centralStart + 6, packed.length)
  zip[centralStart + CENTRAL_BYTES] = name
  view.setUint32(endStart, 0x06054b50, true)
  view.setUint16(endStart + 8, 1, true)
  view.setUint16(endStart + 10, 1, true)
  view.setUint32(endStart + 12, CENTRAL_BYTES + 1, true)
  view.setUint32(endStart + 16, centralStart, true)
  return zip
}

/** From the version needed to the length of the name, both headers hold the same fields. */
function writeShared(view: DataView, at: number, compressedSize: number): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 4, DEFLATE, true)
  view.setUint32(at + 14, compressedSize, true)
  view.setUint32(at + 18, SIZE, true)
  view.setUint16(at + 22, 1, true)
}

/**
 * The least a page can do to name the vendor in an archive: read its end, its directory and the head of its one
 * member, and let the browser inflate that. It checks nothing. With `whole` it first reads the file to its end, as a
 * page must that is to send it from memory. Runs inside the page and must not refer to anything outside itself.
 */
export async function sniffBarely(file: File, whole: boolean): Promise<string> {
  const TAIL_BYTES = 65_577
  const HEAD_BYTES = 131_072
  const TEXT_BYTES = 65_536
  const bytes = whole ? new Uint8Array(await file.arrayBuffer()) : undefined
  const slice = (start: number, end: number) =>
    bytes ? new Blob([bytes.subarray(start, end)]) : file.slice(start, end)
  const read = async (start: number, end: number) =>
    new DataView(await slice(Math.max(0, start), end).arrayBuffer())

  const tail = await read(file.size - TAIL_BYTES, file.size)
  let at = tail.byteLength - 22
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--
  const directoryStart = tail.getUint32(at + 16, true)
  const directory = await read(directoryStart, directoryStart + tail.getUint32(at + 12, true))
  const localStart = directory.getUint32(42, true)
  const local = await read(localStart, localStart + 30)
  const dataStart = localStart + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  const packed = slice(dataStart, dataStart + Math.min(HEAD_BYTES, directory.getUint32(20, true)))

  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < TEXT_BYTES) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel().catch(() => undefined)
  return /23andMe|AncestryDNA|MyHeritage/.exec(text)?.[0] ?? 'unknown'
}

import { PanelRefusal } from './panel-refusal.ts'

/** No line of a panel is longer: the largest panels have 200,000 people. */
const LINE_BYTES_MAX = 64 * 1_048_576
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** The lines of a text, without their ends; each is void once the next one is asked for. */
export async function* linesOf(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of text) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end)
      start = end + 1
      const line = rest.length === 0 ? piece : Buffer.concat([...rest, piece])
      rest = []
      restBytes = 0
      yield line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
    }
    rest.push(chunk.subarray(start))
    restBytes += chunk.length - start
    if (restBytes > LINE_BYTES_MAX) throw new PanelRefusal('a line is longer than any of a VCF')
  }
  if (restBytes > 0) throw new PanelRefusal('the file is cut off: its last line has no end')
}

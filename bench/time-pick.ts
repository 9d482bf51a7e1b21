import type { Page } from 'playwright'

/** What the measuring code keeps in the page. */
interface Timed {
  verdictAfter?: Promise<number>
  sniffBarely?: typeof sniffBarely
}

/** Milliseconds from the input's change until the page's stage says the verdict. */
export async function timePick(page: Page, file: string): Promise<number> {
  await page.evaluate(() => {
    const timed = window as Timed
    timed.verdictAfter = new Promise((resolve) => {
      let picked = 0
      const atPick = () => {
        picked = performance.now()
      }
      document.addEventListener('change', atPick, { capture: true, once: true })
      const main = document.querySelector('main')!
      new MutationObserver((_, observer) => {
        if (picked === 0 || !['checked', 'rejected'].includes(main.dataset.stage ?? '')) return
        observer.disconnect()
        resolve(performance.now() - picked)
      }).observe(main, { attributes: true, attributeFilter: ['data-stage'] })
    })
  })
  await page.locator('input[type=file]').setInputFiles(file)
  return page.evaluate(() => (window as Timed).verdictAfter!)
}

/** The same for the baseline, on the same page: an input of its own, the vendor's name written into the document. */
export async function timeBaseline(page: Page, file: string, { whole }: { whole: boolean }): Promise<number> {
  await page.evaluate(`window.sniffBarely = ${sniffBarely}`)
  await page.evaluate((whole) => {
    const timed = window as Timed
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'bare'
    const output = document.body.appendChild(document.createElement('output'))
    timed.verdictAfter = new Promise((resolve) => {
      let picked = 0
      input.addEventListener('change', async () => {
        picked = performance.now()
        output.textContent = await timed.sniffBarely!(input.files![0]!, whole)
      })
      new MutationObserver(() => resolve(performance.now() - picked)).observe(output, { childList: true })
    })
    document.body.append(input)
  }, whole)
  await page.locator('#bare').setInputFiles(file)
  const milliseconds = await page.evaluate(() => (window as Timed).verdictAfter!)
  const vendor = await page.locator('output').textContent()
  if (vendor !== '23andMe') throw new Error('The baseline did not recognise the file')
  return milliseconds
}

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

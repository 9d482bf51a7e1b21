import type { Page } from 'playwright'
import { sniffBarely } from './sniff-baseline.ts'

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

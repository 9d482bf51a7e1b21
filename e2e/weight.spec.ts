import { expect, test } from './fixtures.ts'

test('the page brings one style sheet, no font and no image: a phone waits for nothing but its script', async ({
  page,
  partner,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.resourceType()))
  await page.goto((await partner.mint()).url)
  await expect(page.getByRole('button', { name: 'Choose my .zip file' })).toBeVisible()
  const count = (type: string) => asked.filter((each) => each === type).length
  expect({ stylesheet: count('stylesheet'), font: count('font'), image: count('image') }).toEqual({
    stylesheet: 1,
    font: 0,
    image: 0,
  })
})

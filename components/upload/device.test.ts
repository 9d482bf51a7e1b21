import { expect, test } from 'vitest'
import { isInsideApp } from './device.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const PIXEL =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0'

test.each([
  `${IPHONE} Mobile/22A Instagram 350.0.0.0`,
  `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0.0]`,
  `${IPHONE} Safari Line/14.1.0`,
  `${PIXEL} Chrome/140.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480]`,
  `${PIXEL} Chrome/140 Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/d8a21c6`,
  `${PIXEL} Chrome/140 Mobile Safari/537.36 MicroMessenger/8.0`,
])('the browser of a social app is noticed: %s', (userAgent) => {
  expect(isInsideApp(userAgent)).toBe(true)
})

test.each([
  `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`,
  `${IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1`,
  `${PIXEL} Chrome/140.0.0.0 Mobile Safari/537.36`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
])('a real browser, or a partner’s own app, is left alone: %s', (userAgent) => {
  expect(isInsideApp(userAgent)).toBe(false)
})

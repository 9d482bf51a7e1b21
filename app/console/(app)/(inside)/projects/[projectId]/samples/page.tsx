export { default, metadata } from '../../../samples/page.tsx'

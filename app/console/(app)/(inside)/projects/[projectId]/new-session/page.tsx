export { default, metadata } from '../../../new-session/page.tsx'

export { default, metadata } from '../../../webhooks/page.tsx'

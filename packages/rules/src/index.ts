export { pages } from './pages.generated';
export { rules } from './registry.generated';

/**
 * For pages without a build: `<script type="module" data-lookahead src="lookahead.js"></script>`. The snap and
 * the site’s own nodes may be named on the tag: `data-snap-id`, `data-endpoints` (JSON).
 */
import { aptos } from './aptos';
import { registerLookahead } from './register';
import type { SessionOptions } from './session';
import { solana } from './solana';
import { sui } from './sui';

registerLookahead([solana, aptos, sui], options());

function options(): SessionOptions {
  const tag = document.querySelector<HTMLScriptElement>('script[data-lookahead]');
  const { endpoints, snapId } = tag?.dataset ?? {};
  return {
    ...(snapId === undefined ? {} : { snapId }),
    ...(endpoints === undefined ? {} : { endpoints: JSON.parse(endpoints) }),
  };
}

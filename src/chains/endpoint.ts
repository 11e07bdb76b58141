import { StateError } from '../vm-preview/errors';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The endpoint as a URL, if requests may go there: https, or http on loopback.
 *
 * @throws StateError `endpoint-not-allowed`
 */
export function endpointUrl(endpoint: string): URL {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new StateError('endpoint-not-allowed', 'the endpoint is not a URL');
  }
  const secure = url.protocol === 'https:';
  const local = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (!secure && !local) {
    throw new StateError(
      'endpoint-not-allowed',
      'an endpoint must use https, or http on this machine',
      { protocol: url.protocol, host: url.host },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new StateError('endpoint-not-allowed', 'an endpoint must not carry a user name');
  }
  return url;
}

/** The host shown to the user as the node that was believed. */
export function endpointHost(endpoint: string): string {
  return endpointUrl(endpoint).host;
}
